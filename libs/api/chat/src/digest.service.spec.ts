import { newObjectId } from '@course-chat/api/kernel';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import type { RealtimeHub } from '@course-chat/api/realtime';
import type { Model } from 'mongoose';
import { ChatRepository } from './chat.repository';
import { ChatRecord, chatRecordSchema } from './chat.schema';
import { DigestService } from './digest.service';

describe(DigestService.name, () => {
  let database: TestDatabase;
  let chats: ChatRepository;
  let model: Model<ChatRecord>;
  beforeAll(async () => {
    database = await testDatabase();
    model = database.connection.model<ChatRecord>(ChatRecord.name, chatRecordSchema as never) as Model<ChatRecord>;
    chats = new ChatRepository(model);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => database.drop());

  const id = () => newObjectId().toHexString();
  const toldOf = async () => {
    const toUsers = jest.fn();
    await new DigestService(chats, { isHere: () => true, toUsers } as unknown as RealtimeHub).tell();
    return toUsers.mock.calls.flatMap(([userIds]: [string[]]) => userIds);
  };

  it.each([
    ['right', 0],
    ['a minute ahead', 60_000],
    ['a minute behind', -60_000],
  ])('tells of what changed lately, and of nothing older, by a node whose clock is %s', async (_, skewMs) => {
    const { chat } = await chats.open({ courseId: id(), studentId: id(), tutorId: id() }, []);
    const { chat: old } = await chats.open({ courseId: id(), studentId: id(), tutorId: id() }, []);
    await model.updateOne({ _id: old.id }, [{ $set: { changedAt: { $subtract: ['$$NOW', 60_000] } } }], {
      updatePipeline: true,
    });
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + skewMs);
    const told = await toldOf();
    expect(told).toEqual(expect.arrayContaining([chat.studentId, chat.tutorId]));
    expect(told).not.toContain(old.studentId);
  });

  it('lets other work in between when many chats changed', async () => {
    const changedAt = new Date();
    const members = Array.from({ length: 500 }, () => ({ studentId: newObjectId(), tutorId: newObjectId() }));
    await model.collection.insertMany(members.map((chat) => ({ ...chat, courseId: newObjectId(), changedAt })));
    const looks = { turn: 0, most: 0 };
    const isHere = () => {
      looks.most = Math.max(looks.most, ++looks.turn);
      if (looks.turn === 1) setImmediate(() => (looks.turn = 0));
      return false;
    };
    await new DigestService(chats, { isHere, toUsers: jest.fn() } as unknown as RealtimeHub).tell();
    expect(looks.most).toBeLessThanOrEqual(200);
  });
});
