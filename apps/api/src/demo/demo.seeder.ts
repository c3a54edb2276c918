import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { PasswordHasher } from '@course-chat/api/auth';
import { toObjectId, type ObjectId } from '@course-chat/api/kernel';
import type { Connection } from 'mongoose';
import { demoChat, type DemoPair } from './demo-chat';
import { demoCourses } from './demo-courses';
import { DEMO_PASSWORD, demoAccounts, demoStudents, demoTutors } from './demo-people';

/** Whether this server shows the demo. */
export const DEMO = Symbol('DEMO');

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The last students have bought nothing yet: they show what a new student sees. */
const STUDENTS_WITH_COURSES = 18;
const STUDENTS_WITH_CHATS = 14;

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
    await this.put(
      'users',
      demoAccounts.map((account) => ({
        ...account,
        _id: demoId(account.email),
        avatarUrl: null,
        passwordHash,
        createdAt: new Date(now - 60 * DAY_MS),
      })),
    );
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
    const pairs = pairsOf();
    await this.put(
      'enrollments',
      pairs.map(({ student, course }) => {
        const purchasedAt = new Date(now - (40 - demoStudents.indexOf(student)) * DAY_MS);
        return {
          _id: demoId(`enrollment ${student.email} ${course.title}`),
          studentId: demoId(student.email),
          courseId: demoCourseId(course.title),
          status: 'active',
          purchasedAt,
          changedAt: purchasedAt,
        };
      }),
    );
    const chats = pairs
      .filter(({ student }) => demoStudents.indexOf(student) < STUDENTS_WITH_CHATS)
      .map((pair, index) => demoChat(pair, index, now, { idOf: demoId, courseIdOf: demoCourseId }));
    await this.put(
      'messages',
      chats.flatMap(({ messages }) => messages),
    );
    await this.put(
      'chats',
      chats.map(({ chat }) => chat),
    );
  }

  /** Writes what is not there yet. */
  private async put(collection: string, documents: { _id: ObjectId }[]): Promise<void> {
    await this.connection.collection(collection).bulkWrite(
      documents.map(({ _id, ...rest }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
      })),
      { ordered: false },
    );
  }
}

/** Who has which course: every student with courses has two. */
function pairsOf(): DemoPair[] {
  return demoStudents.slice(0, STUDENTS_WITH_COURSES).flatMap((student, index) =>
    [index, index + 1].map((position) => {
      const course = at(demoCourses, position % demoCourses.length);
      return { student, course, tutor: at(demoTutors, at(course.tutors, index % course.tutors.length)) };
    }),
  );
}

/** The same id for the same name, on every machine. */
function demoId(name: string): ObjectId {
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
