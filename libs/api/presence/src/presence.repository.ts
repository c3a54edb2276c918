import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { toObjectId } from '@course-chat/api/kernel';
import type { Model } from 'mongoose';
import { PresenceRecord } from './presence.schema';

@Injectable()
export class PresenceRepository {
  constructor(@InjectModel(PresenceRecord.name) private readonly model: Model<PresenceRecord>) {}

  /** Remembers when a user left; only ever moves forward. */
  async leftAt(userId: string, at: Date): Promise<void> {
    await this.model.updateOne({ _id: toObjectId(userId) }, { $max: { lastSeenAt: at } }, { upsert: true });
  }

  /** When each of these users was last seen; those never seen are absent. */
  async lastSeen(userIds: readonly string[]): Promise<Map<string, Date>> {
    const records = await this.model.find({ _id: { $in: userIds.map(toObjectId) } }).lean<PresenceRecord[]>();
    return new Map(records.map((record) => [record._id.toHexString(), record.lastSeenAt]));
  }
}
