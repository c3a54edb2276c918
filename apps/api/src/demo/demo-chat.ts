import { createHash } from 'node:crypto';
import { nextPlace, NO_MESSAGES, searchTerms } from '@course-chat/api/chat';
import type { ObjectId } from '@course-chat/api/kernel';
import { previewOf } from '@course-chat/contracts';
import type { DemoChatPlan } from './demo-cast';
import type { DemoLine } from './demo-talks';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The people and the course of a plan, with the ids they are stored under. */
export interface DemoMembers {
  readonly courseId: ObjectId;
  readonly studentId: ObjectId;
  readonly tutorId: ObjectId;
  readonly names: readonly string[];
}

/** The stored chat and its log, as the services would have left them. */
export function demoChat(plan: DemoChatPlan, members: DemoMembers, now: number, idOf: (name: string) => ObjectId) {
  const name = `chat ${members.studentId.toHexString()} ${members.tutorId.toHexString()} ${members.courseId.toHexString()}`;
  const chatId = idOf(name);
  const lines = timed(plan, now);
  let lastRev = 0;
  let place = NO_MESSAGES;
  const messages = lines.map(({ by, text, fate, at }) => {
    const createdAt = new Date(at);
    place = nextPlace(place, by === 'student', createdAt);
    const { seq } = place;
    if (fate) lastRev++;
    const changedAt = new Date(at + 2 * MINUTE_MS);
    return {
      _id: idOf(`${name} ${seq}`),
      chatId,
      ...place,
      rev: fate ? lastRev : 0,
      ...(fate && { revs: [lastRev] }),
      clientMessageId: uuidOf(`${name} ${seq}`),
      senderId: by === 'student' ? members.studentId : members.tutorId,
      type: 'text',
      text: fate === 'deleted' ? '' : text,
      createdAt,
      editedAt: fate === 'edited' ? changedAt : null,
      deletedAt: fate === 'deleted' ? changedAt : null,
    };
  });
  const last = messages.at(-1);
  if (!last) throw new Error('A demo chat has nothing to say');
  /** Read up to here, from the end backwards. */
  const receipts = (unread: number) => {
    const read = messages.at(-1 - unread);
    return { readSeq: read?.seq ?? 0, readFromStudent: read?.fromStudent ?? 0, deliveredSeq: last.seq };
  };
  const unreadByTutor = plan.waits ? trailing(lines, 'student') : 0;
  const unreadByStudent = Math.min(plan.unread ?? 0, trailing(lines, 'tutor'));
  const { rev, senderId, createdAt } = last;
  return {
    messages,
    chat: {
      _id: chatId,
      courseId: members.courseId,
      studentId: members.studentId,
      tutorId: members.tutorId,
      last: { ...place, rev, senderId, preview: previewOf(last), createdAt },
      lastRev,
      student: receipts(unreadByStudent),
      tutor: receipts(unreadByTutor),
      unread: { student: unreadByStudent, tutor: unreadByTutor },
      terms: searchTerms(...members.names),
      activityAt: createdAt,
      changedAt: createdAt,
    },
  };
}

/** The lines with their times, counted back from the last one: minutes within a talk, days between talks. */
function timed(plan: DemoChatPlan, now: number): (DemoLine & { at: number })[] {
  const random = sequence(plan.student * 31 + plan.course);
  const lines: (DemoLine & { at: number })[] = [];
  let at = now - plan.ago * MINUTE_MS;
  for (const [place, talk] of [...plan.talks].reverse().entries()) {
    const open = place === 0 ? ending(talk, plan.waits) : talk;
    for (const [index, line] of [...open].reverse().entries()) {
      const later = open[open.length - index];
      if (later) at -= (later.by === line.by ? 1 + random() : 4 + random() * 22) * MINUTE_MS;
      lines.push({ ...line, at });
    }
    // A long project has a talk a day, the others one now and then.
    at -= plan.talks.length > 20 ? DAY_MS - random() * 90 * MINUTE_MS : (1 + random() * 5) * DAY_MS;
  }
  return lines.reverse();
}

/** The last talk: the tutor has the last word in it, or a question waits for one. */
function ending(talk: readonly DemoLine[], question: string | undefined): readonly DemoLine[] {
  const answered = talk.slice(0, talk.findLastIndex(({ by }) => by === 'tutor') + 1);
  return question === undefined ? answered : [...answered, { by: 'student', text: question }];
}

/** How many messages at the end are by one side. */
function trailing(lines: readonly DemoLine[], by: DemoLine['by']): number {
  return lines.length - 1 - lines.findLastIndex((line) => line.by !== by);
}

/** The same numbers between 0 and 1 for the same seed: a linear congruence is enough to vary times. */
function sequence(seed: number): () => number {
  let state = seed + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
