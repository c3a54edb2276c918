import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { ObjectId } from '@course-chat/api/kernel';

/** The erasure of one person, under the id their account had. It outlives a crash in the middle, and says who is gone. */
@Schema({ collection: 'erasures', strict: 'throw', versionKey: false })
export class ErasureRecord {
  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  _id!: ObjectId;

  /** A hash of whom an external issuer knew them as, so that their next token does not make them again. */
  @Prop({ type: String })
  externalKey?: string;

  @Prop({ type: Date, required: true })
  begunAt!: Date;

  /** When a node last began to work on it. */
  @Prop({ type: Date, required: true })
  triedAt!: Date;

  @Prop({ type: Date, default: null })
  doneAt!: Date | null;
}

export const erasureRecordSchema = SchemaFactory.createForClass(ErasureRecord);
// Serves ErasureRepository.claim(): those that are not done.
erasureRecordSchema.index({ triedAt: 1 }, { partialFilterExpression: { doneAt: null } });
// Serves ErasureRepository.isErased().
erasureRecordSchema.index({ externalKey: 1 }, { partialFilterExpression: { externalKey: { $type: 'string' } } });
