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
  /** The student's last question, which has no answer yet. */
  readonly waits?: string;
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

  chat(1, 4, 0, 2 * HOUR + 40, {
    waits: 'Should the button be disabled until everything is filled in, or say what is missing?',
  }),
  chat(1, 1, 1, 26 * HOUR),
  chat(2, 0, 0, 5 * HOUR + 12, {
    waits: 'Where would you keep the user’s settings: in a service, in a store, or in the address?',
  }),
  chat(2, 2, 2, 12 * DAY, { refunded: true }),
  chat(3, 3, 3, 3 * HOUR + 5, {
    waits: 'The light in the old town is gone by five now. Can walk 4 be done in the morning as well?',
  }),
  chat(3, 4, 2, 2 * DAY),
  chat(4, 5, 1, 95, { waits: 'هل يمكن أن تراجع تصميم الجداول قبل أن أكمل الدرس ١٢؟' }),
  chat(4, 0, 0, 3 * DAY, { unread: 1 }),
  chat(5, 0, 0, 31 * HOUR),
  chat(5, 1, 1, 7 * HOUR, { waits: 'Is a skip list ever better than a balanced tree, or is it only easier to write?' }),
  chat(6, 2, 2, 52, { waits: 'My two groups differ in size, 812 and 1,240. Does that spoil the test?' }),
  chat(6, 0, 0, 27 * HOUR + 10, {
    waits: 'After the update my guard runs twice on a reload. Is that the lesson or is it me?',
  }),
  chat(7, 0, 0, 48, {
    waits: '¿Y cuándo merece la pena dividir una página en varios componentes?',
    talks: spanishTalks,
  }),
  chat(7, 3, 3, 4 * DAY),
  chat(8, 1, 1, 6 * HOUR),
  chat(8, 2, 2, 19 * HOUR, { waits: 'How do I explain a confidence interval to somebody who wants one number?' }),
  chat(9, 3, 3, 8 * HOUR, { unread: 1 }),
  chat(9, 4, 0, 5 * DAY),
  chat(10, 5, 3, 4 * HOUR),
  chat(10, 1, 1, 2 * DAY + 3 * HOUR, {
    waits: 'What do I hand in for the last project, the code only or the measurements too?',
  }),
  chat(11, 2, 2, 3 * HOUR + 30, { unread: 2 }),
  chat(11, 3, 3, 6 * DAY),
  chat(12, 0, 0, 13 * HOUR, {
    waits: 'Could you look at my exercise for lesson 21? I am not sure about the resolver.',
  }),
  chat(12, 1, 1, 8 * DAY),
  chat(13, 3, 3, 22 * HOUR, {
    waits: 'Which one of the three would you print: the stairs, the tram or the two chairs?',
  }),
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
