import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ChatMembers } from '@course-chat/api/enrollment';
import {
  duplicateKeyIndex,
  inOneAnswer,
  nativeCollection,
  newObjectId,
  Rounds,
  runWrite,
  toObjectId,
  type ObjectId,
} from '@course-chat/api/kernel';
import type { Model, mongo } from 'mongoose';
import { ChatRecord } from './chat.schema';
import { projectionOf, receiptsOf, type ProjectionUpdate, type ReceiptsUpdate, type Side } from './chat-updates';
import { termsFilter } from './search-terms';

/** Chats of one projecting write: messages are stored in between. With 32 their 99th percentile was 26 ms, with eight 18. */
const PROJECTED_AT_ONCE = 8;
/** Changed chats that are looked at in one go: six thousand at once held a node for nearly a fifth of a second. */
const CHANGES_AT_ONCE = 100;
/** Chats whose members are looked up in one go. */
const PEERS_AT_ONCE = 1_000;
/** Most questions of one shared query. */
const ROUND_MAX = 200;

/** A member as a query's key. */
export interface Member {
  readonly side: Side;
  readonly userId: string;
}

/** Where a page of a list ended: the last row's time in milliseconds and its id. */
export interface PageKey {
  readonly at: number;
  readonly id: string;
}

/** A chat's record with its ids as the wire has them. */
export interface StoredChat extends ChatMembers {
  readonly id: string;
  readonly record: ChatRecord;
}

/** Unread messages of a member in one chat. */
export interface UnreadCount {
  readonly chatId: string;
  readonly userId: string;
  readonly unreadCount: number;
}

@Injectable()
export class ChatRepository {
  private readonly collection: mongo.Collection<ChatRecord>;
  private readonly byIdRounds = new Rounds<readonly string[], ReadonlyMap<string, StoredChat>>(async (asked) => {
    const ids = [...new Set(asked.flat())].map(toObjectId);
    const records = await this.collection.find({ _id: { $in: ids } }, inOneAnswer(ids.length)).toArray();
    const chats = new Map(records.map((record) => [record._id.toHexString(), toStored(record)]));
    return asked.map(() => chats);
  }, ROUND_MAX);
  private readonly peerRounds = new Rounds<string, string[]>((userIds) => this.peersOfAll(userIds), ROUND_MAX);
  private readonly newestRounds = {
    student: new Rounds<string, Date | null>((ids) => this.newestChanges('student', ids), ROUND_MAX),
    tutor: new Rounds<string, Date | null>((ids) => this.newestChanges('tutor', ids), ROUND_MAX),
  };

  constructor(@InjectModel(ChatRecord.name) model: Model<ChatRecord>) {
    this.collection = nativeCollection(model);
  }

  async byId(id: string): Promise<StoredChat | null> {
    const record = await this.collection.findOne({ _id: toObjectId(id) });
    return record && toStored(record);
  }

  /** Callers at the same time share one query. */
  async byIds(ids: readonly string[]): Promise<StoredChat[]> {
    if (ids.length === 0) return [];
    const found = await this.byIdRounds.submit(ids);
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** The chats that exist among these, in no order. */
  async byMembers(members: readonly ChatMembers[]): Promise<StoredChat[]> {
    if (members.length === 0) return [];
    const records = await this.collection.find({ $or: members.map(membersFilter) }).toArray();
    return records.map(toStored);
  }

  /** All chats of a course, of one student when given: those whose access a change of enrolment touches. */
  async ofCourse(courseId: string, studentId?: string): Promise<StoredChat[]> {
    const filter = { courseId: toObjectId(courseId), ...(studentId && { studentId: toObjectId(studentId) }) };
    return (await this.collection.find(filter).toArray()).map(toStored);
  }

  /** Every chat of a person, on either side, a batch in memory at a time. */
  async *allOf(userId: string): AsyncIterable<StoredChat> {
    const id = toObjectId(userId);
    for (const filter of [{ studentId: id }, { tutorId: id }]) {
      for await (const record of this.collection.find(filter)) yield toStored(record);
    }
  }

  /** Sets the words a chat is found by; false when they were these already. */
  async setTerms(id: string, terms: string[]): Promise<boolean> {
    const result = await this.collection.updateOne(
      { _id: toObjectId(id), terms: { $ne: terms } },
      { $set: { terms }, $currentDate: { changedAt: true } },
    );
    return result.modifiedCount === 1;
  }

  /** Marks chats as changed by something outside them, so that devices that were away hear of it. */
  async touch(ids: readonly string[]): Promise<void> {
    await this.collection.updateMany({ _id: { $in: ids.map(toObjectId) } }, { $currentDate: { changedAt: true } });
  }

  /** The chat of these three, made if it was not there; racing callers get the same one. */
  async open(members: ChatMembers, terms: string[]): Promise<{ chat: StoredChat; created: boolean }> {
    const known = await this.collection.findOne(membersFilter(members));
    if (known) return { chat: toStored(known), created: false };
    const now = new Date();
    const receipts = { readSeq: 0, readFromStudent: 0, deliveredSeq: 0 };
    const fresh: Omit<ChatRecord, keyof ReturnType<typeof membersFilter> | 'changedAt'> = {
      _id: newObjectId(),
      last: null,
      lastRev: 0,
      student: { ...receipts },
      tutor: { ...receipts },
      unread: { student: 0, tutor: 0 },
      terms,
      activityAt: now,
    };
    try {
      const record = await this.collection.findOneAndUpdate(
        membersFilter(members),
        { $setOnInsert: fresh, $currentDate: { changedAt: true } },
        { upsert: true, returnDocument: 'after' },
      );
      if (!record) throw new Error('An upsert answers the record');
      return { chat: toStored(record), created: record._id.equals(fresh._id) };
    } catch (error) {
      if (duplicateKeyIndex(error) === null) throw error;
      return this.open(members, terms);
    }
  }

  /** A member's chats, newest activity first, after `key`. */
  async page(member: Member, limit: number, key: PageKey | null, query?: string): Promise<StoredChat[]> {
    const found = query ? termsFilter(query) : {};
    if (!found) return [];
    const after = key && {
      // Bounds the index: the $or alone would be tried on every chat before the page.
      activityAt: { $lte: new Date(key.at) },
      $or: [
        { activityAt: { $lt: new Date(key.at) } },
        { activityAt: new Date(key.at), _id: { $lt: toObjectId(key.id) } },
      ],
    };
    const records = await this.collection
      .find({ $and: [memberFilter(member), found, after ?? {}] })
      .sort({ activityAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return records.map(toStored);
  }

  /** A member's chats that changed at or after `at`, oldest change first; after `id` within the same instant. */
  async changedSince(member: Member, at: Date, id: string | null, limit: number): Promise<StoredChat[]> {
    const records = await this.collection
      .find({
        ...memberFilter(member),
        changedAt: { $gte: at },
        ...(id && { $or: [{ changedAt: { $gt: at } }, { changedAt: at, _id: { $gt: toObjectId(id) } }] }),
      })
      .sort({ changedAt: 1, _id: 1 })
      .limit(limit)
      .toArray();
    return records.map(toStored);
  }

  /** When one of the member's chats last changed; null without chats. Callers at the same time share one query. */
  newestChangeOf(member: Member): Promise<Date | null> {
    return this.newestRounds[member.side].submit(member.userId);
  }

  /** The database's own time, by which `changedAt` is stamped: that of a node may differ. */
  async now(): Promise<Date> {
    // https://www.mongodb.com/docs/manual/reference/command/hello/ : in UTC, of the member or router that answers.
    const { localTime } = await this.collection.db.command({ hello: 1 });
    return localTime as Date;
  }

  /** When any chat last changed; null without chats. */
  async newestChange(): Promise<Date | null> {
    const [newest] = await this.collection
      .find({}, { projection: { changedAt: 1 } })
      .sort({ changedAt: -1 })
      .limit(1)
      .toArray();
    return newest?.changedAt ?? null;
  }

  /** Unread messages over all of a member's chats. */
  async unreadTotal(member: Member): Promise<number> {
    return (await this.unreadTotals(member.side, [member.userId])).get(member.userId) ?? 0;
  }

  /** The same for many members of one side; those without unread messages are absent. */
  async unreadTotals(side: Side, userIds: readonly string[]): Promise<Map<string, number>> {
    const [owner, unread] = [`${side}Id`, `unread.${side}`];
    const sums = await this.collection
      .aggregate<{ _id: ObjectId; total: number }>([
        { $match: { [owner]: { $in: userIds.map(toObjectId) }, [unread]: { $gt: 0 } } },
        { $project: { _id: 0, [owner]: 1, [unread]: 1 } },
        { $group: { _id: `$${owner}`, total: { $sum: `$${unread}` } } },
      ])
      .toArray();
    return new Map(sums.map(({ _id, total }) => [_id.toHexString(), total]));
  }

  /** What waits for the member of one side in each of these chats. */
  async unreadOf(side: Side, chatIds: readonly string[]): Promise<UnreadCount[]> {
    const projection = { [`${side}Id`]: 1, [`unread.${side}`]: 1 };
    const options = { projection, ...inOneAnswer(chatIds.length) };
    const records = await this.collection.find({ _id: { $in: chatIds.map(toObjectId) } }, options).toArray();
    return records.map((record) => ({
      chatId: record._id.toHexString(),
      userId: record[`${side}Id`].toHexString(),
      unreadCount: record.unread[side],
    }));
  }

  /** The other members of all of a user's chats, each once. Callers at the same time share one query. */
  peersOf(userId: string): Promise<string[]> {
    return this.peerRounds.submit(userId);
  }

  /** Writes what the log says of these chats. Older news than what is there changes nothing. */
  async project(updates: readonly ProjectionUpdate[]): Promise<void> {
    for (let at = 0; at < updates.length; at += PROJECTED_AT_ONCE) {
      const refused = await runWrite(this.collection.db, {
        update: this.collection.collectionName,
        updates: updates.slice(at, at + PROJECTED_AT_ONCE).map(projectionOf),
        ordered: false,
        writeConcern: { w: 'majority' },
      });
      if (refused) throw new Error(refused.errmsg);
    }
  }

  /** Moves members' registers forward, never back. */
  async advance(updates: readonly ReceiptsUpdate[]): Promise<void> {
    if (updates.length === 0) return;
    await this.collection.bulkWrite(
      updates.map((update) => ({ updateOne: receiptsOf(update) })),
      { ordered: false },
    );
  }

  private async peersOfAll(userIds: readonly string[]): Promise<string[][]> {
    const ids = [...new Set(userIds)].map(toObjectId);
    const chats = await this.collection
      .find(
        { $or: [{ studentId: { $in: ids } }, { tutorId: { $in: ids } }] },
        { projection: { _id: 0, studentId: 1, tutorId: 1 }, ...inOneAnswer(PEERS_AT_ONCE) },
      )
      .toArray();
    const peers = new Map<string, Set<string>>(userIds.map((id) => [id, new Set()]));
    for (const chat of chats) {
      const [studentId, tutorId] = [chat.studentId.toHexString(), chat.tutorId.toHexString()];
      peers.get(studentId)?.add(tutorId);
      peers.get(tutorId)?.add(studentId);
    }
    return userIds.map((id) => [...(peers.get(id) ?? [])]);
  }

  /** One key of the index for each member, however many chats they have. */
  private async newestChanges(side: Side, userIds: readonly string[]): Promise<(Date | null)[]> {
    const owner = `${side}Id`;
    const newest = await this.collection
      .aggregate<{ _id: ObjectId; changedAt: Date }>(
        [
          { $match: { [owner]: { $in: [...new Set(userIds)].map(toObjectId) } } },
          { $sort: { [owner]: -1, changedAt: -1 } },
          { $group: { _id: `$${owner}`, changedAt: { $first: '$changedAt' } } },
        ],
        inOneAnswer(userIds.length),
      )
      .toArray();
    const byId = new Map(newest.map(({ _id, changedAt }) => [_id.toHexString(), changedAt]));
    return userIds.map((id) => byId.get(id) ?? null);
  }

  /** Whose chats changed within the last `ms`, and when, oldest change first: a batch in memory at a time. */
  async *recentChanges(ms: number): AsyncIterable<{ readonly userIds: readonly string[]; readonly at: Date }> {
    const since = new Date((await this.now()).getTime() - ms);
    const changes = this.collection
      .find({ changedAt: { $gt: since } }, { projection: { _id: 0, studentId: 1, tutorId: 1, changedAt: 1 } })
      .sort({ changedAt: 1 })
      .batchSize(CHANGES_AT_ONCE);
    for await (const { studentId, tutorId, changedAt } of changes) {
      yield { userIds: [studentId.toHexString(), tutorId.toHexString()], at: changedAt };
    }
  }
}

function memberFilter(member: Member): { studentId: ObjectId } | { tutorId: ObjectId } {
  const id = toObjectId(member.userId);
  return member.side === 'student' ? { studentId: id } : { tutorId: id };
}

function membersFilter(members: ChatMembers) {
  return {
    courseId: toObjectId(members.courseId),
    studentId: toObjectId(members.studentId),
    tutorId: toObjectId(members.tutorId),
  };
}

function toStored(record: ChatRecord): StoredChat {
  return {
    id: record._id.toHexString(),
    courseId: record.courseId.toHexString(),
    studentId: record.studentId.toHexString(),
    tutorId: record.tutorId.toHexString(),
    record,
  };
}
