import { newObjectId } from '@course-chat/api/kernel';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import type { Connection, Model } from 'mongoose';
import { ChatRepository, type StoredChat } from './chat.repository';
import type { LastMessageUpdate } from './chat-updates';
import { ChatRecord, chatRecordSchema } from './chat.schema';
import { searchTerms, termsFilter } from './search-terms';

const id = () => newObjectId().toHexString();

/** Documents the database looked at for the newest command of this kind on a collection. */
async function examined(connection: Connection, collection: string, run: () => Promise<unknown>): Promise<number> {
  const database = connection.db;
  if (!database) throw new Error('Not connected');
  await database.command({ profile: 2 });
  try {
    await run();
  } finally {
    await database.command({ profile: 0 });
  }
  const entries = await database
    .collection('system.profile')
    .find({ ns: `${database.databaseName}.${collection}` })
    .toArray();
  await database.collection('system.profile').drop();
  return entries.reduce((sum, entry) => sum + Number(entry['docsExamined'] ?? 0), 0);
}

describe(ChatRepository.name, () => {
  let database: TestDatabase;
  let chats: ChatRepository;
  beforeAll(async () => {
    database = await testDatabase();
    const model = database.connection.model<ChatRecord>(
      ChatRecord.name,
      chatRecordSchema as never,
    ) as Model<ChatRecord>;
    await model.createIndexes();
    chats = new ChatRepository(model);
  });
  afterAll(() => database.drop());

  const open = async (members: Partial<Parameters<ChatRepository['open']>[0]> = {}): Promise<StoredChat> =>
    (await chats.open({ courseId: id(), studentId: id(), tutorId: id(), ...members }, ['ana'])).chat;
  const last = (seq: number, change: Partial<LastMessageUpdate> = {}): LastMessageUpdate => ({
    seq,
    fromStudent: 0,
    waitingSince: null,
    rev: 0,
    senderId: id(),
    preview: `Line ${seq}`,
    createdAt: new Date(1_000_000 + seq),
    ...change,
  });
  const read = async (chat: StoredChat) => {
    const found = await chats.byId(chat.id);
    if (!found) throw new Error('It was there');
    return found.record;
  };

  it('takes the newest news of a chat, whatever order they come in', async () => {
    const chat = await open();
    await chats.project([{ chatId: chat.id, last: last(3), lastRev: 2 }]);
    await chats.project([{ chatId: chat.id, last: last(2), lastRev: 1 }]);
    await chats.project([{ chatId: chat.id, last: last(3, { rev: 2, preview: 'Edited' }), lastRev: 2 }]);
    await chats.project([{ chatId: chat.id, last: last(3, { rev: 1, preview: 'Older' }) }]);
    expect(await read(chat)).toMatchObject({
      last: { seq: 3, rev: 2, preview: 'Edited' },
      lastRev: 2,
      activityAt: new Date(1_000_003),
    });
  });

  it.each(['$ROOT', '$$NOW', '{"$literal":1}', '$last.seq', ''])('stores the preview %j as it is', async (preview) => {
    const chat = await open();
    await chats.project([{ chatId: chat.id, last: last(1, { preview }) }]);
    expect((await read(chat)).last?.preview).toBe(preview);
  });

  it('derives unread of both from positions, at every change of either', async () => {
    const chat = await open();
    await chats.project([{ chatId: chat.id, last: last(5, { fromStudent: 3 }) }]);
    expect((await read(chat)).unread).toEqual({ student: 2, tutor: 3 });
    await chats.advance([{ chatId: chat.id, side: 'tutor', deliveredSeq: 2, read: { seq: 2, fromStudent: 1 } }]);
    expect((await read(chat)).unread).toEqual({ student: 2, tutor: 2 });
    await chats.advance([{ chatId: chat.id, side: 'student', deliveredSeq: 5, read: { seq: 5, fromStudent: 3 } }]);
    await chats.project([{ chatId: chat.id, last: last(6, { fromStudent: 4 }) }]);
    expect((await read(chat)).unread).toEqual({ student: 0, tutor: 3 });
  });

  it('moves registers forward only, and touches nothing when they do not move', async () => {
    const chat = await open();
    await chats.project([{ chatId: chat.id, last: last(9, { fromStudent: 9 }) }]);
    const to = (deliveredSeq: number, readTo: number | null) =>
      chats.advance([
        {
          chatId: chat.id,
          side: 'tutor',
          deliveredSeq,
          read: readTo === null ? null : { seq: readTo, fromStudent: readTo },
        },
      ]);
    await to(4, 4);
    const { changedAt } = await read(chat);
    await to(3, 3);
    expect(await read(chat)).toMatchObject({ changedAt, tutor: { readSeq: 4, deliveredSeq: 4 } });
    await to(6, null);
    await to(5, 2);
    expect((await read(chat)).tutor).toEqual({ readSeq: 4, readFromStudent: 4, deliveredSeq: 6 });
  });

  it('tells what waits for each side of some chats, by member', async () => {
    const [first, second] = [await open(), await open()];
    await chats.project([
      { chatId: first.id, last: last(5, { fromStudent: 3 }) },
      { chatId: second.id, last: last(1) },
    ]);
    expect(await chats.unreadOf('tutor', [first.id])).toEqual([
      { chatId: first.id, userId: first.tutorId, unreadCount: 3 },
    ]);
    const ofStudents = await chats.unreadOf('student', [first.id, second.id, id()]);
    expect(new Map(ofStudents.map(({ userId, unreadCount }) => [userId, unreadCount]))).toEqual(
      new Map([
        [first.studentId, 2],
        [second.studentId, 1],
      ]),
    );
  });

  it('opens one chat for racing callers', async () => {
    const members = { courseId: id(), studentId: id(), tutorId: id() };
    const opened = await Promise.all(Array.from({ length: 20 }, () => chats.open(members, [])));
    expect(new Set(opened.map(({ chat }) => chat.id)).size).toBe(1);
    expect(opened.filter(({ created }) => created)).toHaveLength(1);
  });

  describe('with 300 chats of one tutor', () => {
    const tutorId = id();
    beforeAll(async () => {
      const opened = await Promise.all(Array.from({ length: 300 }, () => open({ tutorId })));
      // Three of each instant: the id decides among them.
      await chats.project(
        opened.map((chat, index) => ({
          chatId: chat.id,
          last: last(1, { createdAt: new Date(2_000_000 + Math.floor(index / 3) * 1_000) }),
        })),
      );
    }, 30_000);

    it('pages through all, each once, looking at what it returns', async () => {
      const seen: string[] = [];
      for (let key: { at: number; id: string } | null = null; ;) {
        let page: StoredChat[] = [];
        const looked = await examined(
          database.connection,
          'chats',
          async () => (page = await chats.page({ side: 'tutor', userId: tutorId }, 31, key)),
        );
        expect(looked).toBeLessThanOrEqual(Math.ceil(page.length * 1.1) + 1);
        seen.push(...page.map((chat) => chat.id));
        const end = page.at(-1);
        if (!end || page.length < 31) break;
        key = { at: end.record.activityAt.getTime(), id: end.id };
      }
      expect(seen).toHaveLength(300);
      expect(new Set(seen).size).toBe(300);
    }, 30_000);
  });

  it('knows when the chats of many last changed, by one key of an index each', async () => {
    const [tutorId, otherId, strangerId] = [id(), id(), id()];
    const mine = await Promise.all(Array.from({ length: 20 }, () => open({ tutorId })));
    const others = await Promise.all(Array.from({ length: 5 }, () => open({ tutorId: otherId })));
    const [newest, other] = [mine[7], others[3]];
    if (!newest || !other) throw new Error('They were made');
    await chats.touch([newest.id, other.id]);
    const asked = () =>
      Promise.all(
        [tutorId, otherId, strangerId, tutorId].map((userId) => chats.newestChangeOf({ side: 'tutor', userId })),
      );
    const at = (await read(newest)).changedAt;
    expect(await asked()).toEqual([at, (await read(other)).changedAt, null, at]);
    expect(await examined(database.connection, 'chats', asked)).toBeLessThanOrEqual(2);
  });

  it('knows the peers of tutors and of students, asked for together', async () => {
    const [tutorId, studentId] = [id(), id()];
    const [first, second] = [await open({ tutorId, studentId }), await open({ tutorId })];
    const [ofTutor, ofStudent, ofNobody] = await Promise.all([tutorId, studentId, id()].map((of) => chats.peersOf(of)));
    expect(new Set(ofTutor)).toEqual(new Set([first.studentId, second.studentId]));
    expect(ofStudent).toEqual([tutorId]);
    expect(ofNobody).toEqual([]);
  });
});

describe(searchTerms.name, () => {
  it('folds case and accents, splits at what is no letter or digit, and names each word once', () => {
    expect(searchTerms('José NÚÑEZ', "O'Brien 2nd josé")).toEqual(['jose', 'nunez', 'o', 'brien', '2nd']);
    expect(searchTerms('ليلى منصور')).toEqual(['ليلى', 'منصور']);
    expect(searchTerms('', '.*$ -')).toEqual([]);
  });

  it('asks for one word within the range of each word of the query', () => {
    expect(termsFilter('An ru')).toEqual({
      $and: [
        { terms: { $elemMatch: { $gte: 'an', $lt: 'an\u{10FFFF}' } } },
        { terms: { $elemMatch: { $gte: 'ru', $lt: 'ru\u{10FFFF}' } } },
      ],
    });
    expect(termsFilter('...')).toBeNull();
    expect(termsFilter('a b c d e f g h')?.$and).toHaveLength(6);
  });
});
