import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Role } from '@course-chat/contracts';
import type { ObjectId } from '@course-chat/api/kernel';

/** An account. */
@Schema({ collection: 'users', strict: 'throw', versionKey: false })
export class UserRecord {
  declare _id: ObjectId;

  /** Null is not possible under the unique index: an account without an address has a text here that is none. */
  @Prop({ type: String, required: true })
  email!: string;

  /** A hash of whom an external issuer knows this person as; absent for accounts of our own. */
  @Prop({ type: String })
  externalKey?: string;

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
// Serves UserRepository.credentialsByEmail(), and keeps an address to one account.
userRecordSchema.index({ email: 1 }, { unique: true });
// Serves UserRepository.byExternalKey(), and keeps a person of an issuer to one account.
userRecordSchema.index(
  { externalKey: 1 },
  { unique: true, partialFilterExpression: { externalKey: { $type: 'string' } } },
);
