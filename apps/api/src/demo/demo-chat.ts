import { createHash } from 'node:crypto';
import { searchTerms } from '@course-chat/api/chat';
import type { ObjectId } from '@course-chat/api/kernel';
import type { DemoCourse } from './demo-courses';
import type { DemoAccount } from './demo-people';

/** One student, one tutor, one course. */
export interface DemoPair {
  readonly student: DemoAccount;
  readonly tutor: DemoAccount;
  readonly course: DemoCourse;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The first chat is long enough to scroll through pages of it. */
const LONG_CHAT_ROUNDS = 40;

/** The conversation of a pair: questions and answers of its course, the last question of every third chat unanswered. */
export function demoChat(
  pair: DemoPair,
  index: number,
  now: number,
  { idOf, courseIdOf }: Record<'idOf' | 'courseIdOf', (name: string) => ObjectId>,
) {
  const { student, tutor, course } = pair;
  const name = `chat ${student.email} ${tutor.email} ${course.title}`;
  const chatId = idOf(name);
  const isWaiting = index % 3 === 2;
  const rounds = index === 0 ? LONG_CHAT_ROUNDS : course.talk.length;
  const lines = Array.from({ length: rounds }, (_, round) => course.talk[round % course.talk.length] ?? []).flat();
  if (isWaiting) lines.pop();
  const lastAt = now - (index * 2 + 1) * HOUR_MS;
  let fromStudent = 0;
  const messages = lines.map((text, position) => {
    const isStudent = position % 2 === 0;
    if (isStudent) fromStudent++;
    const seq = position + 1;
    // Two lines of one round stand minutes apart, rounds stand most of a day apart.
    const roundsLeft = Math.floor((lines.length - 1) / 2) - Math.floor(position / 2);
    const createdAt = new Date(
      lastAt - roundsLeft * 19 * HOUR_MS - (isStudent && position < lines.length - 1 ? 12 * MINUTE_MS : 0),
    );
    return {
      _id: idOf(`${name} ${seq}`),
      chatId,
      seq,
      fromStudent,
      rev: 0,
      clientMessageId: uuidOf(`${name} ${seq}`),
      senderId: idOf(isStudent ? student.email : tutor.email),
      type: 'text',
      text,
      createdAt,
      editedAt: null,
      deletedAt: null,
    };
  });
  const last = messages.at(-1);
  if (!last) throw new Error(`The course ${course.title} has nothing to talk about`);
  const all = { readSeq: last.seq, readFromStudent: last.fromStudent, deliveredSeq: last.seq };
  // Who is to read the last line has not: a waiting question for the tutor, now and then an answer for the student.
  const isUnread = { tutor: isWaiting, student: !isWaiting && index % 4 === 0 };
  const before = messages.at(-2);
  const behind = { readSeq: before?.seq ?? 0, readFromStudent: before?.fromStudent ?? 0, deliveredSeq: last.seq };
  const { seq, rev, senderId, createdAt } = last;
  return {
    messages,
    chat: {
      _id: chatId,
      courseId: courseIdOf(course.title),
      studentId: idOf(student.email),
      tutorId: idOf(tutor.email),
      last: { seq, fromStudent: last.fromStudent, rev, senderId, preview: last.text, createdAt },
      lastRev: 0,
      student: isUnread.student ? behind : all,
      tutor: isUnread.tutor ? behind : all,
      unread: { student: isUnread.student ? 1 : 0, tutor: isUnread.tutor ? 1 : 0 },
      terms: searchTerms(course.title, student.name, tutor.name),
      activityAt: createdAt,
      changedAt: createdAt,
    },
  };
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
