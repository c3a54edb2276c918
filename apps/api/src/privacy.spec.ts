import { AuditLog, ErasureService } from '@course-chat/api/auth';
import {
  accountExportSchema,
  type Account,
  type AccountExport,
  type AuditPage,
  type Chat,
  type ChatPage,
  type MessagePage,
  type StudentPage,
} from '@course-chat/contracts';
import { mongo } from 'mongoose';
import { chatsOf, eventually, PASSWORD, TestIssuer, TestServer, type TestPair, type TestUser } from './testing';

const messagesOf = async (server: TestServer, who: TestUser, chatId: string) =>
  (await server.rest(who).get<MessagePage>(`${chatsOf(who)}/${chatId}/messages?limit=100`)).body.items;
const auditOf = async (server: TestServer, admin: TestUser, query = '') =>
  (await server.rest(admin).get<AuditPage>(`/admin/audit?limit=100${query}`)).body.items;

describe('own data', () => {
  let server: TestServer;
  let pair: TestPair;
  beforeAll(async () => {
    server = await TestServer.start();
    pair = await server.pair();
  });
  afterAll(() => server.stop());

  it('an account shows its address and whether it has a password, to its owner alone', async () => {
    const { body } = await server.rest(pair.student).get<Account>('/account');
    expect(body).toEqual({
      ...pair.student.user,
      email: pair.student.email,
      createdAt: expect.any(String),
      hasPassword: true,
    });
    expect((await server.call('GET', '/account')).status).toBe(401);
  });

  it('is one document of everything of mine, and nothing of others but who they are', async () => {
    const { student, tutor, chatId, course } = pair;
    (await server.socket(student)).close();
    await eventually(async () => {
      const id = new mongo.ObjectId(student.user.id);
      expect(await server.connection.collection('presence').countDocuments({ _id: id })).toBe(1);
    });
    const mine = [
      await server.write(student, chatId, 'A question with "quotes"'),
      await server.write(student, chatId, 'More'),
    ];
    await server.write(tutor, chatId, 'The answer of the tutor');
    const answer = await server.rest(student).get<AccountExport>('/account/export');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="course-chat-my-data.json"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const data = accountExportSchema.parse(answer.body);
    expect(data.account.email).toBe(student.email);
    expect(data.presence).toEqual([{ lastSeenAt: expect.any(String) }]);
    expect(data.sessions).toMatchObject([{ current: true, address: '127.0.0.0/24' }]);
    expect(data.activity.map(({ action }) => action)).toEqual(['data_exported', 'enrolled', 'logged_in']);
    expect(data.enrollments).toMatchObject([{ course: { id: course.id, title: course.title }, status: 'active' }]);
    expect(data.chats).toMatchObject([{ id: chatId, with: tutor.user }]);
    expect(data.messages.map(({ seq, text }) => [seq, text])).toEqual(mine.map(({ seq, text }) => [seq, text]));
    const all = JSON.stringify(answer.body);
    for (const secret of ['The answer of the tutor', tutor.email, student.cookie.split('.')[1] ?? '-', '$argon2id']) {
      expect(all).not.toContain(secret);
    }
  });

  it('tells what others did to me, and not from where; that goes with them, not with me', async () => {
    const { student } = await server.pair();
    const admin = await server.signUp('admin');
    const audit = server.app.get(AuditLog);
    const caller = { address: '203.0.113.7', userAgent: 'The browser of the administrator' };
    await audit.note('erasure_begun', { actorId: admin.user.id, subjectId: student.user.id, caller });
    const { body } = await server.rest(student).get<AccountExport>('/account/export');
    expect(body.activity.find(({ action }) => action === 'erasure_begun')).toMatchObject({
      address: null,
      userAgent: null,
    });
    const [origin] = await server.connection
      .collection('audit_origins')
      .find({ userAgent: caller.userAgent })
      .toArray();
    expect(String(origin?.['userId'])).toBe(admin.user.id);
  });

  it('of many messages is whole', async () => {
    const { student, chatId } = await server.pair();
    const texts = Array.from({ length: 2_500 }, (_, index) => `${index} ${'x'.repeat(100)}`);
    await fill(server, chatId, student.user.id, texts);
    const { body } = await server.rest(student).get<AccountExport>('/account/export');
    expect(body.messages.map(({ text }) => text)).toEqual(texts);
  });

  it('is copied a few times an hour', async () => {
    const strict = await TestServer.start({ RATE_LIMIT_SCALE: '1' });
    const who = await strict.signUp('student');
    const statuses: number[] = [];
    for (let times = 0; times < 7; times++) statuses.push((await strict.rest(who).get('/account/export')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    await strict.stop();
  });
});

/** Messages in the log, as if they had been sent. */
async function fill(server: TestServer, chatId: string, senderId: string, texts: string[], from = 1): Promise<void> {
  await server.connection.collection('messages').insertMany(
    texts.map((text, index) => ({
      chatId: new mongo.ObjectId(chatId),
      seq: from + index,
      fromStudent: from + index,
      rev: 0,
      clientMessageId: `00000000-0000-4000-8000-${String(from + index).padStart(12, '0')}`,
      senderId: new mongo.ObjectId(senderId),
      type: 'text',
      text,
      createdAt: new Date(),
      editedAt: null,
      deletedAt: null,
    })),
  );
}

describe('erasure', () => {
  let server: TestServer;
  let admin: TestUser;
  // Other nodes of it, which stop last: passport knows one strategy a process, that of the node that started last.
  const others: TestServer[] = [];
  beforeAll(async () => {
    server = await TestServer.start();
    admin = await server.signUp('admin');
  });
  afterAll(async () => {
    for (const node of [...others, server]) await node.stop();
  });

  const erase = (who: TestUser, password: string | null = PASSWORD) =>
    server.rest(who).delete('/account', { password });
  const stored = (name: string) => server.connection.collection(name);
  const idOf = (who: TestUser) => new mongo.ObjectId(who.user.id);
  /** As if a minute had passed since it began: the pass that ends it. */
  const settle = async (who: TestUser) => {
    await stored('erasures').updateOne({ _id: idOf(who) }, { $set: { begunAt: new Date(Date.now() - 61_000) } });
    await server.app.get(ErasureService).resume(0);
  };

  it('needs the password, and is not for administrators themselves', async () => {
    const who = await server.signUp('student');
    for (const password of ['wrong', null]) expect((await erase(who, password)).status).toBe(403);
    expect((await erase(admin)).status).toBe(403);
    expect((await server.rest(admin).delete(`/admin/users/${admin.user.id}`, { reason: 'x' })).status).toBe(403);
    expect((await server.login(who.email)).user).toEqual(who.user);
    expect(await stored('erasures').countDocuments()).toBe(0);
  });

  it('a student: the person goes, their texts go on every device, what the other wrote and every place stays', async () => {
    const { student, tutor, course, chatId } = await server.pair();
    const elsewhere = await server.login(student.email);
    for (let round = 0; round < 3; round++) {
      await server.write(student, chatId, `My secret ${round}`);
      await server.write(tutor, chatId, `Kept ${round}`);
    }
    await server.write(student, chatId, 'My last secret');
    const before = await messagesOf(server, tutor, chatId);
    const [here, away, gone] = [await server.socket(tutor), await server.socket(tutor), await server.socket(elsewhere)];
    const position = { chatId, seq: 7, rev: 0 };
    const { cursor } = await away.ok('sync', { cursor: null, chats: [position] });
    away.close();

    expect((await erase(student)).status).toBe(204);
    expect(await gone.hears('session_ended')).toEqual({ reason: 'erased' });
    for (const login of [student, elsewhere]) {
      expect((await server.rest(login).get('/auth/me')).status).toBe(401);
      expect((await server.call('POST', '/auth/refresh', { headers: { cookie: login.cookie } })).status).toBe(401);
    }

    // The device that is there hears of each, and of the chat.
    const { chat } = await here.hears(
      'chat_updated',
      (event) => event.chat.student.name === 'Deleted account' && event.chat.access === 'read_only',
    );
    expect(chat).toMatchObject({ id: chatId, student: { id: student.user.id }, lastSeq: 7 });
    await eventually(() => expect(here.of('message_updated')).toHaveLength(4));
    // The log has all places, and only the other side's texts.
    const after = await messagesOf(server, tutor, chatId);
    expect(after.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(after.filter(({ senderId }) => senderId === tutor.user.id)).toEqual(
      before.filter(({ senderId }) => senderId === tutor.user.id),
    );
    for (const message of after.filter(({ senderId }) => senderId === student.user.id)) {
      expect(message).toMatchObject({ text: '', deletedAt: expect.any(String) });
    }
    expect(after.map(({ rev }) => rev).filter(Boolean)).toEqual([1, 2, 3, 4]);
    // The device that was away catches up to the same.
    const back = await server.socket(tutor);
    const caught = await back.ok('sync', { cursor, chats: [position] });
    expect(caught.chats[0]?.messages).toEqual(after.filter(({ rev }) => rev > 0));
    expect(caught.chats[0]?.chat).toMatchObject({ lastSeq: 7, lastRev: 4, lastMessage: { seq: 7, preview: '' } });

    // Nobody finds them any more.
    const list = async (query: string) =>
      (await server.rest(tutor).get<ChatPage>(`/tutors/chats?q=${query}`)).body.items.length;
    const found = async () => [
      await list(encodeURIComponent(course.title)),
      await list(encodeURIComponent(student.user.name)),
    ];
    // Last of all the name goes from what is searched.
    await eventually(async () => expect(await found()).toEqual([1, 0]));
    const students = (await server.rest(tutor).get<StudentPage>('/tutors/chats/students')).body.items;
    expect(students).toEqual([]);
    expect(
      (
        await server
          .rest(tutor)
          .post(`/tutors/chats/${chatId}/messages`, { clientMessageId: crypto.randomUUID(), text: 'x' })
      ).status,
    ).toBe(403);
    // The second pass comes long after the last device left, and takes what its leaving wrote.
    await here.hears('user_offline', ({ userId }) => userId === student.user.id);
    await settle(student);
    expect((await server.rest(tutor).get<Chat>(`/tutors/chats/${chatId}`)).body.peer).toMatchObject({
      online: false,
      lastSeenAt: null,
    });
  }, 20_000);

  it('leaves nothing of them in the database but ids, and the record of what was done as it was', async () => {
    const { student, chatId } = await server.pair();
    await server.call('POST', '/auth/login', { body: { email: student.email, password: 'wrong' } });
    await server.write(student, chatId, 'Something only they would write');
    const record = await stored('audit')
      .find({ subjectId: idOf(student) })
      .sort({ _id: 1 })
      .toArray();
    expect((await auditOf(server, admin, `&userId=${student.user.id}`))[0]?.address).toBe('127.0.0.0/24');
    expect((await erase(student)).status).toBe(204);
    await settle(student);
    const everything = await Promise.all(
      (await server.connection.listCollections()).map(({ name }) => stored(name).find().toArray()),
    );
    const all = JSON.stringify(everything);
    for (const trace of [student.email, student.user.name, 'Something only they would write']) {
      expect(all).not.toContain(trace);
    }
    for (const name of ['users', 'sessions', 'presence']) {
      expect(await stored(name).countDocuments({ $or: [{ _id: idOf(student) }, { userId: idOf(student) }] })).toBe(0);
    }
    expect(await stored('enrollments').countDocuments({ studentId: idOf(student) })).toBe(0);
    expect(
      await stored('audit')
        .find({ _id: { $in: record.map(({ _id }) => _id) } })
        .sort({ _id: 1 })
        .toArray(),
    ).toEqual(record);
    const entries = await auditOf(server, admin, `&userId=${student.user.id}`);
    expect(entries.map(({ action, address, userAgent }) => [action, address, userAgent])).toEqual(
      ['erasure_done', 'erasure_begun', 'login_failed', 'enrolled', 'logged_in'].map((action) => [action, null, null]),
    );
  });

  it('frees the address for somebody new, who has nothing of the one before', async () => {
    const { student } = await server.pair();
    await erase(student);
    const made = await server.call<{ user: { id: string } }>('POST', '/auth/register', {
      body: { name: 'Somebody new', email: student.email, password: PASSWORD },
    });
    expect(made.status).toBe(201);
    expect(made.body.user.id).not.toBe(student.user.id);
    const now = await server.login(student.email);
    expect((await server.rest(now).get<ChatPage>('/users/chats')).body.items).toEqual([]);
  });

  it('a tutor, by an administrator with a reason: their courses and chats go on without them', async () => {
    const { student, tutor, course, chatId } = await server.pair();
    const colleague = await server.signUp('tutor');
    await server.setTutors(course, tutor, colleague);
    await server.write(tutor, chatId, 'From the tutor');
    await server.write(student, chatId, 'From the student');
    const socket = await server.socket(student);
    const remove = (who: TestUser, id: string, body: unknown) => server.rest(who).delete(`/admin/users/${id}`, body);
    for (const who of [student, colleague])
      expect((await remove(who, tutor.user.id, { reason: 'x' })).status).toBe(403);
    for (const body of [{}, { reason: ' ' }, { reason: 'a\nb' }, { reason: 'x'.repeat(301) }]) {
      expect((await remove(admin, tutor.user.id, body)).status).toBe(400);
    }
    expect((await remove(admin, 'f'.repeat(24), { reason: 'Nobody' })).status).toBe(404);
    expect((await remove(admin, tutor.user.id, { reason: 'Asked for in a letter' })).status).toBe(204);
    expect((await socket.hears('message_updated')).message).toMatchObject({ seq: 1, text: '' });
    await socket.hears(
      'chat_updated',
      ({ chat }) => chat.tutor.name === 'Deleted account' && chat.access === 'read_only',
    );
    expect((await messagesOf(server, student, chatId)).map(({ text }) => text)).toEqual(['', 'From the student']);
    const [entry] = await auditOf(server, admin, `&userId=${tutor.user.id}`);
    expect(entry).toMatchObject({ action: 'erasure_begun', actorId: admin.user.id, detail: 'Asked for in a letter' });
    expect((await server.connection.collection('courses').findOne({ title: course.title }))?.['tutorIds']).toEqual([
      idOf(colleague),
    ]);
  });

  it('what a node took from them that had not heard of it goes with the last pass', async () => {
    const { student, tutor, chatId } = await server.pair();
    await server.write(student, chatId, 'Early');
    await erase(student);
    await eventually(async () => expect((await messagesOf(server, tutor, chatId))[0]?.text).toBe(''));
    await fill(server, chatId, student.user.id, ['Late'], 2);
    expect(await stored('erasures').findOne({ _id: idOf(student) })).toMatchObject({ doneAt: null });
    await settle(student);
    expect((await messagesOf(server, tutor, chatId)).map(({ text }) => text)).toEqual(['', '']);
    expect(await stored('erasures').findOne({ _id: idOf(student) })).toMatchObject({ doneAt: expect.any(Date) });
  });

  it.each([
    ['right after it was decided', 0],
    ['in the middle of the messages', 130],
  ])(
    'killed %s, it is finished by the next start',
    async (_, erased) => {
      const { student, tutor, chatId } = await server.pair();
      await fill(
        server,
        chatId,
        student.user.id,
        Array.from({ length: 250 }, (_, index) => `Secret ${index}`),
      );
      // What a node leaves behind that is killed there.
      const at = new Date(Date.now() - 5_000);
      if (erased > 0) {
        await stored('users').deleteOne({ _id: idOf(student) });
        for (let seq = 1; seq <= erased; seq++) {
          await stored('messages').updateOne(
            { chatId: new mongo.ObjectId(chatId), seq },
            { $set: { text: '', deletedAt: at, rev: seq } },
          );
        }
      }
      // Tried last just now: nodes that started before leave it to the next one.
      await stored('erasures').insertOne({ _id: idOf(student), begunAt: at, triedAt: new Date(), doneAt: null });
      const next = await TestServer.start({}, server);
      others.push(next);
      await eventually(async () => {
        expect(await stored('users').countDocuments({ _id: idOf(student) })).toBe(0);
        expect(await stored('messages').countDocuments({ text: /Secret/ })).toBe(0);
      }, 20_000);
      const log = await stored('messages')
        .find({ chatId: new mongo.ObjectId(chatId) })
        .sort({ seq: 1 })
        .toArray();
      expect(log.map(({ seq, rev }) => [seq, rev])).toEqual(
        Array.from({ length: 250 }, (_, index) => [index + 1, index + 1]),
      );
      const socket = await next.socket(tutor);
      await eventually(async () => expect((await socket.ok('join_chat', { chatId })).lastRev).toBe(250));
    },
    40_000,
  );

  it('goes on while the other side writes and edits', async () => {
    const { student, tutor, chatId } = await server.pair();
    await fill(
      server,
      chatId,
      student.user.id,
      Array.from({ length: 300 }, (_, index) => `Secret ${index}`),
    );
    const socket = await server.socket(tutor);
    const mine = await server.write(tutor, chatId, 'Mine');
    const erasing = erase(student);
    for (let times = 0; times < 15; times++) {
      await socket.command('edit_message', { chatId, seq: mine.seq, text: `Mine, edited ${times}` });
    }
    expect((await erasing).status).toBe(204);
    await eventually(async () => expect(await stored('messages').countDocuments({ text: /Secret/ })).toBe(0), 20_000);
    const revs = (
      await stored('messages')
        .find({ chatId: new mongo.ObjectId(chatId), rev: { $gt: 0 } })
        .toArray()
    ).map(({ rev }) => rev);
    expect(new Set(revs).size).toBe(revs.length);
    await eventually(() =>
      expect(socket.of('message_updated').filter(({ message }) => message.deletedAt).length).toBeGreaterThanOrEqual(
        300,
      ),
    );
  }, 40_000);

  it('somebody of an external issuer who was erased stays so, whatever the issuer signs', async () => {
    const issuer = await TestIssuer.start();
    const node = await TestServer.start(issuer.settings, server);
    others.push(node);
    const token = await issuer.token('leaves');
    expect((await node.call('DELETE', '/account', { token, body: { password: 'x' } })).status).toBe(403);
    expect((await node.call('DELETE', '/account', { token, body: { password: null } })).status).toBe(204);
    for (const next of [token, await issuer.token('leaves'), await issuer.token('leaves', { sid: 'new' })]) {
      expect((await node.call('GET', '/auth/me', { token: next })).status).toBe(401);
    }
    expect((await node.call('GET', '/auth/me', { token: await issuer.token('stays') })).status).toBe(200);
    await issuer.stop();
  });
});
