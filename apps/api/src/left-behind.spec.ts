import { randomUUID } from 'node:crypto';
import { DigestService } from '@course-chat/api/chat';
import type { Chat, Message } from '@course-chat/contracts';
import { mongo } from 'mongoose';
import { chatsOf, eventually, TestRedis, TestServer, type TestPair, type TestUser } from './testing';

/** What is in the log and nowhere else: its node was killed, or the database did not say that it had been stored. */
describe('what was stored and told to nobody', () => {
  let server: TestServer;
  let redis: TestRedis | undefined;
  const others: TestServer[] = [];
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(async () => {
    for (const other of others) await other.stop();
    await server.stop();
    await redis?.stop();
  });

  const messages = () => server.connection.collection('messages');
  const chatRecord = (chatId: string) =>
    server.connection.collection('chats').findOne({ _id: new mongo.ObjectId(chatId) });
  const chatOf = async (node: TestServer, who: TestUser, chatId: string) =>
    (await node.rest(who).get<Chat>(`${chatsOf(who)}/${chatId}`)).body;
  const missedBy = async (node: TestServer, who: TestUser, chatId: string, seq: number) => {
    const socket = await node.socket(who);
    const { chats } = await socket.ok('sync', { cursor: null, chats: [{ chatId, seq, rev: 0 }] });
    return chats[0]?.messages.map(({ text }) => text);
  };

  /** A chat whose only message was written two hours ago and changed a moment ago. */
  async function changedBehind(change: Record<string, unknown>): Promise<TestPair> {
    const pair = await server.pair();
    await server.write(pair.student, pair.chatId, 'As it was');
    const createdAt = new Date(Date.now() - 7_200_000);
    await messages().updateOne({ chatId: new mongo.ObjectId(pair.chatId) }, { $set: { createdAt, rev: 1, ...change } });
    return pair;
  }

  it.each([
    ['edited', { text: 'Changed', editedAt: new Date() }, 'Changed'],
    ['deleted', { text: '', deletedAt: new Date() }, ''],
  ])(
    'an old message that was %s is what the list and every device show after the next start',
    async (_, change, text) => {
      const { student, tutor, chatId } = await changedBehind(change);
      const next = await TestServer.start({}, server);
      others.push(next);
      for (const who of [student, tutor]) {
        expect(await chatOf(next, who, chatId)).toMatchObject({ lastRev: 1, lastMessage: { seq: 1, preview: text } });
        expect(await missedBy(next, who, chatId, 1)).toEqual([text]);
      }
    },
  );

  it('is repaired when Redis is back: a node that was killed meanwhile was missed by nobody', async () => {
    redis = await TestRedis.start();
    const node = await TestServer.start({ REDIS_URL: redis.url }, server);
    others.push(node);
    const { tutor, chatId } = await changedBehind({ text: 'Changed', editedAt: new Date() });
    // Longer than it takes a node to give its word again.
    await redis.freeze(5_000);
    const projected = () =>
      server.connection.collection('chats').findOne({ _id: new mongo.ObjectId(chatId), lastRev: 1 });
    await eventually(async () => expect(await projected()).not.toBeNull(), 8_000);
    expect(await chatOf(node, tutor, chatId)).toMatchObject({ lastMessage: { preview: 'Changed' } });
  }, 30_000);

  it.each([
    ['edit', { text: 'Changed', editedAt: new Date() }, 'edit_message' as const, { text: 'Changed' }],
    ['deletion', { text: '', deletedAt: new Date() }, 'delete_message' as const, {}],
  ])(
    'the %s that is sent again is in the list and caught up, and the next digest tells',
    async (_, change, command, payload) => {
      const { student, tutor, chatId } = await changedBehind(change);
      const [phone, desk] = [await server.socket(student), await server.socket(tutor)];
      expect(await phone.ok(command, { chatId, seq: 1, ...payload } as never)).toMatchObject({
        rev: 1,
        text: change.text,
      });
      const before = (await desk.ok('sync', { cursor: null, chats: [] })).cursor;
      await server.app.get(DigestService).tell();
      const { cursor } = await desk.hears('digest');
      expect(cursor).toBe(before);
      expect(await chatOf(server, tutor, chatId)).toMatchObject({ lastRev: 1, lastMessage: { preview: change.text } });
      expect(await missedBy(server, tutor, chatId, 1)).toEqual([change.text]);
    },
  );

  it('a message that is sent again is in the list, counted and caught up', async () => {
    const { student, tutor, chatId } = await server.pair();
    await server.write(student, chatId, 'First');
    expect(await chatOf(server, tutor, chatId)).toMatchObject({ lastSeq: 1 });
    const behind = await chatRecord(chatId);
    const clientMessageId = randomUUID();
    await server.write(student, chatId, 'Second', clientMessageId);
    expect(await chatOf(server, tutor, chatId)).toMatchObject({ lastSeq: 2 });
    await server.connection.collection('chats').replaceOne({ _id: behind?._id }, { ...behind });
    expect(await chatOf(server, tutor, chatId)).toMatchObject({ lastSeq: 1 });
    const again: Message = await server.write(student, chatId, 'Second', clientMessageId);
    expect(again).toMatchObject({ seq: 2, text: 'Second' });
    expect(await chatOf(server, tutor, chatId)).toMatchObject({
      lastSeq: 2,
      unreadCount: 2,
      lastMessage: { preview: 'Second' },
    });
    expect(await missedBy(server, tutor, chatId, 1)).toEqual(['Second']);
  });
});
