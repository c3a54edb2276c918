import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import {
  duplicateKeyIndex,
  inOneAnswer,
  nativeCollection,
  newObjectId,
  Rounds,
  toObjectId,
} from '@course-chat/api/kernel';
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
        { projection: { _id: 0, studentId: 1, courseId: 1 }, ...inOneAnswer(ROUND_MAX) },
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
    const known = await this.known(keyOf(studentId, courseId));
    return !known || (known.status !== status && isBefore(known.changedAt, status, at));
  }

  /** Enrols, now or as of `at`. Buying again what one has keeps the first date. */
  async enroll(studentId: string, courseId: string, at: Date): Promise<AppliedChange> {
    const key = keyOf(studentId, courseId);
    const changed = await this.apply(key, 'active', at);
    return { purchasedAt: (await this.known(key))?.purchasedAt ?? at, changed };
  }

  /** Takes the course back as of `at`; a refund that overtook its purchase is kept, so that the purchase comes too late. */
  async refund(studentId: string, courseId: string, at: Date): Promise<void> {
    await this.apply(keyOf(studentId, courseId), 'refunded', at);
  }

  /**
   * Sets the status unless newer news is there; newer news of the status that is there already moves its time on, so that
   * what lies between and arrives later comes too late. Where others write meanwhile it is decided anew.
   * @returns whether the status changed
   */
  private async apply(key: EnrollmentKey, status: EnrollmentRecord['status'], at: Date): Promise<boolean> {
    const set = { status, changedAt: at, ...(status === 'active' && { purchasedAt: at }) };
    const older = status === 'active' ? { $lt: at } : { $lte: at };
    for (;;) {
      const turned = await this.model.updateOne({ ...key, status: { $ne: status }, changedAt: older }, { $set: set });
      if (turned.modifiedCount === 1) return true;
      if (await this.insertIfMissing({ ...key, purchasedAt: at, ...set })) return true;
      const confirmed = await this.model.updateOne({ ...key, status }, { $max: { changedAt: at } });
      if (confirmed.matchedCount === 1) return false;
      const known = await this.known(key);
      if (known && known.status !== status && !isBefore(known.changedAt, status, at)) return false;
    }
  }

  private known(key: EnrollmentKey): Promise<EnrollmentRecord | null> {
    return this.model.findOne(key).lean<EnrollmentRecord>();
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

type EnrollmentKey = Pick<EnrollmentRecord, 'studentId' | 'courseId'>;

function keyOf(studentId: string, courseId: string): EnrollmentKey {
  return { studentId: toObjectId(studentId), courseId: toObjectId(courseId) };
}

/** Whether news of a status as of `at` is newer than what is there; of both at the same time the refund holds. */
function isBefore(changedAt: Date, status: EnrollmentRecord['status'], at: Date): boolean {
  return status === 'active' ? changedAt < at : changedAt <= at;
}

function unique(ids: readonly string[]) {
  return [...new Set(ids)].map(toObjectId);
}
