import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Role } from '@course-chat/contracts';
import type { ObjectId } from '@course-chat/api/kernel';

/** An account. */
@Schema({ collection: 'users', strict: 'throw', versionKey: false })
export class UserRecord {
  declare _id: ObjectId;

  @Prop({ type: String, required: true })
  email!: string;

  @Prop({ type: String, required: true })
  name!: string;

  @Prop({ type: String, required: true, enum: ['student', 'tutor', 'admin'] })
  role!: Role;

  @Prop({ type: String, default: null })
  avatarUrl!: string | null;

  /** argon2id; null for a person known from a shop who never set one. */
  @Prop({ type: String, default: null })
  passwordHash!: string | null;

  @Prop({ type: Date, required: true })
  createdAt!: Date;
}

export const userRecordSchema = SchemaFactory.createForClass(UserRecord);
// Serves UserRepository.byEmail(), and keeps an address to one account.
userRecordSchema.index({ email: 1 }, { unique: true });
