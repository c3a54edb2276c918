import { randomUUID } from 'node:crypto';
import { newObjectId } from '@course-chat/api/kernel';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import { createConnection, type Connection, type mongo } from 'mongoose';
import { messageIdOf, recordOf } from './message-record';
import { MessageRepository } from './message.repository';
import { MessageRecord, messageRecordSchema } from './message.schema';

describe(MessageRepository.name, () => {
  let database: TestDatabase;
  let connection: Connection;
  let repository: MessageRepository;
  /** Every command as it went to the database. */
  const sent: mongo.CommandStartedEvent[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    connection = await createConnection(database.uri, { monitorCommands: true }).asPromise();
    connection.getClient().on('commandStarted', (event) => sent.push(event));
    const model = connection.model<MessageRecord>(MessageRecord.name, messageRecordSchema as never);
    await model.createIndexes();
    repository = new MessageRepository(model);
  });
  beforeEach(() => void (sent.length = 0));
  afterAll(async () => {
    await connection.close();
    await database.drop();
  });

  const chatId = newObjectId().toHexString();
  const commands = (name: string) =>
    sent.filter(({ commandName }) => commandName === name).map(({ command }) => command);
  const store = async (seq: number) => {
    const draft = { chatId, senderId: newObjectId().toHexString(), fromStudent: true, clientMessageId: randomUUID() };
    await repository.insertInOrder([
      recordOf({ ...draft, text: 'Line' }, { seq, fromStudent: seq, waitingSince: null }, new Date()),
    ]);
  };

  it('acknowledges a message only when most members have it on disk', async () => {
    await store(1);
    expect(commands('insert')).toMatchObject([{ ordered: true, writeConcern: { w: 'majority', j: true } }]);
  });

  it('says what stopped a write: the place, the id, or that nobody knows', async () => {
    const draft = { chatId: newObjectId().toHexString(), senderId: newObjectId().toHexString(), fromStudent: true };
    const at = (seq: number, clientMessageId: string = randomUUID()) =>
      recordOf({ ...draft, clientMessageId, text: 'Line' }, { seq, fromStudent: seq, waitingSince: null }, new Date());
    const known = randomUUID();
    expect(await repository.insertInOrder([at(1, known)])).toEqual({ inserted: 1, stoppedBy: null });
    expect(await repository.insertInOrder([at(2), at(1), at(3)])).toEqual({ inserted: 1, stoppedBy: 'seq' });
    expect(await repository.insertInOrder([at(3), at(4), at(5, known)])).toEqual({
      inserted: 2,
      stoppedBy: 'id',
    });
    const wrong = { ...at(5), chatId: ['not', 'one', 'key'], seq: [1, 2] };
    expect(await repository.insertInOrder([wrong as never])).toEqual({
      inserted: 0,
      stoppedBy: { unknown: expect.anything() },
    });
    expect(await repository.tail(draft.chatId)).toMatchObject({ seq: 4, fromStudent: 4 });
  });

  it('a message sent again has the id it had, and every other has another', () => {
    const one = { chatId, senderId: newObjectId().toHexString(), clientMessageId: randomUUID() };
    const others = [
      { ...one, chatId: newObjectId().toHexString() },
      { ...one, senderId: chatId },
      { ...one, clientMessageId: randomUUID() },
    ];
    expect(messageIdOf({ ...one })).toEqual(messageIdOf(one));
    expect(new Set([one, ...others].map((each) => messageIdOf(each).toHexString())).size).toBe(4);
    expect(messageIdOf(one).toHexString().slice(0, 6)).toBe(chatId.slice(0, 6));
  });

  it('acknowledges a change only when most members have it on disk', async () => {
    await store(2);
    const seen = await repository.bySeq(chatId, 2);
    if (!seen) throw new Error('The message is not there');
    const change = { text: 'Changed', editedAt: new Date() };
    expect(await repository.change(seen.message, 1, change)).toMatchObject({ message: { rev: 1, text: 'Changed' } });
    expect(commands('findAndModify')).toMatchObject([{ writeConcern: { w: 'majority', j: true } }]);
  });

  it('decides by nothing that could be rolled back', async () => {
    await store(3);
    sent.length = 0;
    await repository.tail(chatId);
    await repository.lastRev(chatId);
    await repository.bySeq(chatId, 3);
    await repository.range(chatId, 1, 3, 10);
    await repository.following(chatId, 1);
    await repository.changedUpTo(chatId, 0, 3);
    await repository.places([{ chatId, seq: 3 }]);
    await repository.stored([
      { chatId, senderId: newObjectId().toHexString(), fromStudent: true, clientMessageId: randomUUID(), text: 'x' },
    ]);
    expect(commands('find')).toHaveLength(8);
    for (const command of commands('find')) expect(command).toMatchObject({ readConcern: { level: 'majority' } });
  });

  it('gives no rev a second time, also when the message that had it has a later one by now', async () => {
    const chat = newObjectId().toHexString();
    const draft = { chatId: chat, senderId: newObjectId().toHexString(), fromStudent: true, text: 'Line' };
    const at = new Date();
    await repository.insertInOrder(
      [1, 2].map((seq) =>
        recordOf({ ...draft, clientMessageId: randomUUID() }, { seq, fromStudent: seq, waitingSince: null }, at),
      ),
    );
    const [slow, quick] = [await repository.bySeq(chat, 1), await repository.bySeq(chat, 2)];
    if (!slow || !quick) throw new Error('They were stored');
    const once = await repository.change(quick.message, 1, { text: 'Once', editedAt: at });
    if (typeof once !== 'object') throw new Error('Nobody else changes it');
    await repository.change(once.message, 2, { text: 'Twice', editedAt: at });
    // Whoever was told of rev 2 would never ask for a rev 1 that came after it.
    expect(await repository.change(slow.message, 1, { deletedAt: at })).toBe('rev_taken');
    expect((await repository.changedUpTo(chat, 0, 2))?.map(({ seq, rev }) => [seq, rev])).toEqual([[2, 2]]);
  });

  it('erases what one member wrote in order of its revs, and comes again for what somebody else changed first', async () => {
    const [mine, theirs] = [newObjectId().toHexString(), newObjectId().toHexString()];
    const chat = newObjectId().toHexString();
    const draft = (senderId: string) => ({ chatId: chat, senderId, fromStudent: true, clientMessageId: randomUUID() });
    await repository.insertInOrder(
      [mine, theirs, mine, mine].map((senderId, index) =>
        recordOf(
          { ...draft(senderId), text: 'Line' },
          { seq: index + 1, fromStudent: 1, waitingSince: null },
          new Date(),
        ),
      ),
    );
    const other = await repository.bySeq(chat, 2);
    if (!other) throw new Error('It was stored');
    await repository.change(other.message, 1, { text: 'Changed', editedAt: new Date() });
    // As if the change had come between the look for the newest rev and the write.
    const lastRev = jest.spyOn(repository, 'lastRev').mockResolvedValueOnce(0);
    expect(await repository.eraseTexts(chat, mine, 0, new Date())).toEqual({ erased: [], next: 0 });
    const { erased, next } = await repository.eraseTexts(chat, mine, 0, new Date());
    lastRev.mockRestore();
    expect(erased.map(({ message }) => [message.seq, message.rev, message.text])).toEqual([
      [1, 2, ''],
      [3, 3, ''],
      [4, 4, ''],
    ]);
    expect(commands('update').at(-1)).toMatchObject({ ordered: true, writeConcern: { w: 'majority', j: true } });
    expect(await repository.eraseTexts(chat, mine, next ?? 0, new Date())).toEqual({ erased: [], next: null });
    expect((await repository.range(chat, 1, 9, 9)).map(({ text }) => text)).toEqual(['', 'Changed', '', '']);
  });

  describe('catching up', () => {
    const write = async (chat: string, count: number) => {
      const draft = { chatId: chat, senderId: newObjectId().toHexString(), fromStudent: true, text: 'Line' };
      await repository.insertInOrder(
        Array.from({ length: count }, (_, index) =>
          recordOf(
            { ...draft, clientMessageId: randomUUID() },
            { seq: index + 1, fromStudent: index + 1, waitingSince: null },
            new Date(),
          ),
        ),
      );
      return chat;
    };
    const edit = async (chat: string, seq: number, rev: number) => {
      const seen = await repository.bySeq(chat, seq);
      if (!seen) throw new Error('The message is not there');
      const change = { text: `Changed ${rev}`, editedAt: new Date() };
      expect(await repository.change(seen.message, rev, change)).toMatchObject({ message: { seq, rev } });
    };
    const newChat = () => newObjectId().toHexString();
    const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

    it('shares one query among all who ask at once, and gives each their own', async () => {
      const [first, second, empty] = [await write(newChat(), 5), await write(newChat(), 3), newChat()];
      sent.length = 0;
      const found = await Promise.all([
        repository.following(first, 2),
        repository.following(second, 0),
        repository.following(first, 4),
        repository.following(empty, 0),
        repository.following(second, 3),
      ]);
      expect(found.map((messages) => messages?.map(({ seq }) => seq))).toEqual([[3, 4, 5], [1, 2, 3], [5], [], []]);
      expect(found[1]?.every(({ chatId: of }) => of === second)).toBe(true);
      expect(commands('find')).toHaveLength(1);
    });

    it('reads one more than may be handed out, never the rest', async () => {
      const [long, other] = [await write(newChat(), 450), await write(newChat(), 1)];
      const [found, also] = await Promise.all([repository.following(long, 10), repository.following(other, 0)]);
      expect(found?.map(({ seq }) => seq)).toEqual(numbers(11, 211));
      expect(also).toHaveLength(1);
    });

    it('keeps no more in memory than an answer may carry, and says so of that chat alone', async () => {
      const [large, small] = [newChat(), await write(newChat(), 2)];
      const long = '😀'.repeat(4_000);
      await repository.insertInOrder(
        numbers(1, 30).map((seq) => {
          const text = { chatId: large, senderId: newChat(), clientMessageId: randomUUID(), text: long };
          return recordOf({ ...text, fromStudent: true }, { seq, fromStudent: seq, waitingSince: null }, new Date());
        }),
      );
      for (const seq of numbers(1, 30)) await edit(large, seq, seq);
      await edit(small, 1, 1);
      // What was edited is short by now: the others have grown.
      await repository.insertInOrder(
        numbers(31, 70).map((seq) => {
          const text = { chatId: large, senderId: newChat(), clientMessageId: randomUUID(), text: long };
          return recordOf({ ...text, fromStudent: true }, { seq, fromStudent: seq, waitingSince: null }, new Date());
        }),
      );
      const found = await Promise.all([repository.following(large, 0), repository.following(small, 0)]);
      expect(found.map((messages) => messages?.length)).toEqual([undefined, 2]);
      const near = await repository.following(large, 60);
      expect(near).toHaveLength(10);
      const changed = await Promise.all([repository.changedUpTo(large, 0, 70), repository.changedUpTo(small, 0, 2)]);
      expect(changed.map((messages) => messages?.length)).toEqual([30, 1]);
    });

    it('finds what changed at or before a place, for each who asks by their own rev', async () => {
      const [first, second] = [await write(newChat(), 4), await write(newChat(), 4)];
      await edit(first, 2, 1);
      await edit(first, 4, 2);
      await edit(second, 1, 1);
      await edit(second, 1, 2);
      sent.length = 0;
      const found = await Promise.all([
        repository.changedUpTo(first, 0, 3),
        repository.changedUpTo(first, 0, 4),
        repository.changedUpTo(first, 1, 4),
        repository.changedUpTo(second, 1, 4),
        repository.changedUpTo(second, 2, 4),
      ]);
      expect(found.map((messages) => messages?.map(({ seq }) => seq).sort())).toEqual([[2], [2, 4], [4], [1], []]);
      expect(commands('find')).toHaveLength(1);
    });

    it('misses no change when all together are too many for one query', async () => {
      const chats = await Promise.all([120, 120, 1].map((count) => write(newChat(), count)));
      for (const [index, count] of [120, 120, 1].entries()) {
        for (const seq of numbers(1, count)) await edit(chats[index] ?? '', seq, seq);
      }
      const found = await Promise.all(chats.map((chat) => repository.changedUpTo(chat, 0, 120)));
      expect(found.map((messages) => messages?.length)).toEqual([120, 120, 1]);
    });
  });
});
