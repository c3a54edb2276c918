import mongoose, { type mongo } from 'mongoose';
import { signToken } from './token.ts';

const { ObjectId } = mongoose.mongo;

/** Somebody with a login. */
export interface Person {
  readonly id: string;
  readonly sessionId: string;
  readonly role: 'student' | 'tutor';
  readonly token: string;
}

/** One student and one tutor about that tutor's course. */
export interface Pair {
  readonly chatId: string;
  readonly courseId: string;
  readonly student: Person;
  readonly tutor: Person;
}

/** Who is there in every server's database: pairs that talk, and a crowd that is only connected. */
export interface World {
  readonly talking: readonly Pair[];
  readonly crowd: readonly Pair[];
}

/** Chats that carry load. */
export const TALKING_CHATS = 100;
const CHATS_PER_TALKING_TUTOR = 5;
const CHATS_PER_CROWD_TUTOR = 100;

const KIND = { student: 1, tutor: 2, session: 3, course: 4, chat: 5, enrollment: 6 } as const;

/** The n-th id of a kind: the same in every run and every database. */
export function idOf(kind: keyof typeof KIND, index: number): string {
  return `6f${KIND[kind].toString(16).padStart(6, '0')}${index.toString(16).padStart(16, '0')}`;
}

/** @param crowdSize users of the crowd, each with a chat of their own */
export function makeWorld(secret: string, crowdSize: number): World {
  const talkingTutors = TALKING_CHATS / CHATS_PER_TALKING_TUTOR;
  const tutors = Array.from({ length: talkingTutors + Math.ceil(crowdSize / CHATS_PER_CROWD_TUTOR) }, (_, index) =>
    person(secret, 'tutor', index),
  );
  const pairs = Array.from({ length: TALKING_CHATS + crowdSize }, (_, index): Pair => {
    const tutorIndex =
      index < TALKING_CHATS
        ? Math.floor(index / CHATS_PER_TALKING_TUTOR)
        : talkingTutors + Math.floor((index - TALKING_CHATS) / CHATS_PER_CROWD_TUTOR);
    return {
      chatId: idOf('chat', index),
      courseId: idOf('course', tutorIndex),
      student: person(secret, 'student', index),
      tutor: tutors[tutorIndex] as Person, // there is one for every index, see above
    };
  });
  return { talking: pairs.slice(0, TALKING_CHATS), crowd: pairs.slice(TALKING_CHATS) };
}

function person(secret: string, role: Person['role'], index: number): Person {
  const id = idOf(role, index);
  // Students and tutors are numbered each by themselves; their sessions must differ.
  const sessionId = idOf('session', index * 2 + (role === 'tutor' ? 1 : 0));
  return { id, sessionId, role, token: signToken(secret, { id, role, sessionId }) };
}

const MONTH_MS = 30 * 24 * 3_600_000;
const BATCH = 2_000;

/** Writes the people and their chats into the product's own collections, in the shape of its schemas. */
export async function seedProduct(db: mongo.Db, pairs: readonly Pair[]): Promise<void> {
  const now = new Date();
  const people = new Map(
    pairs.flatMap(({ student, tutor }) => [[student.id, student] as const, [tutor.id, tutor] as const]),
  );
  const tutorOf = new Map(pairs.map(({ courseId, tutor }) => [courseId, tutor]));
  await insert(
    db,
    'users',
    [...people.values()].map(({ id, role }) => ({
      _id: oid(id),
      email: `${role}-${id}@bench.example`,
      name: nameOf(id),
      role,
      avatarUrl: null,
      passwordHash: null,
      createdAt: now,
    })),
  );
  await insert(
    db,
    'sessions',
    [...people.values()].map(({ id, sessionId }) => ({
      _id: oid(sessionId),
      userId: oid(id),
      currentHash: 'never-used-by-this-benchmark',
      previousHash: null,
      rotatedAt: now,
      expiresAt: new Date(now.getTime() + MONTH_MS),
    })),
  );
  await insert(
    db,
    'courses',
    [...tutorOf].map(([courseId, tutor]) => ({
      _id: oid(courseId),
      title: `Course ${nameOf(tutor.id)}`,
      summary: 'A course of the benchmark',
      priceCents: 0,
      tutorIds: [oid(tutor.id)],
    })),
  );
  await insert(
    db,
    'enrollments',
    pairs.map(({ student, courseId }) => ({
      studentId: oid(student.id),
      courseId: oid(courseId),
      status: 'active',
      purchasedAt: now,
      changedAt: now,
    })),
  );
  await insert(
    db,
    'chats',
    pairs.map((pair) => chatRecord(pair, now)),
  );
}

/** An empty chat as the product stores one. */
export function chatRecord({ chatId, courseId, student, tutor }: Pair, at: Date) {
  return {
    _id: oid(chatId),
    courseId: oid(courseId),
    studentId: oid(student.id),
    tutorId: oid(tutor.id),
    last: null,
    lastRev: 0,
    student: { readSeq: 0, readFromStudent: 0, deliveredSeq: 0 },
    tutor: { readSeq: 0, readFromStudent: 0, deliveredSeq: 0 },
    unread: { student: 0, tutor: 0 },
    terms: [nameOf(student.id).toLowerCase(), nameOf(tutor.id).toLowerCase()],
    activityAt: at,
    changedAt: at,
  };
}

/** Writes who talks to whom where a peer looks for it; the peers know no courses. */
export async function seedPeer(db: mongo.Db, pairs: readonly Pair[]): Promise<void> {
  const now = new Date();
  await insert(
    db,
    'users',
    [
      ...new Map(
        pairs.flatMap(({ student, tutor }) => [[student.id, student] as const, [tutor.id, tutor] as const]),
      ).values(),
    ].map(({ id, role }) => ({ _id: oid(id), name: nameOf(id), role })),
  );
  await insert(
    db,
    'chats',
    pairs.map(({ chatId, student, tutor }) => ({
      _id: oid(chatId),
      studentId: oid(student.id),
      tutorId: oid(tutor.id),
      participants: [
        { user: oid(student.id), userType: 'User' },
        { user: oid(tutor.id), userType: 'Tutor' },
      ],
      lastMessage: null,
      unreadCount: { user: 0, tutor: 0 },
      createdAt: now,
      updatedAt: now,
    })),
  );
}

async function insert(db: mongo.Db, collection: string, documents: mongo.Document[]): Promise<void> {
  for (let start = 0; start < documents.length; start += BATCH) {
    await db.collection(collection).insertMany(documents.slice(start, start + BATCH), { ordered: false });
  }
}

function oid(id: string): mongo.ObjectId {
  return new ObjectId(id);
}

function nameOf(id: string): string {
  return `Person ${parseInt(id.slice(-8), 16)}`;
}
