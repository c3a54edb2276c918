import { AuditLog } from '@course-chat/api/auth';
import type { AuditPage, Chat, ModeratedPage } from '@course-chat/contracts';
import { TestServer, type TestPair, type TestUser } from './testing';

const auditOf = async (server: TestServer, admin: TestUser) =>
  (await server.rest(admin).get<AuditPage>('/admin/audit?limit=100')).body.items;

describe('a moderator', () => {
  let server: TestServer;
  let admin: TestUser;
  let pair: TestPair;
  beforeAll(async () => {
    server = await TestServer.start();
    admin = await server.signUp('admin');
    pair = await server.pair();
    for (let seq = 1; seq <= 60; seq++) await server.write(pair.student, pair.chatId, `Line ${seq}`);
  });
  afterAll(() => server.stop());

  const read = (who: TestUser, body: unknown, chatId = pair.chatId) =>
    server.rest(who).post<ModeratedPage>(`/admin/chats/${chatId}/reads`, body);

  it('reads a page at a time, each for a reason that the audit keeps; the members hear nothing', async () => {
    const socket = await server.socket(pair.tutor);
    const newest = (await read(admin, { reason: 'Report 17: insults' })).body;
    expect(newest.chat).toMatchObject({
      id: pair.chatId,
      student: pair.student.user,
      tutor: pair.tutor.user,
      lastSeq: 60,
    });
    expect([newest.items[0]?.seq, newest.items.at(-1)?.seq, newest.hasOlder]).toEqual([11, 60, true]);
    const older = (await read(admin, { reason: 'Report 17: before that', before: 11 })).body;
    expect([older.items[0]?.seq, older.items.at(-1)?.seq, older.hasOlder]).toEqual([1, 10, false]);
    const entries = (await auditOf(server, admin)).filter(({ action }) => action === 'chat_read_by_moderator');
    expect(entries.map(({ actorId, chatId, detail }) => [actorId, chatId, detail])).toEqual([
      [admin.user.id, pair.chatId, 'Report 17: before that'],
      [admin.user.id, pair.chatId, 'Report 17: insults'],
    ]);
    expect(JSON.stringify(await server.connection.collection('audit').find().toArray())).not.toContain('Line');
    const { body } = await server.rest(pair.tutor).get<Chat>(`/tutors/chats/${pair.chatId}`);
    expect(body.unreadCount).toBe(60);
    expect(socket.heard.filter(({ name }) => !/^(user_|unread_changed)/.test(name))).toEqual([]);
  });

  it('is an administrator with a reason, and the chat is there', async () => {
    for (const who of [pair.student, pair.tutor]) expect((await read(who, { reason: 'Mine' })).status).toBe(403);
    for (const body of [{}, { reason: '' }, { reason: '\u200b' }, { reason: 'x', before: 0 }]) {
      expect((await read(admin, body)).status).toBe(400);
    }
    expect((await read(admin, { reason: 'x' }, 'f'.repeat(24))).status).toBe(404);
    // The ordinary doors stay closed to them.
    expect((await server.rest(admin).get(`/users/chats/${pair.chatId}`)).status).toBe(403);
    const socket = await server.socket(admin);
    expect((await socket.error('join_chat', { chatId: pair.chatId })).code).toBe('NOT_FOUND');
  });

  it('is shown nothing that could not be recorded', async () => {
    const audit = server.app.get(AuditLog);
    const note = jest.spyOn(audit, 'note').mockRejectedValue(new Error('The disk is full'));
    const { status, body } = await read(admin, { reason: 'Unseen' });
    note.mockRestore();
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('Line');
  });
});

describe('the record of changes', () => {
  it('has purchases, refunds and tutors, by whom and when', async () => {
    const server = await TestServer.start();
    const admin = await server.signUp('admin');
    const { student, course, tutor } = await server.pair();
    await server.enroll(student, course);
    await server.refund(student, course);
    await server.setTutors(course);
    const entries = (await auditOf(server, admin)).filter(({ courseId }) => courseId === course.id);
    expect(entries.map(({ action, actorId, subjectId }) => [action, actorId, subjectId])).toEqual([
      ['tutors_changed', null, null],
      ['refunded', null, student.user.id],
      ['enrolled', student.user.id, student.user.id],
    ]);
    expect(tutor.user.role).toBe('tutor');
    await server.stop();
  });
});
