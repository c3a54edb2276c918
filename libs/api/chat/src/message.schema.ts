import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { ObjectId } from '@course-chat/api/kernel';
import { MESSAGE_TYPES, type MessageType } from '@course-chat/contracts';

/** One entry of a chat's log: the truth that everything else is derived from. */
@Schema({ collection: 'messages', strict: 'throw', versionKey: false })
export class MessageRecord {
  /** Made of chat, sender and client id: a message sent again is the same message. */
  declare _id: ObjectId;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  chatId!: ObjectId;

  @Prop({ type: Number, required: true })
  seq!: number;

  /**
   * How many of the messages 1..seq are the student's; the tutor's are the rest. Written once with the message, it
   * turns "how many unread" into a subtraction of two keyed reads, whatever the history.
   */
  @Prop({ type: Number, required: true })
  fromStudent!: number;

  /** When the first message was written that the tutor had not answered at this place; null on the tutor's own. */
  @Prop({ type: Date, default: null })
  waitingSince!: Date | null;

  /** The chat's rev at this message's last change, 0 if it never changed. */
  @Prop({ type: Number, required: true })
  rev!: number;

  /**
   * Every rev that this message ever had, from the first change on. A rev is one above the highest that its writer saw, so
   * one that is slow may try for a rev that was taken and given up for a later one: devices that know the later one
   * would never ask for it. While each stays with its message, none is given twice.
   */
  @Prop({ type: [Number], default: undefined })
  revs?: number[];

  @Prop({ type: String, required: true })
  clientMessageId!: string;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  senderId!: ObjectId;

  @Prop({ type: String, required: true, enum: MESSAGE_TYPES })
  type!: MessageType;

  @Prop({ type: String })
  text!: string;

  @Prop({ type: Date, required: true })
  createdAt!: Date;

  @Prop({ type: Date, default: null })
  editedAt!: Date | null;

  @Prop({ type: Date, default: null })
  deletedAt!: Date | null;
}

export const messageRecordSchema = SchemaFactory.createForClass(MessageRecord);
/** The names by which a refused write tells which law it ran into. */
export const SEQ_INDEX = 'chat_seq';
export const REV_INDEX = 'chat_rev';
export const REVS_INDEX = 'chat_revs';
// Serves MessageRepository.range(), following(), tail() and writtenBy(), and makes seq a place only one message can have.
messageRecordSchema.index({ chatId: 1, seq: 1 }, { unique: true, name: SEQ_INDEX });
// Serves MessageRepository.changedUpTo() and lastRev(), and makes rev a number only one change can have.
messageRecordSchema.index(
  { chatId: 1, rev: 1 },
  { unique: true, name: REV_INDEX, partialFilterExpression: { rev: { $gt: 0 } } },
);
// Makes rev a number that no other message had either.
messageRecordSchema.index(
  { chatId: 1, revs: 1 },
  { unique: true, name: REVS_INDEX, partialFilterExpression: { revs: { $gt: 0 } } },
);
// Serves MessageRepository.chatsWrittenSince(), as do the next two, which hold the few messages that were ever changed.
messageRecordSchema.index({ createdAt: 1 });
for (const changedAt of ['editedAt', 'deletedAt'] as const) {
  messageRecordSchema.index({ [changedAt]: 1 }, { partialFilterExpression: { [changedAt]: { $gt: new Date(0) } } });
}
