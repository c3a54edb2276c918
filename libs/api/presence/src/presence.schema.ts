import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { ObjectId } from '@course-chat/api/kernel';

/** When a user's last device left; the key is the user's id. */
@Schema({ collection: 'presence', strict: 'throw', versionKey: false })
export class PresenceRecord {
  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  _id!: ObjectId;

  @Prop({ type: Date, required: true })
  lastSeenAt!: Date;
}

export const presenceRecordSchema = SchemaFactory.createForClass(PresenceRecord);
