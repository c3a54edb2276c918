import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { ObjectId } from '@course-chat/api/kernel';

/** One student in one course, bought or given back. */
@Schema({ collection: 'enrollments', strict: 'throw', versionKey: false })
export class EnrollmentRecord {
  declare _id: ObjectId;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  studentId!: ObjectId;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  courseId!: ObjectId;

  @Prop({ type: String, required: true, enum: ['active', 'refunded'] })
  status!: 'active' | 'refunded';

  @Prop({ type: Date, required: true })
  purchasedAt!: Date;

  /** When the shop says it came to this status: older news changes nothing. */
  @Prop({ type: Date, required: true })
  changedAt!: Date;
}

export const enrollmentRecordSchema = SchemaFactory.createForClass(EnrollmentRecord);
// Serves EnrollmentRepository.isActive() and activeCourseIds(), and keeps one record a student and course.
enrollmentRecordSchema.index({ studentId: 1, courseId: 1 }, { unique: true });
// Serves EnrollmentRepository.pageOfStudents(): the students of a course, newest first.
enrollmentRecordSchema.index({ courseId: 1, status: 1, _id: -1 });

/** A shop's event that was applied: its id is the key, so that a second delivery changes nothing. */
@Schema({ collection: 'shop_events', strict: 'throw', versionKey: false })
export class ShopEventRecord {
  @Prop({ type: String, required: true })
  _id!: string;

  /** SHA-256 of the event, to tell a second delivery from a second event under one id. */
  @Prop({ type: String, required: true })
  digest!: string;
}

export const shopEventRecordSchema = SchemaFactory.createForClass(ShopEventRecord);
