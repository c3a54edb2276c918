import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { ObjectId } from '@course-chat/api/kernel';

/** One login on one device: the family of its refresh tokens, of which only hashes are kept. */
@Schema({ collection: 'sessions', strict: 'throw', versionKey: false })
export class SessionRecord {
  declare _id: ObjectId;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  userId!: ObjectId;

  @Prop({ type: String, required: true })
  currentHash!: string;

  @Prop({ type: String, default: null })
  previousHash!: string | null;

  /** Absent in a login from before it was kept. */
  @Prop({ type: Date })
  createdAt?: Date;

  @Prop({ type: Date, required: true })
  rotatedAt!: Date;

  @Prop({ type: Date, required: true })
  expiresAt!: Date;

  /**
   * What an external issuer's tokens name, for a login that they opened: a session of its own, or the person alone. It
   * has no refresh token, and is kept after its end to be known as ended.
   */
  @Prop({ type: String, enum: ['session', 'person'] })
  external?: 'session' | 'person';

  @Prop({ type: Date })
  endedAt?: Date;

  @Prop({ type: String, default: null })
  userAgent?: string | null;

  /** The network the login was last used from. */
  @Prop({ type: String, default: null })
  network?: string | null;
}

export const sessionRecordSchema = SchemaFactory.createForClass(SessionRecord);
// Serves no query: MongoDB itself removes logins that ended by time.
sessionRecordSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
// Serves SessionRepository.ofUser(), endAll() and isUsedSince(): a person's logins, last used first.
sessionRecordSchema.index({ userId: 1, rotatedAt: -1 });
