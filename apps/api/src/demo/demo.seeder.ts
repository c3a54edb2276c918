import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { PasswordHasher } from '@course-chat/api/auth';
import { duplicateKeyIndex, toObjectId, type ObjectId } from '@course-chat/api/kernel';
import type { Connection } from 'mongoose';
import { demoChats, demoPurchases } from './demo-cast';
import { demoChat } from './demo-chat';
import { demoCourses } from './demo-courses';
import { DEMO_PASSWORD, demoAccounts, demoStudents, demoTutors } from './demo-people';

/** Whether this server shows the demo. */
export const DEMO = Symbol('DEMO');

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Days after a purchase within which the shop took a course back. */
const REFUND_DAYS = 6;

/**
 * Fills an empty database with people, courses and conversations. The ids come from names, so a second run finds
 * everything there and leaves what people did since alone.
 */
@Injectable()
export class DemoSeeder {
  private readonly logger = new Logger(DemoSeeder.name);

  // The collections themselves: history is written with its times, which no service would allow.
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly passwords: PasswordHasher,
  ) {}

  async seed(): Promise<void> {
    const seeded = await this.connection.collection('users').findOne({ email: 'admin@example.com' });
    if (seeded) return;
    const now = Date.now();
    await this.seedCourses();
    await this.seedChats(now);
    // People last: with them the demo counts as complete.
    await this.seedPeople(now);
    this.logger.log('Demo data is there');
  }

  private async seedPeople(now: number): Promise<void> {
    const passwordHash = await this.passwords.hash(DEMO_PASSWORD);
    const createdAt = new Date(now - 60 * DAY_MS);
    const spokeAt = await this.lastWords();
    await this.put(
      'presence',
      [...demoStudents, ...demoTutors].map(({ email }, index) => {
        const spoke = spokeAt.get(demoId(email).toHexString()) ?? 0;
        return { _id: demoId(email), lastSeenAt: new Date(Math.max(spoke, now - (index * 37 + 4) * MINUTE_MS)) };
      }),
    );
    await this.put(
      'users',
      demoAccounts.map((account) => ({
        ...account,
        _id: demoId(account.email),
        avatarUrl: null,
        passwordHash,
        createdAt,
      })),
    );
  }

  /** When each person wrote something last, by id. */
  private async lastWords(): Promise<Map<string, number>> {
    const words = await this.connection
      .collection('messages')
      .aggregate<{ _id: ObjectId; at: Date }>([{ $group: { _id: '$senderId', at: { $max: '$createdAt' } } }])
      .toArray();
    return new Map(words.map(({ _id, at: spokeAt }) => [_id.toHexString(), spokeAt.getTime()]));
  }

  private async seedCourses(): Promise<void> {
    await this.put(
      'courses',
      demoCourses.map(({ title, summary, priceCents, tutors }) => ({
        _id: demoCourseId(title),
        title,
        summary,
        priceCents,
        tutorIds: tutors.map((index) => demoId(at(demoTutors, index).email)),
      })),
    );
  }

  private async seedChats(now: number): Promise<void> {
    const purchases = [
      ...demoChats.map(({ student, course, refunded }) => ({ student, course, refunded })),
      ...demoPurchases.map(([student, course]) => ({ student, course, refunded: undefined })),
    ];
    await this.put(
      'enrollments',
      purchases.map(({ student, course, refunded }) => {
        const { email } = at(demoStudents, student);
        const { title } = at(demoCourses, course);
        const purchasedAt = new Date(now - (40 - student) * DAY_MS);
        return {
          _id: demoId(`enrollment ${email} ${title}`),
          studentId: demoId(email),
          courseId: demoCourseId(title),
          status: refunded ? 'refunded' : 'active',
          purchasedAt,
          changedAt: refunded ? new Date(purchasedAt.getTime() + REFUND_DAYS * DAY_MS) : purchasedAt,
        };
      }),
    );
    const chats = demoChats.map((plan) => {
      const [student, tutor] = [at(demoStudents, plan.student), at(demoTutors, plan.tutor)];
      const { title } = at(demoCourses, plan.course);
      const members = {
        courseId: demoCourseId(title),
        studentId: demoId(student.email),
        tutorId: demoId(tutor.email),
        names: [title, student.name, tutor.name],
      };
      return demoChat(plan, members, now, demoId);
    });
    await this.put(
      'messages',
      chats.flatMap(({ messages }) => messages),
    );
    await this.put(
      'chats',
      chats.map(({ chat }) => chat),
    );
  }

  /** Writes what is not there yet: a start that was cut off is finished by the next one. */
  private async put(collection: string, documents: { _id: ObjectId }[]): Promise<void> {
    try {
      await this.connection.collection(collection).insertMany(documents, { ordered: false });
    } catch (error) {
      if (duplicateKeyIndex(error) === null) throw error;
    }
  }
}

/** The same id for the same name, on every machine. */
export function demoId(name: string): ObjectId {
  return toObjectId(createHash('sha256').update(`course-chat demo ${name}`).digest('hex').slice(0, 24));
}

/** Courses keep their order in the catalogue, which is by id. */
function demoCourseId(title: string): ObjectId {
  const place = demoCourses
    .findIndex((course) => course.title === title)
    .toString(16)
    .padStart(8, '0');
  return toObjectId(place + demoId(title).toHexString().slice(8));
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`No item ${index}`);
  return item;
}
