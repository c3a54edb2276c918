import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { ObjectId } from '@course-chat/api/kernel';

@Schema({ collection: 'courses', strict: 'throw', versionKey: false })
export class CourseRecord {
  declare _id: ObjectId;

  @Prop({ type: String, required: true })
  title!: string;

  @Prop({ type: String, required: true })
  summary!: string;

  @Prop({ type: Number, required: true, min: 0 })
  priceCents!: number;

  @Prop({ type: [MongooseSchema.Types.ObjectId], required: true })
  tutorIds!: ObjectId[];
}

export const courseRecordSchema = SchemaFactory.createForClass(CourseRecord);
// Serves CourseRepository.idsOfTutor(): the courses whose students a tutor sees.
courseRecordSchema.index({ tutorIds: 1 });
