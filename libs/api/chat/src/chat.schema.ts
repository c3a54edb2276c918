import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { ObjectId } from '@course-chat/api/kernel';

/** How far one member has come. */
@Schema({ _id: false, strict: 'throw' })
export class ReceiptsRecord {
  @Prop({ type: Number, required: true })
  readSeq!: number;

  /** How many of the messages 1..readSeq are the student's: kept beside readSeq, always written with it. */
  @Prop({ type: Number, required: true })
  readFromStudent!: number;

  @Prop({ type: Number, required: true })
  deliveredSeq!: number;
}

/** The newest message as lists need it, derived from the log. */
@Schema({ _id: false, strict: 'throw' })
export class LastMessageRecord {
  @Prop({ type: Number, required: true })
  seq!: number;

  @Prop({ type: Number, required: true })
  fromStudent!: number;

  @Prop({ type: Date, default: null })
  waitingSince!: Date | null;

  @Prop({ type: Number, required: true })
  rev!: number;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  senderId!: ObjectId;

  @Prop({ type: String })
  preview!: string;

  @Prop({ type: Date, required: true })
  createdAt!: Date;
}

/** Unread messages of each member: a function of the other fields, written with every change of them. */
@Schema({ _id: false, strict: 'throw' })
export class UnreadRecord {
  @Prop({ type: Number, required: true })
  student!: number;

  @Prop({ type: Number, required: true })
  tutor!: number;
}

/** One student, one tutor, one course; besides who they are, a projection of the log and two registers a member. */
@Schema({ collection: 'chats', strict: 'throw', versionKey: false })
export class ChatRecord {
  declare _id: ObjectId;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  courseId!: ObjectId;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  studentId!: ObjectId;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  tutorId!: ObjectId;

  @Prop({ type: LastMessageRecord, default: null })
  last!: LastMessageRecord | null;

  @Prop({ type: Number, required: true })
  lastRev!: number;

  @Prop({ type: ReceiptsRecord, required: true })
  student!: ReceiptsRecord;

  @Prop({ type: ReceiptsRecord, required: true })
  tutor!: ReceiptsRecord;

  @Prop({ type: UnreadRecord, required: true })
  unread!: UnreadRecord;

  /** Folded words of both names and the course's title, for search by the beginnings of words. */
  @Prop({ type: [String], required: true })
  terms!: string[];

  /** Orders lists: when the last message was written, or the chat was made. */
  @Prop({ type: Date, required: true })
  activityAt!: Date;

  /** When anything here last changed, by the database's clock: what `sync` pages by. */
  @Prop({ type: Date, required: true })
  changedAt!: Date;
}

export const chatRecordSchema = SchemaFactory.createForClass(ChatRecord);
// Serves ChatRepository.open() and byMembers(), and keeps a pair to one chat a course.
chatRecordSchema.index({ courseId: 1, studentId: 1, tutorId: 1 }, { unique: true });
// Serve ChatRepository.page(): a member's chats, newest activity first; and peersOf().
chatRecordSchema.index({ studentId: 1, activityAt: -1, _id: -1 });
chatRecordSchema.index({ tutorId: 1, activityAt: -1, _id: -1 });
// Serve ChatRepository.page() with a query: a member's chats by the beginning of a word.
chatRecordSchema.index({ studentId: 1, terms: 1 });
chatRecordSchema.index({ tutorId: 1, terms: 1 });
// Serve ChatRepository.changedSince(): what a member's device missed.
chatRecordSchema.index({ studentId: 1, changedAt: 1, _id: 1 });
chatRecordSchema.index({ tutorId: 1, changedAt: 1, _id: 1 });
// Serves ChatRepository.recentChanges() and newestChange(): whom to send a digest, and where repair begins.
chatRecordSchema.index({ changedAt: 1 });
// Serve ChatRepository.unreadTotal(), from the index alone.
chatRecordSchema.index(
  { studentId: 1, 'unread.student': 1 },
  { partialFilterExpression: { 'unread.student': { $gt: 0 } } },
);
chatRecordSchema.index({ tutorId: 1, 'unread.tutor': 1 }, { partialFilterExpression: { 'unread.tutor': { $gt: 0 } } });
