import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { duplicateKeyIndex, nativeCollection, newObjectId, Rounds, toObjectId } from '@course-chat/api/kernel';
import type { Model, mongo } from 'mongoose';
import { EnrollmentRecord, ShopEventRecord } from './enrollment.schema';

/** A student of a course; `id` is the enrolment's, the key of the page. */
export interface EnrolledStudent {
  readonly id: string;
  readonly studentId: string;
  readonly courseId: string;
}

/** What an enrolment came to; `changed` is false when it, or newer news, was there already. */
export interface AppliedChange {
  readonly purchasedAt: Date;
  readonly changed: boolean;
}

/** Most questions of one shared query. */
const ROUND_MAX = 200;

@Injectable()
export class EnrollmentRepository {
  private readonly collection: mongo.Collection<EnrollmentRecord>;
  private readonly rounds = new Rounds<{ studentId: string; courseId: string }, boolean>(async (asked) => {
    // Every student with every course: two short lists are planned at once, where as many branches as questions are not.
    const active = await this.collection
      .find(
        {
          studentId: { $in: unique(asked.map(({ studentId }) => studentId)) },
          courseId: { $in: unique(asked.map(({ courseId }) => courseId)) },
          status: 'active',
        },
        { projection: { _id: 0, studentId: 1, courseId: 1 } },
      )
      .toArray();
    const found = new Set(active.map((record) => `${record.studentId.toHexString()}.${record.courseId.toHexString()}`));
    return asked.map(({ studentId, courseId }) => found.has(`${studentId}.${courseId}`));
  }, ROUND_MAX);

  constructor(
    @InjectModel(EnrollmentRecord.name) private readonly model: Model<EnrollmentRecord>,
    @InjectModel(ShopEventRecord.name) private readonly events: Model<ShopEventRecord>,
  ) {
    this.collection = nativeCollection(model);
  }

  /** Whether a student has a course now. Callers at the same time share one query. */
  isActive(studentId: string, courseId: string): Promise<boolean> {
    return this.rounds.submit({ studentId, courseId });
  }

  /** The courses a student has now, oldest purchase first. */
  async activeCourseIds(studentId: string): Promise<string[]> {
    const records = await this.model
      .find({ studentId: toObjectId(studentId), status: 'active' }, { courseId: 1 })
      .sort({ _id: 1 })
      .lean<EnrollmentRecord[]>();
    return records.map((record) => record.courseId.toHexString());
  }

  /** All courses a student ever had, oldest first. */
  async ofStudent(
    studentId: string,
  ): Promise<{ courseId: string; status: EnrollmentRecord['status']; purchasedAt: Date }[]> {
    const records = await this.model.find({ studentId: toObjectId(studentId) }).lean<EnrollmentRecord[]>();
    return records
      .sort((a, b) => a.purchasedAt.getTime() - b.purchasedAt.getTime())
      .map(({ courseId, status, purchasedAt }) => ({ courseId: courseId.toHexString(), status, purchasedAt }));
  }

  /** Forgets that a student ever had a course. */
  async remove(studentId: string, courseId: string): Promise<void> {
    await this.model.deleteOne({ studentId: toObjectId(studentId), courseId: toObjectId(courseId) });
  }

  /** Students of these courses, newest enrolment first, below `beforeId`. */
  async pageOfStudents(
    courseIds: readonly string[],
    limit: number,
    beforeId: string | null,
  ): Promise<EnrolledStudent[]> {
    const records = await this.model
      .find({
        courseId: { $in: courseIds.map(toObjectId) },
        status: 'active',
        ...(beforeId && { _id: { $lt: toObjectId(beforeId) } }),
      })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<EnrollmentRecord[]>();
    return records.map((record) => ({
      id: record._id.toHexString(),
      studentId: record.studentId.toHexString(),
      courseId: record.courseId.toHexString(),
    }));
  }

  /** Whether `enroll` or `refund` as of `at` would change anything now. */
  async isNews(studentId: string, courseId: string, status: EnrollmentRecord['status'], at: Date): Promise<boolean> {
    const key = { studentId: toObjectId(studentId), courseId: toObjectId(courseId) };
    const known = await this.model.findOne(key).lean<EnrollmentRecord>();
    if (!known) return true;
    return known.status !== status && (status === 'active' ? known.changedAt < at : known.changedAt <= at);
  }

  /** Enrols, now or as of `at`. Buying again what one has keeps the first date. */
  async enroll(studentId: string, courseId: string, at: Date): Promise<AppliedChange> {
    const key = { studentId: toObjectId(studentId), courseId: toObjectId(courseId) };
    const revived = await this.model.updateOne(
      { ...key, status: 'refunded', changedAt: { $lt: at } },
      { $set: { status: 'active', purchasedAt: at, changedAt: at } },
    );
    let changed = revived.modifiedCount === 1;
    if (!changed) {
      const fresh = { status: 'active' as const, purchasedAt: at, changedAt: at };
      changed = await this.insertIfMissing({ ...key, ...fresh });
      if (!changed) await this.confirm(key, 'active', at);
    }
    const record = await this.model.findOne(key).lean<EnrollmentRecord>();
    return { purchasedAt: record?.purchasedAt ?? at, changed };
  }

  /** Takes the course back as of `at`; a refund that overtook its purchase is kept, so that the purchase comes too late. */
  async refund(studentId: string, courseId: string, at: Date): Promise<void> {
    const key = { studentId: toObjectId(studentId), courseId: toObjectId(courseId) };
    const ended = await this.model.updateOne(
      { ...key, status: 'active', changedAt: { $lte: at } },
      { $set: { status: 'refunded', changedAt: at } },
    );
    if (ended.modifiedCount === 1) return;
    const isFirst = await this.insertIfMissing({ ...key, status: 'refunded', purchasedAt: at, changedAt: at });
    if (!isFirst) await this.confirm(key, 'refunded', at);
  }

  /** Newer news of the status that is there already: what lies between the two and arrives later comes too late. */
  private async confirm(
    key: Pick<EnrollmentRecord, 'studentId' | 'courseId'>,
    status: EnrollmentRecord['status'],
    at: Date,
  ): Promise<void> {
    await this.model.updateOne({ ...key, status }, { $max: { changedAt: at } });
  }

  private async insertIfMissing(record: Omit<EnrollmentRecord, '_id'>): Promise<boolean> {
    try {
      await this.model.collection.insertOne({ _id: newObjectId(), ...record });
      return true;
    } catch (error) {
      if (duplicateKeyIndex(error) !== null) return false;
      throw error;
    }
  }

  /** The digest under which an event's id was applied before, or null. */
  async appliedDigest(eventId: string): Promise<string | null> {
    return (await this.events.findById(eventId).lean<ShopEventRecord>())?.digest ?? null;
  }

  /** Remembers an event after its change is stored; a crash in between repeats the change, which is harmless. */
  async rememberEvent(eventId: string, digest: string): Promise<void> {
    await this.events.updateOne({ _id: { $eq: eventId } }, { $setOnInsert: { digest } }, { upsert: true });
  }
}

function unique(ids: readonly string[]) {
  return [...new Set(ids)].map(toObjectId);
}
