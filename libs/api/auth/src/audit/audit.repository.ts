import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { newObjectId, toObjectId, type ObjectId } from '@course-chat/api/kernel';
import type { AuditEntry } from '@course-chat/contracts';
import type { Model } from 'mongoose';
import { AuditOriginRecord, AuditRecord } from './audit.schema';

/** What an entry is made of, before it has an id. */
export type NewAuditEntry = Omit<AuditEntry, 'id' | 'at'> & { readonly at: Date; readonly expiresAt: Date };

/** Writes and reads entries. There is no way to change or remove one, and none is to be added. */
@Injectable()
export class AuditRepository {
  constructor(
    @InjectModel(AuditRecord.name) private readonly model: Model<AuditRecord>,
    @InjectModel(AuditOriginRecord.name) private readonly origins: Model<AuditOriginRecord>,
  ) {}

  async append({ address, userAgent, ...entry }: NewAuditEntry): Promise<void> {
    const _id = newObjectId();
    const ids = {
      actorId: stored(entry.actorId),
      subjectId: stored(entry.subjectId),
      chatId: stored(entry.chatId),
      courseId: stored(entry.courseId),
    };
    // The origin first: an entry without one would look as if nobody knew.
    if (address !== null || userAgent !== null) {
      // Whose network it is: of a failed login nobody is known but the account it was about.
      const userId = ids.actorId ?? ids.subjectId;
      const { expiresAt } = entry;
      await this.origins.collection.insertOne({ _id, userId, network: address, userAgent, expiresAt });
    }
    await this.model.collection.insertOne({ ...entry, ...ids, _id });
  }

  /** Newest first, below `beforeId`; about one person when given. */
  async page(limit: number, beforeId: string | null, subjectId?: string): Promise<AuditEntry[]> {
    const records = await this.model
      .find({
        ...(subjectId && { subjectId: toObjectId(subjectId) }),
        ...(beforeId && { _id: { $lt: toObjectId(beforeId) } }),
      })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<AuditRecord[]>();
    const found = await this.origins.find({ _id: { $in: records.map(({ _id }) => _id) } }).lean<AuditOriginRecord[]>();
    const origins = new Map(found.map((origin) => [origin._id.toHexString(), origin]));
    return records.map((record): AuditEntry => {
      const id = record._id.toHexString();
      return {
        id,
        at: record.at.toISOString(),
        action: record.action,
        actorId: wire(record.actorId),
        subjectId: wire(record.subjectId),
        chatId: wire(record.chatId),
        courseId: wire(record.courseId),
        detail: record.detail,
        address: origins.get(id)?.network ?? null,
        userAgent: origins.get(id)?.userAgent ?? null,
      };
    });
  }

  /** Takes away from where a person did things; what was done stays. */
  async forgetOrigins(userId: string): Promise<void> {
    await this.origins.deleteMany({ userId: toObjectId(userId) });
  }
}

function stored(id: string | null): ObjectId | null {
  return id === null ? null : toObjectId(id);
}

function wire(id: ObjectId | null): string | null {
  return id?.toHexString() ?? null;
}
