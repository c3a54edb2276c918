import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import {
  duplicateKeyIndex,
  findBytes,
  inOneAnswer,
  nativeCollection,
  Rounds,
  runWrite,
  toObjectId,
  type FindBytes,
  type ObjectId,
} from '@course-chat/api/kernel';
import { SYNC_MAX_MESSAGES_PER_CHAT, type Message } from '@course-chat/contracts';
import { mongo, type Model } from 'mongoose';
import { NO_MESSAGES, type Place, type Tail } from './log-place';
import { messageOfBytes } from './message-bytes';
import {
  messageIdOf,
  toLogged,
  toMessage,
  updateOf,
  type Change,
  type Draft,
  type LoggedMessage,
} from './message-record';
import { MessageRecord, REV_INDEX, REVS_INDEX, SEQ_INDEX } from './message.schema';

/** What an ordered insert came to: how many went in, and what stopped it. */
export interface InsertOutcome {
  readonly inserted: number;
  /** `null`: all went in. `seq`: the place was taken. `id`: the message was there. `unknown`: ask the log. */
  readonly stoppedBy: null | 'seq' | 'id' | { readonly unknown: unknown };
}

/** Messages whose text one write takes away. */
const ERASE_BATCH = 100;

/** Stored for good: most members have it, on disk. */
const DURABLE = { w: 'majority', j: true } as const;
/** The database's code for a key that is there already. */
const DUPLICATE_KEY = 11_000;
/** The index of ids, as the database's refusal names it. */
const ID_INDEX = 'index: _id_ ';

/** Most chats of one shared query of a catching-up: what they may return together must stay small. */
const ROUND_MAX = 100;
/** Messages of one chat that a catching-up reads: one more than it may hand out, so that "too much" is seen. */
const MISSED_MAX = SYNC_MAX_MESSAGES_PER_CHAT + 1;
/** Most bytes of messages of one catching-up: what one account may ask for at any time must not fill the memory. */
export const MISSED_MAX_BYTES = 512 * 1024;

/** How far a device has come in one chat. */
interface Position {
  readonly chatId: string;
  readonly seq: number;
  readonly rev: number;
}

@Injectable()
export class MessageRepository {
  private readonly collection: mongo.Collection<MessageRecord>;
  private readonly followingRounds = new Rounds<Omit<Position, 'rev'>, Message[] | null>(
    (positions) => this.followingAll(positions),
    ROUND_MAX,
  );
  private readonly changedRounds = new Rounds<Position, Message[] | null>(
    (positions) => this.changedUpToAll(positions),
    ROUND_MAX,
  );

  constructor(@InjectModel(MessageRecord.name) model: Model<MessageRecord>) {
    this.collection = nativeCollection(model);
  }

  /** The last message's place; zeros for an empty chat. */
  async tail(chatId: string): Promise<Tail> {
    const last = await this.collection.findOne(
      { chatId: toObjectId(chatId) },
      { sort: { seq: -1 }, projection: { _id: 0, seq: 1, fromStudent: 1, waitingSince: 1 } },
    );
    return last
      ? { seq: last.seq, fromStudent: last.fromStudent, waitingSince: last.waitingSince ?? null }
      : NO_MESSAGES;
  }

  /** The chat's newest rev; 0 when nothing ever changed. */
  async lastRev(chatId: string): Promise<number> {
    const changed = await this.collection.findOne(
      { chatId: toObjectId(chatId), rev: { $gt: 0 } },
      { sort: { rev: -1 }, projection: { _id: 0, rev: 1 } },
    );
    return changed?.rev ?? 0;
  }

  /** Writes these in order, durably, and stops at the first that is refused: what follows it must not leave a hole. */
  async insertInOrder(records: MessageRecord[]): Promise<InsertOutcome> {
    const insert = this.collection.collectionName;
    try {
      const refused = await runWrite(this.collection.db, {
        insert,
        documents: records,
        ordered: true,
        writeConcern: DURABLE,
      });
      if (!refused) return { inserted: records.length, stoppedBy: null };
      if (refused.code !== DUPLICATE_KEY) return { inserted: 0, stoppedBy: { unknown: refused } };
      if (refused.errmsg.includes(SEQ_INDEX)) return { inserted: refused.index, stoppedBy: 'seq' };
      if (refused.errmsg.includes(ID_INDEX)) return { inserted: refused.index, stoppedBy: 'id' };
      return { inserted: 0, stoppedBy: { unknown: refused } };
    } catch (error) {
      return { inserted: 0, stoppedBy: { unknown: error } };
    }
  }

  /** The messages that have the ids of these drafts, by id. */
  async stored(drafts: readonly Draft[]): Promise<Map<string, LoggedMessage>> {
    if (drafts.length === 0) return new Map();
    const records = await this.collection.find({ _id: { $in: drafts.map(messageIdOf) } }).toArray();
    return new Map(records.map((record) => [record._id.toHexString(), toLogged(record)]));
  }

  async bySeq(chatId: string, seq: number): Promise<LoggedMessage | null> {
    const record = await this.collection.findOne({ chatId: toObjectId(chatId), seq });
    return record && toLogged(record);
  }

  /** The place that each mark means: its own, or the chat's end for anything beyond it; zeros before the first. */
  async places(marks: readonly { readonly chatId: string; readonly seq: number }[]): Promise<Place[]> {
    const wanted = marks.filter(({ seq }) => seq > 0).map(({ chatId, seq }) => ({ chatId: toObjectId(chatId), seq }));
    const found =
      wanted.length === 0
        ? []
        : await this.collection
            .find(
              { $or: wanted },
              { projection: { _id: 0, chatId: 1, seq: 1, fromStudent: 1 }, ...inOneAnswer(wanted.length) },
            )
            .toArray();
    const known = new Map(
      found.map(({ chatId, seq, fromStudent }) => [`${chatId.toHexString()}.${seq}`, { seq, fromStudent }]),
    );
    return Promise.all(
      marks.map(async ({ chatId, seq }) =>
        seq === 0 ? NO_MESSAGES : (known.get(`${chatId}.${seq}`) ?? (await this.tail(chatId))),
      ),
    );
  }

  /** Messages from `fromSeq` to `toSeq` inclusive, by seq, at most `limit`. */
  async range(chatId: string, fromSeq: number, toSeq: number, limit: number): Promise<Message[]> {
    const filter = { chatId: toObjectId(chatId), seq: { $gte: fromSeq, $lte: toSeq } };
    return this.read({ filter, sort: { seq: 1 }, limit });
  }

  /**
   * The messages after `seq`, by seq, as many as a catching-up looks at; null where they are too large for one. Callers at
   * the same time share one query.
   */
  following(chatId: string, seq: number): Promise<Message[] | null> {
    return this.followingRounds.submit({ chatId, seq });
  }

  /** The same for those that changed after `rev` and stand at or before `seq`, in no order. */
  changedUpTo(chatId: string, rev: number, seq: number): Promise<Message[] | null> {
    return this.changedRounds.submit({ chatId, rev, seq });
  }

  /**
   * Changes a message that is still as the caller saw it, under a new rev.
   * @returns the changed message, 'rev_taken' when another change has or had that rev, 'moved_on' when the message is not as seen.
   */
  async change(seen: Message, rev: number, change: Change): Promise<LoggedMessage | 'rev_taken' | 'moved_on'> {
    try {
      const changed = await this.collection.findOneAndUpdate(
        { chatId: toObjectId(seen.chatId), seq: seen.seq, rev: seen.rev },
        updateOf(change, rev),
        { returnDocument: 'after' },
      );
      return changed ? toLogged(changed) : 'moved_on';
    } catch (error) {
      if (isRevTaken(error)) return 'rev_taken';
      throw error;
    }
  }

  /** What one member wrote in a chat, by seq, a batch in memory at a time. */
  async *writtenBy(chatId: string, senderId: string): AsyncIterable<Message> {
    const records = this.collection
      .find({ chatId: toObjectId(chatId), senderId: toObjectId(senderId) })
      .sort({ seq: 1 });
    for await (const record of records) yield toMessage(record);
  }

  /**
   * Takes the text of a batch of a sender's messages after `after` away, each under a rev of its own. In their order, so
   * that nobody sees a later rev before an earlier one; what somebody else changes meanwhile is left for another call.
   * @returns what is erased now, and after which seq to go on; null at the end
   */
  async eraseTexts(
    chatId: string,
    senderId: string,
    after: number,
    at: Date,
  ): Promise<{ erased: LoggedMessage[]; next: number | null }> {
    const ofSender = { chatId: toObjectId(chatId), senderId: toObjectId(senderId) };
    const seen = await this.collection
      .find({ ...ofSender, seq: { $gt: after }, deletedAt: null })
      .sort({ seq: 1 })
      .limit(ERASE_BATCH)
      .toArray();
    if (seen.length === 0) return { erased: [], next: null };
    const first = Math.max(await this.lastRev(chatId), ...seen.map(({ rev }) => rev)) + 1;
    try {
      await this.collection.bulkWrite(
        seen.map(({ _id, rev }, index) => ({
          updateOne: { filter: { _id, rev }, update: updateOf({ deletedAt: at }, first + index) },
        })),
        { ordered: true },
      );
    } catch (error) {
      if (!isRevTaken(error)) throw error;
    }
    const now = await this.collection.find({ _id: { $in: seen.map(({ _id }) => _id) } }).toArray();
    const erased = now.filter(({ deletedAt }) => deletedAt).sort((a, b) => a.seq - b.seq);
    // Those that were changed in between come again.
    const left = now.filter(({ deletedAt }) => !deletedAt).map(({ seq }) => seq);
    const reached = left.length > 0 ? Math.min(...left) - 1 : (seen.at(-1)?.seq ?? after);
    return { erased: erased.map(toLogged), next: reached };
  }

  /** Places have no holes, so that a range of them bounds what is read. */
  private async followingAll(positions: readonly Omit<Position, 'rev'>[]): Promise<(Message[] | null)[]> {
    const ranges = positions.map(({ chatId, seq }) => ({
      chatId: toObjectId(chatId),
      seq: { $gt: seq, $lte: seq + MISSED_MAX },
    }));
    const { chats } = await this.gather({
      filter: { $or: ranges },
      hint: SEQ_INDEX,
      batchSize: ROUND_MAX * MISSED_MAX,
    });
    return positions.map(({ chatId, seq }) => {
      const messages = chats.get(chatId);
      if (messages === null) return null;
      return (messages ?? [])
        .filter((message) => message.seq > seq && message.seq <= seq + MISSED_MAX)
        .sort((a, b) => a.seq - b.seq);
    });
  }

  /** Revs have holes; so if all chats together changed too much for one query, each is asked for by itself. */
  private async changedUpToAll(positions: readonly Position[]): Promise<(Message[] | null)[]> {
    const filters = positions.map(({ chatId, rev, seq }) => ({
      chatId: toObjectId(chatId),
      rev: { $gt: rev },
      seq: { $lte: seq },
    }));
    const changed = (filter: mongo.Filter<MessageRecord>) =>
      this.gather({ filter, hint: REV_INDEX, limit: MISSED_MAX, batchSize: MISSED_MAX });
    const found = await changed({ $or: filters });
    const each: (Message[] | null)[] = [];
    for (const [index, { chatId, rev, seq }] of positions.entries()) {
      // One after the other: together they may be more than should be in memory at once.
      const { chats } = found.count < MISSED_MAX ? found : await changed(filters[index] ?? {});
      const messages = chats.get(chatId);
      each.push(messages === null ? null : (messages ?? []).filter((one) => one.rev > rev && one.seq <= seq));
    }
    return each;
  }

  /** Messages by chat, null instead of more than one answer may carry: those are forgotten as they come, a batch at a time. */
  private async gather(
    query: FindBytes<MessageRecord>,
  ): Promise<{ count: number; chats: Map<string, Message[] | null> }> {
    const chats = new Map<string, Message[] | null>();
    const sizes = new Map<string, number>();
    let count = 0;
    await this.each(query, (message, bytes) => {
      count++;
      const { chatId } = message;
      const size = (sizes.get(chatId) ?? 0) + bytes;
      sizes.set(chatId, size);
      const known = chats.get(chatId);
      if (size > MISSED_MAX_BYTES) chats.set(chatId, null);
      else if (known) known.push(message);
      else chats.set(chatId, [message]);
    });
    return { count, chats };
  }

  private async read(query: FindBytes<MessageRecord>): Promise<Message[]> {
    const messages: Message[] = [];
    await this.each(query, (message) => messages.push(message));
    return messages;
  }

  /** Gives messages and how many bytes they are, as they come, without making the driver's objects of them first. */
  private async each(query: FindBytes<MessageRecord>, take: (message: Message, bytes: number) => void): Promise<void> {
    for await (const batch of findBytes(this.collection, query)) {
      for (const bytes of batch) {
        take(
          messageOfBytes(bytes) ?? toMessage(mongo.BSON.deserialize(bytes) as unknown as MessageRecord),
          bytes.length,
        );
      }
    }
  }

  /** The chats that have messages made, edited or deleted after `at`, by the clock of the node that did it. */
  async chatsWrittenSince(at: Date): Promise<string[]> {
    const ids = await this.collection
      .aggregate<{ _id: ObjectId }>([
        {
          $match: { $or: [{ createdAt: { $gte: at } }, { editedAt: { $gte: at } }, { deletedAt: { $gte: at } }] },
        },
        { $group: { _id: '$chatId' } },
      ])
      .toArray();
    return ids.map(({ _id }) => _id.toHexString());
  }
}

/** Whether another message of the chat has a rev, or had it. */
function isRevTaken(error: unknown): boolean {
  const index = duplicateKeyIndex(error);
  return index === REV_INDEX || index === REVS_INDEX;
}
