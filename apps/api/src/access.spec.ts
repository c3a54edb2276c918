import { randomUUID } from 'node:crypto';
import { AuditLog } from '@course-chat/api/auth';
import { toObjectId } from '@course-chat/api/kernel';
import type { Chat, Course, MessagePage } from '@course-chat/contracts';
import { chatsOf, TestServer, type TestPair } from './testing';

describe('access', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  const accessOf = async (pair: TestPair) =>
    (await server.rest(pair.student).get<Chat>(`/users/chats/${pair.chatId}`)).body.access;

  async function expectReadOnly(pair: TestPair): Promise<void> {
    for (const who of [pair.student, pair.tutor]) {
      const socket = await server.socket(who);
      for (const [name, payload] of [
        ['send_message', { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'Still there?' }],
        ['edit_message', { chatId: pair.chatId, seq: 1, text: 'Changed' }],
        ['delete_message', { chatId: pair.chatId, seq: 1 }],
        ['typing_start', { chatId: pair.chatId }],
      ] as const) {
        expect([name, (await socket.error(name, payload)).code]).toEqual([name, 'READ_ONLY']);
      }
      const sent = await server
        .rest(who)
        .post(`${chatsOf(who)}/${pair.chatId}/messages`, { clientMessageId: randomUUID(), text: 'Still there?' });
      expect(sent).toMatchObject({ status: 403, body: { error: { code: 'READ_ONLY' } } });
      expect(await socket.ok('join_chat', { chatId: pair.chatId })).toMatchObject({ access: 'read_only', lastSeq: 1 });
      expect(await socket.ok('mark_read', { chatId: pair.chatId, seq: 1 })).toMatchObject({ readSeq: 1 });
      const history = await server.rest(who).get<MessagePage>(`${chatsOf(who)}/${pair.chatId}/messages`);
      expect(history.body.items.map(({ text }) => text)).toEqual(['Before']);
    }
  }

  it('a refund makes the chat read-only at once, on sockets that are open, and history stays', async () => {
    const pair = await server.pair();
    const [socket, desk] = [await server.socket(pair.student), await server.socket(pair.tutor)];
    await socket.ok('send_message', { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'Before' });
    await server.refund(pair.student, pair.course);
    expect(
      (await socket.error('send_message', { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'After' })).code,
    ).toBe('READ_ONLY');
    for (const one of [socket, desk])
      expect(await one.hears('chat_updated')).toMatchObject({ chat: { id: pair.chatId, access: 'read_only' } });
    await expectReadOnly(pair);
    expect((await server.rest(pair.student).get<Course>(`/courses/${pair.course.id}`)).body.enrolled).toBe(false);
    expect((await server.rest(pair.tutor).get('/tutors/chats/students')).body).toEqual({ items: [], nextCursor: null });
  });

  it('what was sent before a refund and is sent again, since nobody heard the answer, is stored and no failure', async () => {
    const pair = await server.pair();
    const socket = await server.socket(pair.student);
    const sent = { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'Before' };
    const stored = await socket.ok('send_message', sent);
    await server.refund(pair.student, pair.course);
    expect(await socket.ok('send_message', sent)).toEqual(stored);
    for (const another of [{ text: 'Another text' }, { clientMessageId: randomUUID() }]) {
      expect((await socket.error('send_message', { ...sent, ...another })).code).toBe('READ_ONLY');
    }
  });

  it('the same once it was changed: the answer is what it is by now', async () => {
    const pair = await server.pair();
    const socket = await server.socket(pair.student);
    const sent = { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'Before' };
    const { id, seq } = await socket.ok('send_message', sent);
    await socket.ok('edit_message', { chatId: pair.chatId, seq, text: 'After' });
    await server.refund(pair.student, pair.course);
    expect(await socket.ok('send_message', sent)).toMatchObject({ id, text: 'After' });
  });

  it('a refund that a node stored and then died is told when the shop says it again', async () => {
    const pair = await server.pair();
    const desk = await server.socket(pair.tutor);
    const at = new Date();
    await server.connection
      .collection('enrollments')
      .updateOne({ studentId: toObjectId(pair.student.user.id) }, { $set: { status: 'refunded', changedAt: at } });
    await server.refund(pair.student, pair.course, at);
    await desk.hears('chat_updated', ({ chat }) => chat.access === 'read_only');
    const command = { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'Still there?' };
    expect((await desk.error('send_message', command)).code).toBe('READ_ONLY');
  });

  it('buying again opens the same chat again', async () => {
    const pair = await server.pair();
    const desk = await server.socket(pair.tutor);
    await server.refund(pair.student, pair.course);
    expect(await accessOf(pair)).toBe('read_only');
    await server.enroll(pair.student, pair.course);
    await desk.hears('chat_updated', ({ chat }) => chat.access === 'active');
    expect(await server.openChat(pair.student, pair.tutor, pair.course)).toBe(pair.chatId);
    expect(await server.write(pair.student, pair.chatId, 'Back again')).toMatchObject({ seq: 1 });
  });

  it('a tutor taken off the course leaves a read-only chat, and writes again when they return', async () => {
    const pair = await server.pair();
    const [socket, desk] = [await server.socket(pair.student), await server.socket(pair.tutor)];
    await socket.ok('send_message', { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'Before' });
    const successor = await server.signUp('tutor');
    await server.setTutors(pair.course, successor);
    expect(
      (await desk.error('send_message', { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'After' })).code,
    ).toBe('READ_ONLY');
    for (const one of [socket, desk]) await one.hears('chat_updated', ({ chat }) => chat.access === 'read_only');
    await expectReadOnly(pair);
    // The successor has a chat of their own to open, and sees nothing of the old one.
    expect((await server.rest(successor).get(`/tutors/chats/${pair.chatId}`)).status).toBe(404);
    await server.setTutors(pair.course, pair.tutor, successor);
    expect(await server.write(pair.tutor, pair.chatId, 'Here again')).toMatchObject({ seq: 2 });
  });

  it('a refund touches the chats of that student and that course only', async () => {
    const pair = await server.pair();
    const classmate = await server.signUp('student');
    await server.enroll(classmate, pair.course);
    const classmatesChat = await server.openChat(classmate, pair.tutor, pair.course);
    const socket = await server.socket(classmate);
    await server.refund(pair.student, pair.course);
    expect(
      await socket.ok('send_message', { chatId: classmatesChat, clientMessageId: randomUUID(), text: 'Still here' }),
    ).toMatchObject({ seq: 1 });
    expect(socket.of('chat_updated')).toEqual([]);
  });

  it('of sends racing a refund, those acknowledged are stored and no later one is', async () => {
    const pair = await server.pair();
    const socket = await server.socket(pair.student);
    const send = () =>
      socket.command('send_message', { chatId: pair.chatId, clientMessageId: randomUUID(), text: 'Racing' });
    const racing = Array.from({ length: 40 }, send);
    await server.refund(pair.student, pair.course);
    const answers = await Promise.all(racing);
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('READ_ONLY');
    expect(await send()).toMatchObject({ ok: false, error: { code: 'READ_ONLY' } });
    const { body } = await server.rest(pair.student).get<MessagePage>(`/users/chats/${pair.chatId}/messages?limit=100`);
    expect(body.items).toHaveLength(answers.filter(({ ok }) => ok).length);
  });
});

describe('the door of the shop', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();

  async function shop() {
    const pair = await server.pair();
    const student = await server.signUp('student');
    const course = pair.course;
    const tell = async (type: 'enrolled' | 'refunded', minutesAgo: number, eventId: string = randomUUID()) => {
      const answer = await server.shopEvent({
        eventId,
        type,
        courseId: course.id,
        student: { email: student.email, name: student.user.name },
        at: at(minutesAgo),
      });
      expect(answer.status).toBe(202);
    };
    const enrolled = async () => (await server.rest(student).get<Course>(`/courses/${course.id}`)).body.enrolled;
    return { ...pair, student, tell, enrolled };
  }

  it('enrols and refunds', async () => {
    const { tell, enrolled } = await shop();
    await tell('enrolled', 10);
    expect(await enrolled()).toBe(true);
    await tell('refunded', 5);
    expect(await enrolled()).toBe(false);
    await tell('enrolled', 1);
    expect(await enrolled()).toBe(true);
  });

  // In whichever order the news of 10, 5 and 1 minutes ago arrives, the newest holds.
  it.each([[[10, 5, 1]], [[10, 1, 5]], [[5, 10, 1]], [[5, 1, 10]], [[1, 10, 5]], [[1, 5, 10]]])(
    'the newest news holds when they arrive as %j',
    async (order) => {
      const { tell, enrolled } = await shop();
      for (const minutesAgo of order) await tell(minutesAgo === 5 ? 'refunded' : 'enrolled', minutesAgo);
      expect(await enrolled()).toBe(true);
      const second = await shop();
      for (const minutesAgo of order) await second.tell(minutesAgo === 5 ? 'enrolled' : 'refunded', minutesAgo);
      expect(await second.enrolled()).toBe(false);
    },
  );

  it.each([
    ['refunded', false],
    ['enrolled', true],
  ] as const)('of two that come together, the newest holds: %s', async (newest, isEnrolled) => {
    const older = newest === 'refunded' ? 'enrolled' : 'refunded';
    for (let round = 0; round < 12; round++) {
      const { tell, enrolled } = await shop();
      await Promise.all([tell(older, 2), tell(newest, 1)]);
      expect([round, await enrolled()]).toEqual([round, isEnrolled]);
      // On a record that is there as well: the older of these comes too late, the newer one turns it back.
      await Promise.all([tell(newest, 1.5), tell(older, 1.4), tell(newest, 0.5)]);
      expect([round, await enrolled()]).toEqual([round, isEnrolled]);
    }
  });

  it('refuses news of tomorrow, which nothing that happens until then could take back', async () => {
    const { student, course, tell, enrolled } = await shop();
    const event = { courseId: course.id, student: { email: student.email, name: student.user.name }, at: at(-6) };
    for (const type of ['enrolled', 'refunded'] as const) {
      expect(await server.shopEvent({ ...event, type })).toMatchObject({
        status: 400,
        body: { error: { code: 'VALIDATION_FAILED', fields: [{ path: 'at' }] } },
      });
    }
    expect(await enrolled()).toBe(false);
    // The clock of a shop may be a little ahead.
    await tell('enrolled', -4);
    expect(await enrolled()).toBe(true);
  });

  it('applies an event once, however often and however fast it is delivered', async () => {
    const { course } = await server.pair();
    const event = {
      eventId: randomUUID(),
      courseId: course.id,
      student: { email: `${randomUUID()}@example.com`, name: 'New here' },
      at: at(1),
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.shopEvent(event)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202));
    expect(await server.connection.collection('users').countDocuments({ email: event.student.email })).toBe(1);
    expect(
      await server.connection
        .collection('enrollments')
        .countDocuments({ courseId: { $exists: true }, purchasedAt: new Date(event.at) }),
    ).toBe(1);
    expect(await server.shopEvent({ ...event, type: 'refunded' })).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFLICT' } },
    });
  });

  it('changes nothing that can not be recorded, and does it when the shop says it again', async () => {
    const { student, course } = await server.pair();
    const audit = server.app.get(AuditLog);
    const event = {
      eventId: randomUUID(),
      type: 'refunded' as const,
      courseId: course.id,
      student: { email: student.email, name: 'From the shop' },
      at: new Date().toISOString(),
    };
    const failing = jest.spyOn(audit, 'note').mockRejectedValueOnce(new Error('The record is away'));
    expect((await server.shopEvent(event)).status).toBe(500);
    failing.mockRestore();
    const mine = async () => (await server.rest(student).get<{ items: unknown[] }>('/users/chats/tutors')).body.items;
    expect(await mine()).toHaveLength(1);
    expect((await server.shopEvent(event)).status).toBe(202);
    expect(await mine()).toHaveLength(0);
    const told = server.connection.collection('audit').find({ detail: `shop event ${event.eventId}` });
    expect((await told.toArray()).map(({ action }) => action)).toEqual(['refunded']);
  });

  it('refuses what is not signed by the shop, before it looks at anything else', async () => {
    const { course } = await server.pair();
    const refused = { status: 401, body: { error: { code: 'UNAUTHENTICATED' } } };
    expect(await server.shopEvent({ courseId: course.id }, { secret: 'another-secret-of-somebody' })).toMatchObject(
      refused,
    );
    for (const signature of ['', 'sha256=', `sha256=${'0'.repeat(64)}`, 'x'.repeat(5_000)]) {
      expect(await server.shopEvent({ courseId: course.id }, { signature })).toMatchObject(refused);
    }
    expect(await server.call('POST', '/integrations/enrollments', { body: { courseId: { $ne: null } } })).toMatchObject(
      refused,
    );
    expect(await server.call('POST', '/integrations/enrollments')).toMatchObject(refused);
  });

  it('answers signed nonsense with typed errors', async () => {
    const { course, tutor } = await server.pair();
    expect(await server.shopEvent({ courseId: 'f'.repeat(24) })).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
    for (const bad of [
      { type: 'gift' },
      { at: 'yesterday' },
      { eventId: '' },
      { student: { email: 'x', name: 'y' } },
      { senderId: 'x' },
    ]) {
      expect(await server.shopEvent({ courseId: course.id, ...(bad as object) })).toMatchObject({
        status: 400,
        body: { error: { code: 'VALIDATION_FAILED' } },
      });
    }
    const asTutor = { courseId: course.id, student: { email: tutor.email, name: 'Tutor' } };
    expect(await server.shopEvent(asTutor)).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
  });
});
