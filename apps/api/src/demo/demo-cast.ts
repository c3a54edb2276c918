import { demoTalks, spanishTalks, type DemoTalk } from './demo-talks';
import { photoProject } from './demo-photo-project';

const HOUR = 60;
const DAY = 24 * HOUR;
/** Days of the one long chat, two or three messages each. */
const LONG_PROJECT_DAYS = 1_200;

/** Who talks with whom about what, and how it stands; people and courses by their place in the demo. */
export interface DemoChatPlan {
  readonly student: number;
  readonly course: number;
  readonly tutor: number;
  /** Minutes since the last message. */
  readonly ago: number;
  readonly talks: readonly DemoTalk[];
  /** The last question has no answer yet. */
  readonly waits?: true;
  /** How many of the tutor's last messages the student has not read. */
  readonly unread?: number;
  /** The student gave the course back: the chat can only be read. */
  readonly refunded?: true;
}

type Details = Partial<Pick<DemoChatPlan, 'waits' | 'unread' | 'refunded' | 'talks'>>;

/** Each talk comes once, and every student begins elsewhere, so that no two chats of a course read alike. */
function chat(student: number, course: number, tutor: number, ago: number, details: Details = {}): DemoChatPlan {
  const all = demoTalks[course] ?? [];
  const from = student % all.length;
  // The first student's chats end with the last talk, which ends well.
  const talks = student === 0 ? all : [...all.slice(from), ...all.slice(0, from)].slice(0, 3);
  return { student, course, tutor, ago, talks, ...details };
}

export const demoChats: readonly DemoChatPlan[] = [
  // What the first student sees: read, unread, years long, read only.
  chat(0, 0, 0, 18),
  chat(0, 1, 1, 41, { unread: 2 }),
  chat(0, 3, 3, 5 * HOUR, { talks: [...photoProject(LONG_PROJECT_DAYS), ...(demoTalks[3] ?? []).slice(-1)] }),
  chat(0, 2, 2, 27 * HOUR, { unread: 1 }),
  chat(0, 4, 2, 9 * DAY, { refunded: true }),

  chat(1, 4, 0, 2 * HOUR + 40, { waits: true }),
  chat(1, 1, 1, 26 * HOUR),
  chat(2, 0, 0, 5 * HOUR + 12, { waits: true }),
  chat(2, 2, 2, 12 * DAY, { refunded: true }),
  chat(3, 3, 3, 3 * HOUR + 5, { waits: true }),
  chat(3, 4, 2, 2 * DAY),
  chat(4, 5, 1, 95, { waits: true }),
  chat(4, 0, 0, 3 * DAY, { unread: 1 }),
  chat(5, 0, 0, 31 * HOUR),
  chat(5, 1, 1, 7 * HOUR, { waits: true }),
  chat(6, 2, 2, 52, { waits: true }),
  chat(6, 0, 0, 27 * HOUR + 10, { waits: true }),
  chat(7, 0, 0, 48, { waits: true, talks: spanishTalks }),
  chat(7, 3, 3, 4 * DAY),
  chat(8, 1, 1, 6 * HOUR),
  chat(8, 2, 2, 19 * HOUR, { waits: true }),
  chat(9, 3, 3, 8 * HOUR, { unread: 1 }),
  chat(9, 4, 0, 5 * DAY),
  chat(10, 5, 3, 4 * HOUR),
  chat(10, 1, 1, 2 * DAY + 3 * HOUR, { waits: true }),
  chat(11, 2, 2, 3 * HOUR + 30, { unread: 2 }),
  chat(11, 3, 3, 6 * DAY),
  chat(12, 0, 0, 13 * HOUR, { waits: true }),
  chat(12, 1, 1, 8 * DAY),
  chat(13, 3, 3, 22 * HOUR, { waits: true }),
  chat(13, 4, 0, 11 * DAY),
];

/** Bought, and nobody has written yet: [student, course]. The last two students have bought nothing. */
export const demoPurchases: readonly (readonly [student: number, course: number])[] = [
  [14, 5],
  [14, 0],
  [15, 1],
  [15, 2],
  [16, 2],
  [16, 3],
  [17, 3],
  [17, 4],
];
