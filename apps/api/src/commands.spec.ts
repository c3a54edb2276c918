import { randomUUID } from 'node:crypto';
import { commandNames, commands, type Chat, type CommandName, type CommandPayload } from '@course-chat/contracts';
import { sampleCommands } from '@course-chat/contracts/testing';
import { TestServer, TestSocket, type TestPair } from './testing';

const MISSING = 'f'.repeat(24);

interface Scene extends TestPair {
  readonly mine: TestSocket;
  readonly theirs: TestSocket;
}

/** A payload of each command that must succeed in a chat with one message of the student, and what the data must hold. */
const happy: { [N in CommandName]: (scene: Scene) => { payload: CommandPayload<N>; data: unknown } } = {
  join_chat: ({ chatId, student, tutor, course }) => ({
    payload: { chatId },
    data: {
      id: chatId,
      student: student.user,
      tutor: tutor.user,
      course: { id: course.id, title: course.title },
      lastSeq: 1,
      access: 'active',
    },
  }),
  leave_chat: ({ chatId }) => ({ payload: { chatId }, data: null }),
  send_message: ({ chatId, student }) => ({
    payload: { chatId, clientMessageId: randomUUID(), text: '  Second <b>line</b> \n' },
    data: {
      chatId,
      seq: 2,
      rev: 0,
      senderId: student.user.id,
      type: 'text',
      text: 'Second <b>line</b>',
      editedAt: null,
      deletedAt: null,
    },
  }),
  edit_message: ({ chatId }) => ({
    payload: { chatId, seq: 1, text: 'Better' },
    data: { seq: 1, rev: 1, text: 'Better', editedAt: expect.any(String) },
  }),
  delete_message: ({ chatId }) => ({
    payload: { chatId, seq: 1 },
    data: { seq: 1, rev: 1, text: '', deletedAt: expect.any(String) },
  }),
  mark_delivered: ({ chatId }) => ({
    payload: { chatId, seq: 1 },
    data: { chatId, readSeq: 0, deliveredSeq: 1, unreadCount: 0 },
  }),
  mark_read: ({ chatId }) => ({
    payload: { chatId, seq: 1 },
    data: { chatId, readSeq: 1, deliveredSeq: 1, unreadCount: 0 },
  }),
  typing_start: ({ chatId }) => ({ payload: { chatId }, data: null }),
  typing_stop: ({ chatId }) => ({ payload: { chatId }, data: null }),
  renew_session: ({ student }) => ({ payload: { token: student.token }, data: { expiresAt: expect.any(String) } }),
  sync: ({ chatId }) => ({
    payload: { cursor: null, chats: [{ chatId, seq: 0, rev: 0 }] },
    data: {
      cursor: expect.any(String),
      more: false,
      chats: [
        {
          chat: expect.objectContaining({ id: chatId }),
          status: 'ok',
          messages: [expect.objectContaining({ seq: 1 })],
        },
      ],
    },
  }),
};

/** The commands that name one chat. */
const ofOneChat = commandNames.filter((name) => name !== 'sync' && name !== 'renew_session');

describe('commands', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  async function scene(): Promise<Scene> {
    const pair = await server.pair();
    const [mine, theirs] = [await server.socket(pair.student), await server.socket(pair.tutor)];
    await mine.ok('send_message', { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'First' });
    await theirs.hears('unread_changed');
    for (const socket of [mine, theirs]) socket.forget();
    return { ...pair, mine, theirs };
  }

  it('has a happy path for every command of the contracts', () => {
    expect(Object.keys(happy).sort()).toEqual([...commandNames].sort());
  });

  it.each(commandNames)('%s answers with its data', async (name) => {
    const here = await scene();
    const { payload, data } = happy[name](here);
    const answer = await here.mine.raw(name, payload);
    expect(answer).toMatchObject({ ok: true, data });
    if (answer.ok) expect(commands[name].data.parse(answer.data)).toEqual(answer.data);
  });

  it.each(ofOneChat)('%s answers a chat of others and one that is not there alike', async (name) => {
    const [here, stranger] = [await scene(), await server.pair()];
    const socket = await server.socket(stranger.student);
    const payload = sampleCommands[name].payload;
    const foreign = await socket.error(name, { ...payload, chatId: here.chatId });
    const missing = await socket.error(name, { ...payload, chatId: MISSING });
    expect(foreign).toEqual({ ...missing, correlationId: expect.any(String) });
    expect(missing.code).toBe('NOT_FOUND');
    // A digest is told to everybody now and then, whatever is asked.
    expect([...here.mine.heard, ...here.theirs.heard].filter((event) => event.name !== 'digest')).toEqual([]);
  });

  it.each(commandNames)('%s answers bad payloads with VALIDATION_FAILED and names the field', async (name) => {
    const { mine } = await scene();
    for (const [key, good] of Object.entries(sampleCommands[name].payload)) {
      for (const bad of [{ $ne: null }, { $gt: '' }, undefined, [good], 1.5, -1, '', 'x'.repeat(20_000), true]) {
        const error = await mine.error(name, { ...sampleCommands[name].payload, [key]: bad });
        expect({ bad, code: error.code, path: error.fields?.[0]?.path.split('.')[0] }).toEqual({
          bad,
          code: 'VALIDATION_FAILED',
          path: key,
        });
      }
    }
    for (const chatId of ['f'.repeat(25), 'twelve bytes', 'g'.repeat(24)]) {
      if ('chatId' in sampleCommands[name].payload)
        expect((await mine.error(name, { ...sampleCommands[name].payload, chatId })).code).toBe('VALIDATION_FAILED');
    }
    expect((await mine.error(name, { ...sampleCommands[name].payload, senderId: MISSING })).code).toBe(
      'VALIDATION_FAILED',
    );
    expect((await mine.error(name, JSON.parse('{"__proto__":{"admin":true}}'))).code).toBe('VALIDATION_FAILED');
    for (const payload of [null, 'text', 7, [], true])
      expect((await mine.error(name, payload)).code).toBe('VALIDATION_FAILED');
  });

  describe('send_message', () => {
    it('answers the stored message when it is sent again, over socket and REST', async () => {
      const { mine, theirs, student, chatId } = await scene();
      const command = { chatId, clientMessageId: randomUUID(), text: 'Once' };
      const first = await mine.ok('send_message', command);
      expect(await mine.ok('send_message', command)).toEqual(first);
      const again = await server.rest(student).post(`/users/chats/${chatId}/messages`, {
        clientMessageId: command.clientMessageId.toUpperCase(),
        text: 'Once',
      });
      expect(again).toMatchObject({ status: 200, body: first });
      await theirs.hears('message_created');
      await theirs.ok('sync', { cursor: null, chats: [] });
      expect(theirs.of('message_created')).toEqual([{ message: first }]);
    });

    it('refuses another text under the same id', async () => {
      const { mine, chatId } = await scene();
      const command = { chatId, clientMessageId: randomUUID(), text: 'Once' };
      await mine.ok('send_message', command);
      expect((await mine.error('send_message', { ...command, text: 'Twice' })).code).toBe('CONFLICT');
    });

    it('answers the message as it is now when it was edited meanwhile', async () => {
      const { mine, chatId } = await scene();
      const command = { chatId, clientMessageId: randomUUID(), text: 'Once' };
      const { seq } = await mine.ok('send_message', command);
      const edited = await mine.ok('edit_message', { chatId, seq, text: 'Edited' });
      expect(await mine.ok('send_message', command)).toEqual(edited);
    });

    it('takes the same id of the other member, and in another chat, as another message', async () => {
      const [here, there] = [await scene(), await server.signUp('tutor')];
      const course = await server.course(there);
      await server.enroll(here.student, course);
      const second = await server.openChat(here.student, there, course);
      const clientMessageId = randomUUID();
      await here.mine.ok('send_message', { chatId: here.chatId, clientMessageId, text: 'a' });
      expect(await here.theirs.ok('send_message', { chatId: here.chatId, clientMessageId, text: 'b' })).toMatchObject({
        seq: 3,
        text: 'b',
      });
      expect(await here.mine.ok('send_message', { chatId: second, clientMessageId, text: 'c' })).toMatchObject({
        seq: 1,
        text: 'c',
      });
    });
  });

  describe('edit_message and delete_message', () => {
    it('are for own messages only', async () => {
      const { theirs, chatId } = await scene();
      expect((await theirs.error('edit_message', { chatId, seq: 1, text: 'Mine now' })).code).toBe('FORBIDDEN');
      expect((await theirs.error('delete_message', { chatId, seq: 1 })).code).toBe('FORBIDDEN');
    });

    it('need a message that is there', async () => {
      const { mine, chatId } = await scene();
      expect((await mine.error('edit_message', { chatId, seq: 2, text: 'x' })).code).toBe('NOT_FOUND');
      expect((await mine.error('delete_message', { chatId, seq: Number.MAX_SAFE_INTEGER })).code).toBe('NOT_FOUND');
    });

    it('the same text is no edit, a second deletion is the first, and a deleted message cannot be edited', async () => {
      const { mine, theirs, chatId } = await scene();
      expect(await mine.ok('edit_message', { chatId, seq: 1, text: 'First' })).toMatchObject({
        rev: 0,
        editedAt: null,
      });
      const deleted = await mine.ok('delete_message', { chatId, seq: 1 });
      expect(await mine.ok('delete_message', { chatId, seq: 1 })).toEqual(deleted);
      expect((await mine.error('edit_message', { chatId, seq: 1, text: 'Back' })).code).toBe('TOO_LATE');
      await theirs.hears('message_updated');
      expect(theirs.of('message_updated')).toEqual([{ message: deleted }]);
    });

    it('the list says since when a question waits, until it is answered', async () => {
      const { student, tutor, chatId } = await scene();
      const since = async () =>
        (await server.rest(tutor).get<Chat>(`/tutors/chats/${chatId}`)).body.lastMessage?.waitingSince;
      const asked = await since();
      expect(Date.parse(asked ?? '')).toBeGreaterThan(Date.now() - 60_000);
      await server.write(student, chatId, 'Anyone?');
      expect(await since()).toBe(asked);
      await server.write(tutor, chatId, 'Yes');
      expect(await since()).toBeNull();
    });

    it('the list shows the edited and then the deleted text', async () => {
      const { mine, tutor, chatId } = await scene();
      const preview = async () =>
        (await server.rest(tutor).get<{ lastMessage: { preview: string } }>(`/tutors/chats/${chatId}`)).body.lastMessage
          .preview;
      expect(await preview()).toBe('First');
      await mine.ok('edit_message', { chatId, seq: 1, text: 'Costs $5, $$ROOT' });
      expect(await preview()).toBe('Costs $5, $$ROOT');
      await mine.ok('delete_message', { chatId, seq: 1 });
      expect(await preview()).toBe('');
    });
  });
});

describe('the windows of editing and deleting', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start({ EDIT_WINDOW_MINUTES: '0', DELETE_WINDOW_MINUTES: '60' })));
  afterAll(() => server.stop());

  it('are two, each its own', async () => {
    const { student, chatId } = await server.pair();
    await server.write(student, chatId, 'First');
    const socket = await server.socket(student);
    expect((await socket.error('edit_message', { chatId, seq: 1, text: 'Late' })).code).toBe('TOO_LATE');
    expect(await socket.ok('delete_message', { chatId, seq: 1 })).toMatchObject({ text: '' });
  });

  it('are told to whoever catches up, so that nobody is offered what would be refused', async () => {
    const { student } = await server.pair();
    const socket = await server.socket(student);
    const { windows } = await socket.ok('sync', { cursor: null, chats: [] });
    expect(windows).toEqual({ editMs: 0, deleteMs: 60 * 60_000 });
  });

  it('are counted from when the message was stored', async () => {
    const { student, chatId } = await server.pair();
    await server.write(student, chatId, 'First');
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    const socket = await server.socket(student);
    await server.connection
      .collection('messages')
      .updateOne({ seq: 1, text: 'First' }, { $set: { createdAt: minutesAgo(61) } });
    expect((await socket.error('delete_message', { chatId, seq: 1 })).code).toBe('TOO_LATE');
    await server.connection
      .collection('messages')
      .updateOne({ seq: 1, text: 'First' }, { $set: { createdAt: minutesAgo(59) } });
    expect(await socket.ok('delete_message', { chatId, seq: 1 })).toMatchObject({ text: '' });
  });
});
