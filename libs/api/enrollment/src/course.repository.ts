import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { nativeCollection, newObjectId, roundsById, toObjectId } from '@course-chat/api/kernel';
import type { Model, mongo } from 'mongoose';
import { CourseRecord } from './course.schema';

/** A course without the people: who teaches it is named by id. */
export interface CourseFacts {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly priceCents: number;
  readonly tutorIds: readonly string[];
}

/** Most courses of one shared query. */
const ROUND_MAX = 200;

@Injectable()
export class CourseRepository {
  private readonly collection: mongo.Collection<CourseRecord>;
  private readonly rounds = roundsById((ids) => this.byIds(ids), ROUND_MAX);

  constructor(@InjectModel(CourseRecord.name) private readonly model: Model<CourseRecord>) {
    this.collection = nativeCollection(model);
  }

  /** Callers at the same time share one query. */
  byId(id: string): Promise<CourseFacts | null> {
    return this.rounds.submit(id);
  }

  /** Courses by id, oldest first, above `afterId`. */
  async page(limit: number, afterId: string | null): Promise<CourseFacts[]> {
    const filter = afterId ? { _id: { $gt: toObjectId(afterId) } } : {};
    const records = await this.model.find(filter).sort({ _id: 1 }).limit(limit).lean<CourseRecord[]>();
    return records.map(toCourseFacts);
  }

  async byIds(ids: readonly string[]): Promise<CourseFacts[]> {
    const records = await this.collection.find({ _id: { $in: ids.map(toObjectId) } }).toArray();
    return records.map(toCourseFacts);
  }

  async idsOfTutor(tutorId: string): Promise<string[]> {
    const records = await this.model.find({ tutorIds: toObjectId(tutorId) }, { _id: 1 }).lean<CourseRecord[]>();
    return records.map((record) => record._id.toHexString());
  }

  async create(course: Omit<CourseFacts, 'id'>): Promise<CourseFacts> {
    const record = { ...course, _id: newObjectId(), tutorIds: course.tutorIds.map(toObjectId) };
    await this.model.collection.insertOne(record);
    return toCourseFacts(record);
  }

  async removeTutor(courseId: string, tutorId: string): Promise<void> {
    await this.model.updateOne({ _id: toObjectId(courseId) }, { $pull: { tutorIds: toObjectId(tutorId) } });
  }

  /** Whether the course was there. */
  async setTutors(courseId: string, tutorIds: readonly string[]): Promise<boolean> {
    const result = await this.model.updateOne(
      { _id: toObjectId(courseId) },
      { $set: { tutorIds: tutorIds.map(toObjectId) } },
    );
    return result.matchedCount === 1;
  }
}

function toCourseFacts(record: CourseRecord): CourseFacts {
  return {
    id: record._id.toHexString(),
    title: record.title,
    summary: record.summary,
    priceCents: record.priceCents,
    tutorIds: record.tutorIds.map((id) => id.toHexString()),
  };
}
