import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { auditActions, type AuditAction } from '@course-chat/contracts';
import { Schema as MongooseSchema } from 'mongoose';
import type { ObjectId } from '@course-chat/api/kernel';

/** One thing that was done: who, what, to whom, when. Never what somebody wrote. Nothing changes it until its time is over. */
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

  @Prop({ type: Date, required: true })
  expiresAt!: Date;
}

export const auditRecordSchema = SchemaFactory.createForClass(AuditRecord);
// Serves AuditRepository.page() about one person, newest first.
auditRecordSchema.index({ subjectId: 1, _id: -1 });
// Serves no query: MongoDB itself removes entries past their retention.
auditRecordSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Where something was done from, beside its entry and under its id: about a person, so it goes when the person does. */
@Schema({ collection: 'audit_origins', strict: 'throw', versionKey: false })
export class AuditOriginRecord {
  declare _id: ObjectId;

  /** Whose account it was about, or who did it. */
  @Prop({ type: MongooseSchema.Types.ObjectId, default: null })
  userId!: ObjectId | null;

  @Prop({ type: String, default: null })
  network!: string | null;

  @Prop({ type: String, default: null })
  userAgent!: string | null;

  @Prop({ type: Date, required: true })
  expiresAt!: Date;
}

export const auditOriginRecordSchema = SchemaFactory.createForClass(AuditOriginRecord);
// Serves AuditRepository.forgetOrigins(): those of one person.
auditOriginRecordSchema.index({ userId: 1 });
// Serves no query: MongoDB itself removes them with their entries.
auditOriginRecordSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
