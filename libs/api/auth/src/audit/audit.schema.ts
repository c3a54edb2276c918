import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { auditActions, type AuditAction } from '@course-chat/contracts';
import { Schema as MongooseSchema } from 'mongoose';
import type { ObjectId } from '@course-chat/api/kernel';

/** One thing that was done: who, what, to whom, when, from where. Never what somebody wrote. */
@Schema({ collection: 'audit', strict: 'throw', versionKey: false })
export class AuditRecord {
  declare _id: ObjectId;

  @Prop({ type: Date, required: true })
  at!: Date;

  @Prop({ type: String, required: true, enum: auditActions })
  action!: AuditAction;

  /** Null: somebody who has not proven who they are, or the server itself. */
  @Prop({ type: MongooseSchema.Types.ObjectId, default: null })
  actorId!: ObjectId | null;

  @Prop({ type: MongooseSchema.Types.ObjectId, default: null })
  subjectId!: ObjectId | null;

  @Prop({ type: MongooseSchema.Types.ObjectId, default: null })
  chatId!: ObjectId | null;

  @Prop({ type: MongooseSchema.Types.ObjectId, default: null })
  courseId!: ObjectId | null;

  @Prop({ type: String, default: null })
  detail!: string | null;

  @Prop({ type: String, default: null })
  network!: string | null;

  @Prop({ type: String, default: null })
  userAgent!: string | null;

  @Prop({ type: Date, required: true })
  expiresAt!: Date;
}

export const auditRecordSchema = SchemaFactory.createForClass(AuditRecord);
// Serves AuditRepository.page() about one person, newest first.
auditRecordSchema.index({ subjectId: 1, _id: -1 });
// Serves no query: MongoDB itself removes entries past their retention.
auditRecordSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
