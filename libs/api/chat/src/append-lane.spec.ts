import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Clock, newObjectId } from '@course-chat/api/kernel';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import type { Model } from 'mongoose';
import { AppendLane, type Appended } from './append-lane';
import { NO_MESSAGES } from './log-place';
import { messageIdOf, recordOf, type Draft } from './message-record';
import { MessageRepository, type InsertOutcome } from './message.repository';
import { MessageRecord, messageRecordSchema } from './message.schema';

/** The repository, with a database that now and then does not say what became of a write. */
class FaultyRepository extends MessageRepository {
  /** What happens to the next writes: nothing, lost before it is written, or lost after. */
  faults: ('none' | 'before' | 'after')[] = [];
  /** How many messages each write carried. */
  sizes: number[] = [];

  get writes(): number {
    return this.sizes.length;
  }

  private held?: { reach: () => void; open: Promise<void> };

  /** Holds the next write back until it is let go. */
  hold(): { reached: Promise<void>; letGo: () => void } {
    let letGo!: () => void;
    const open = new Promise<void>((resolve) => (letGo = resolve));
    const reached = new Promise<void>((reach) => (this.held = { reach, open }));
    return { reached, letGo };
  }

  override async insertInOrder(records: MessageRecord[]): Promise<InsertOutcome> {
    this.sizes.push(records.length);
    const held = this.held;
    delete this.held;
    held?.reach();
    await held?.open;
    const fault = this.faults.shift() ?? 'none';
    const unknown = { inserted: 0, stoppedBy: { unknown: new Error('The connection was lost') } };
    if (fault === 'before') return unknown;
    const outcome = await super.insertInOrder(records);
    return fault === 'after' ? unknown : outcome;
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe(AppendLane.name, () => {
  let database: TestDatabase;
  let model: Model<MessageRecord>;
  let repository: FaultyRepository;
  let lane: AppendLane;
  beforeAll(async () => {
    database = await testDatabase();
    model = database.connection.model<MessageRecord>(MessageRecord.name, messageRecordSchema as never);
    await model.createIndexes();
  });
  beforeEach(() => {
    repository = new FaultyRepository(model);
    lane = new AppendLane(repository, new Clock());
  });
  afterAll(() => database.drop());

  const student = newObjectId().toHexString();
  const tutor = newObjectId().toHexString();
  const draft = (chatId: string, change: Partial<Draft> = {}): Draft => ({
    chatId,
    senderId: student,
    fromStudent: true,
    clientMessageId: randomUUID(),
    text: 'Line',
    ...change,
  });
  const newChat = () => newObjectId().toHexString();
  const logOf = (chatId: string) => repository.range(chatId, 0, Number.MAX_SAFE_INTEGER, 10_000);
  const seqsOf = async (chatId: string) => (await logOf(chatId)).map(({ seq }) => seq);

  it('writes a lone message at once, and groups what arrives meanwhile', async () => {
    const chatId = newChat();
    await Promise.all(upTo(50).map(() => lane.append(draft(chatId))));
    expect(await seqsOf(chatId)).toEqual(upTo(50));
    expect(repository.writes).toBeLessThanOrEqual(3);
  });

  it('a few messages of different chats are written side by side, a chat in one write at a time', async () => {
    const [first, second] = [newChat(), newChat()];
    await lane.append(draft(first));
    const hold = repository.hold();
    const held = [draft(first), draft(first), draft(first)].map((one) => lane.append(one));
    await hold.reached;
    await lane.append(draft(second));
    expect(await seqsOf(first)).toEqual([1]);
    hold.letGo();
    expect((await Promise.all(held)).map(({ message }) => message.seq)).toEqual([2, 3, 4]);
  });

  it('once writes fill up, one goes at a time', async () => {
    const chats = upTo(40).map(newChat);
    for (const _ of upTo(10)) await Promise.all(chats.map((chatId) => lane.append(draft(chatId))));
    const hold = repository.hold();
    const held = lane.append(draft(newChat()));
    await hold.reached;
    const other = lane.append(draft(newChat()));
    const before = repository.writes;
    await delay(50);
    expect(repository.writes).toBe(before);
    hold.letGo();
    await Promise.all([held, other]);
    expect(repository.writes).toBe(before + 1);
  });

  it('the next write is on its way before the messages of the last are told', async () => {
    const chats = upTo(40).map(newChat);
    for (const _ of upTo(10)) await Promise.all(chats.map((chatId) => lane.append(draft(chatId))));
    const hold = repository.hold();
    const [held, other] = chats.slice(0, 2).map((chatId) => lane.append(draft(chatId)));
    await hold.reached;
    const before = repository.writes;
    hold.letGo();
    await held;
    expect(repository.writes).toBe(before + 1);
    await other;
  });

  /** The sizes of the writes that so many messages of as many chats go out in, when they have come during a write of one. */
  const sizesOf = async (count: number) => {
    const chats = upTo(count).map(newChat);
    for (const _ of upTo(10)) await Promise.all(chats.map((chatId) => lane.append(draft(chatId))));
    const hold = repository.hold();
    const held = lane.append(draft(newChat()));
    await hold.reached;
    repository.sizes = [];
    const others = chats.map((chatId) => lane.append(draft(chatId)));
    hold.letGo();
    await Promise.all([held, ...others]);
    return repository.sizes;
  };

  it('a write takes half of those who send, so that the other half can be told meanwhile', async () => {
    expect(await sizesOf(200)).toEqual([101, 99]);
  });

  it('few who send go in one write', async () => {
    expect(await sizesOf(30)).toEqual([30]);
  });

  it('counts the messages of the student along', async () => {
    const chatId = newChat();
    const sides = [true, false, false, true, true, false];
    const appended = await Promise.all(
      sides.map((fromStudent) => lane.append(draft(chatId, { fromStudent, senderId: fromStudent ? student : tutor }))),
    );
    expect(appended.map(({ fromStudent }) => fromStudent)).toEqual([1, 1, 1, 2, 3, 3]);
    expect(await repository.tail(chatId)).toMatchObject({ seq: 6, fromStudent: 3 });
  });

  it('a student waits from the first message that was not answered, on whichever node', async () => {
    const chatId = newChat();
    const append = (fromStudent: boolean, by = lane) =>
      by.append(draft(chatId, { fromStudent, senderId: fromStudent ? student : tutor }));
    const since = async (of: Promise<Appended>) => (await of).waitingSince;
    const first = await append(true);
    const asked = new Date(first.message.createdAt);
    expect(first.waitingSince).toEqual(asked);
    await delay(2);
    expect(await since(append(true))).toEqual(asked);
    expect(await since(append(true, new AppendLane(repository, new Clock())))).toEqual(asked);
    expect(await since(append(false))).toBeNull();
    expect(await since(append(false))).toBeNull();
    const again = await append(true);
    expect(again.waitingSince).toEqual(new Date(again.message.createdAt));
    expect((await repository.bySeq(chatId, 3))?.waitingSince).toEqual(asked);
  });

  it('two lanes on one chat, as on two nodes, leave no hole and no double', async () => {
    const [chatId, otherChat] = [newChat(), newChat()];
    const lanes = [lane, new AppendLane(new FaultyRepository(model), new Clock())] as const;
    const appended = await Promise.all(
      upTo(200).map((index) =>
        (index % 2 ? lanes[1] : lanes[0]).append(draft(index % 5 ? chatId : otherChat, { text: `Line ${index}` })),
      ),
    );
    expect(await seqsOf(chatId)).toEqual(upTo(160));
    expect(await seqsOf(otherChat)).toEqual(upTo(40));
    expect(new Set(appended.map((one) => one.message.id)).size).toBe(200);
  });

  it('one client id through two lanes at once is one message, stored by one of them', async () => {
    const chatId = newChat();
    const same = draft(chatId);
    const lanes = [lane, new AppendLane(new FaultyRepository(model), new Clock())] as const;
    const appended = await Promise.all(upTo(40).map((index) => (index % 2 ? lanes[1] : lanes[0]).append(same)));
    expect(new Set(appended.map(({ message }) => message.id)).size).toBe(1);
    expect(appended.filter(({ created }) => created)).toHaveLength(1);
    expect(await seqsOf(chatId)).toEqual([1]);
  });

  it('a repeated id in the middle of a batch leaves no hole behind it', async () => {
    const chatId = newChat();
    const old = draft(chatId);
    await lane.append(old);
    const appended = await Promise.all(
      [draft(chatId), old, draft(chatId), old, draft(chatId)].map((one) => lane.append(one)),
    );
    expect(appended.map(({ message, created }) => [message.seq, created])).toEqual([
      [2, true],
      [1, false],
      [3, true],
      [1, false],
      [4, true],
    ]);
    expect(await seqsOf(chatId)).toEqual([1, 2, 3, 4]);
  });

  it('another text under a used id conflicts and spends no place', async () => {
    const chatId = newChat();
    const first = draft(chatId);
    const results = await Promise.allSettled([
      lane.append(first),
      lane.append({ ...first, text: 'Other' }),
      lane.append(draft(chatId)),
    ]);
    expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'CONFLICT' } });
    expect(await seqsOf(chatId)).toEqual([1, 2]);
  });

  it('an id that another chat has is refused, and nothing of that chat is told', async () => {
    const chatId = newChat();
    const theirs = draft(newChat(), { text: 'Theirs' });
    const mine = draft(chatId, { text: 'Theirs' });
    // What takes 2^36 tries to make on purpose.
    const place = { seq: 1, fromStudent: 1, waitingSince: null };
    await repository.insertInOrder([{ ...recordOf(theirs, place, new Date()), _id: messageIdOf(mine) }]);
    await expect(lane.append(mine)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await seqsOf(chatId)).toEqual([]);
  });

  it('what an earlier version stored is not stored again, by the index that version made', async () => {
    const key = { chatId: 1, senderId: 1, clientMessageId: 1 } as const;
    await model.collection.createIndex(key, { unique: true, name: 'chat_sender_client_id' });
    const chatId = newChat();
    const old = draft(chatId);
    const place = { seq: 1, fromStudent: 1, waitingSince: null };
    await repository.insertInOrder([{ ...recordOf(old, place, new Date()), _id: newObjectId() }]);
    await expect(lane.append(old)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await lane.append(draft(chatId))).toMatchObject({ created: true });
    expect(await seqsOf(chatId)).toEqual([1, 2]);
    await model.collection.dropIndex('chat_sender_client_id');
  });

  it('a write that was lost is written again, once', async () => {
    const chatId = newChat();
    repository.faults = ['before'];
    const appended = await Promise.all(upTo(5).map(() => lane.append(draft(chatId))));
    expect(appended.every(({ created }) => created)).toBe(true);
    expect(await seqsOf(chatId)).toEqual(upTo(5));
  });

  it('a write whose answer was lost is found in the log, and is news to everybody', async () => {
    const chatId = newChat();
    await lane.append(draft(chatId));
    repository.faults = ['after'];
    const appended = await Promise.all(upTo(5).map(() => lane.append(draft(chatId))));
    expect(await seqsOf(chatId)).toEqual(upTo(6));
    // Nobody was told yet: this call stored them.
    expect(appended.map(({ created }) => created)).toEqual([true, true, true, true, true]);
  });

  it('gives up with UNAVAILABLE while the database is away, and goes on after it', async () => {
    const chatId = newChat();
    const text = draft(chatId);
    repository.faults = ['before', 'before', 'before', 'before'];
    await expect(lane.append(text)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: expect.any(Number) });
    expect(await lane.append(text)).toMatchObject({ created: true, message: { seq: 1 } });
  });

  it('says of which chat it gave up on a message without knowing what became of it', async () => {
    const unknown: string[] = [];
    lane = new AppendLane(repository, new Clock(), (chatId) => unknown.push(chatId));
    const [chatId, otherId] = [newChat(), newChat()];
    await lane.append(draft(otherId));
    repository.faults = ['before', 'before', 'before', 'before'];
    await expect(lane.append(draft(chatId))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(unknown).toEqual([chatId]);
  });

  it('rests between tries while the place another node took can not be seen yet', async () => {
    const chatId = newChat();
    await lane.append(draft(chatId));
    const other = new FaultyRepository(model);
    const otherLane = new AppendLane(other, new Clock());
    const tail = other.tail.bind(other);
    // What majority reads show of it for a while: the other's write is on its way.
    const behind = jest.spyOn(other, 'tail').mockResolvedValue(NO_MESSAGES);
    setTimeout(() => behind.mockImplementation(tail), 200);
    expect(await otherLane.append(draft(chatId))).toMatchObject({ message: { seq: 2 } });
    expect(other.writes).toBeLessThan(20);
  });

  it('any mixture of faults over two lanes: what was acknowledged is there once, in a row without holes', async () => {
    const chatId = newChat();
    const second = new FaultyRepository(model);
    repository.faults = ['before', 'after', 'none', 'after', 'before', 'none', 'after'];
    second.faults = ['after', 'none', 'before', 'after'];
    const lanes = [lane, new AppendLane(second, new Clock())] as const;
    const drafts = upTo(80).map((index) => draft(chatId, { text: `Line ${index}` }));
    const results = await Promise.allSettled(drafts.map((one, index) => (index % 2 ? lanes[1] : lanes[0]).append(one)));
    const log = await logOf(chatId);
    expect(log.map(({ seq }) => seq)).toEqual(upTo(log.length));
    expect(new Set(log.map(({ clientMessageId }) => clientMessageId)).size).toBe(log.length);
    results.forEach((result, index) => {
      if (result.status === 'fulfilled') expect(log.filter(({ text }) => text === drafts[index]?.text)).toHaveLength(1);
    });
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(40);
  });
});
