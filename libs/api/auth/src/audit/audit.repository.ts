import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { newObjectId, toObjectId, type ObjectId } from '@course-chat/api/kernel';
import type { AuditEntry } from '@course-chat/contracts';
import type { Model } from 'mongoose';
import { AuditRecord } from './audit.schema';

/** Writes and reads entries. There is no way to change or remove one, and none is to be added. */
@Injectable()
export class AuditRepository {
  constructor(@InjectModel(AuditRecord.name) private readonly model: Model<AuditRecord>) {}

  async append(entry: Omit<AuditEntry, 'id' | 'at'> & { at: Date; expiresAt: Date }): Promise<void> {
    const { address, ...rest } = entry;
    await this.model.collection.insertOne({
      ...rest,
      _id: newObjectId(),
      actorId: stored(entry.actorId),
      subjectId: stored(entry.subjectId),
      chatId: stored(entry.chatId),
      courseId: stored(entry.courseId),
      network: address,
    });
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
    return records.map((record) => ({
      id: record._id.toHexString(),
      at: record.at.toISOString(),
      action: record.action,
      actorId: wire(record.actorId),
      subjectId: wire(record.subjectId),
      chatId: wire(record.chatId),
      courseId: wire(record.courseId),
      detail: record.detail,
      address: record.network,
      userAgent: record.userAgent,
    }));
  }
}

function stored(id: string | null): ObjectId | null {
  return id === null ? null : toObjectId(id);
}

function wire(id: ObjectId | null): string | null {
  return id?.toHexString() ?? null;
}
