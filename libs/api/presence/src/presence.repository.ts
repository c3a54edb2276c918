import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { inOneAnswer, nativeCollection, Rounds, toObjectId } from '@course-chat/api/kernel';
import type { Model, mongo } from 'mongoose';
import { PresenceRecord } from './presence.schema';

/** Most questions of one shared query. */
const ROUND_MAX = 200;

@Injectable()
export class PresenceRepository {
  private readonly collection: mongo.Collection<PresenceRecord>;
  private readonly rounds = new Rounds<readonly string[], ReadonlyMap<string, Date>>(async (asked) => {
    const ids = [...new Set(asked.flat())].map(toObjectId);
    const records = await this.collection.find({ _id: { $in: ids } }, inOneAnswer(ids.length)).toArray();
    const lastSeen = new Map(records.map((record) => [record._id.toHexString(), record.lastSeenAt]));
    return asked.map(() => lastSeen);
  }, ROUND_MAX);

  private readonly leavings = new Rounds<{ userId: string; at: Date }, null>(async (left) => {
    await this.collection.bulkWrite(
      left.map(({ userId, at }) => ({
        updateOne: { filter: { _id: toObjectId(userId) }, update: { $max: { lastSeenAt: at } }, upsert: true },
      })),
      { ordered: false },
    );
    return left.map(() => null);
  }, ROUND_MAX);

  constructor(@InjectModel(PresenceRecord.name) private readonly model: Model<PresenceRecord>) {
    this.collection = nativeCollection(model);
  }

  /** Remembers when a user left; only ever moves forward. Callers at the same time share one write. */
  async leftAt(userId: string, at: Date): Promise<void> {
    await this.leavings.submit({ userId, at });
  }

  async forget(userId: string): Promise<void> {
    await this.model.deleteOne({ _id: toObjectId(userId) });
  }

  /** When each of these users was last seen; those never seen are absent. Callers at the same time share one query. */
  lastSeen(userIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    return this.rounds.submit(userIds);
  }
}
