import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { toObjectId } from '@course-chat/api/kernel';
import type { Model } from 'mongoose';
import { ErasureRecord } from './erasure.schema';

/** An erasure that a node works on. */
export interface OpenErasure {
  readonly userId: string;
  readonly begunAt: Date;
}

@Injectable()
export class ErasureRepository {
  constructor(@InjectModel(ErasureRecord.name) private readonly model: Model<ErasureRecord>) {}

  /** Remembers that somebody is to be erased: from here on it happens, whatever fails. Twice is once. */
  async begin(userId: string, externalKey: string | null, at: Date): Promise<void> {
    await this.model.collection.updateOne(
      { _id: toObjectId(userId) },
      { $setOnInsert: { begunAt: at, triedAt: at, doneAt: null, ...(externalKey && { externalKey }) } },
      { upsert: true },
    );
  }

  /** Takes one that nobody worked on since `before`; null when there is none. */
  async claim(before: Date, now: Date): Promise<OpenErasure | null> {
    const record = await this.model
      .findOneAndUpdate({ doneAt: null, triedAt: { $lt: before } }, { $set: { triedAt: now } })
      .sort({ triedAt: 1 })
      .lean<ErasureRecord>();
    return record && { userId: record._id.toHexString(), begunAt: record.begunAt };
  }

  async done(userId: string, at: Date): Promise<boolean> {
    const result = await this.model.updateOne({ _id: toObjectId(userId), doneAt: null }, { $set: { doneAt: at } });
    return result.modifiedCount === 1;
  }

  /** Whether a person of an external issuer was erased, or is being erased. */
  async isErased(externalKey: string): Promise<boolean> {
    return (await this.model.exists({ externalKey: { $eq: externalKey } })) !== null;
  }
}
