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

  @Prop({ type: Date, required: true })
  rotatedAt!: Date;

  @Prop({ type: Date, required: true })
  expiresAt!: Date;
}

export const sessionRecordSchema = SchemaFactory.createForClass(SessionRecord);
// Serves SessionRepository.isUsedSince(): one user's logins.
sessionRecordSchema.index({ userId: 1 });
// Serves no query: MongoDB itself removes logins that ended by time.
sessionRecordSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
