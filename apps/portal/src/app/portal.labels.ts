import { InjectionToken } from '@angular/core';
import { counting } from '@course-chat/web/language';

/** Every text of the portal's own pages. Another object of the same shape is another language. */
export interface PortalLabels {
  readonly product: string;
  readonly skip: string;
  readonly mainNavigation: string;
  readonly myCourses: string;
  readonly catalogue: string;
  readonly wishlist: string;
  readonly cart: (count: number) => string;
  readonly chats: (unread: number) => string;
  readonly chatsShort: string;
  readonly account: string;
  readonly logOut: string;
  readonly loggingOut: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: Readonly<Record<'system' | 'light' | 'dark', string>>;
  readonly tutorArea: string;
  readonly overview: string;
  readonly students: string;
  readonly courses: string;
  readonly unsentTitle: string;
  readonly unsentText: string;
  readonly stay: string;
  readonly logOutAnyway: string;
  readonly connecting: string;
  readonly unreachable: string;
  readonly notFound: string;
  readonly notFoundHint: string;
  readonly toStart: string;
  readonly noAccess: string;
  readonly noAccessHint: (name: string) => string;
  readonly greeting: (part: 'morning' | 'afternoon' | 'evening', name: string) => string;
  readonly waiting: (count: number) => string;
  readonly oldest: string;
  readonly nobodyWaits: string;
  readonly wroteThisWeek: (count: number) => string;
  readonly inChats: (count: number) => string;
  readonly atLeast: (count: string) => string;
  readonly waitingLongest: string;
  readonly nothingWaits: string;
  readonly nothingWaitsHint: string;
  readonly seeStudents: string;
  readonly allWaiting: string;
  readonly overviewFailed: string;
  readonly retry: string;
  readonly courseFilter: string;
  readonly allCourses: string;
  readonly write: string;
  readonly writeTo: (name: string, course: string) => string;
  readonly openChat: string;
  readonly openChatWith: (name: string, course: string) => string;
  readonly openingChat: string;
  readonly chatFailed: string;
  readonly noStudents: string;
  readonly noStudentsHint: string;
  readonly studentsFailed: string;
  readonly searchStudents: string;
  readonly nobodyFound: (query: string) => string;
  readonly nobodyFoundHint: string;
  readonly byCourse: string;
  /** How many chats of a course wait for an answer. */
  readonly waitingIn: (count: number) => string;
  readonly more: string;
  readonly loading: string;
  readonly newVersion: string;
  readonly partMissing: string;
  readonly reload: string;
  readonly later: string;
}

const { plural } = counting('en');

export const ENGLISH_PORTAL_LABELS: PortalLabels = {
  product: 'Course Chat',
  skip: 'Skip to content',
  mainNavigation: 'Main',
  myCourses: 'My courses',
  catalogue: 'Catalogue',
  wishlist: 'Wishlist',
  cart: (count) => (count ? plural(count, { one: 'Cart, # course', other: 'Cart, # courses' }) : 'Cart'),
  chats: (unread) => (unread ? `Chats, ${unread} unread` : 'Chats'),
  chatsShort: 'Chats',
  account: 'Account',
  logOut: 'Log out',
  loggingOut: 'Logging out…',
  language: 'Language',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  tutorArea: 'Tutor area',
  overview: 'Overview',
  students: 'Students',
  courses: 'Courses',
  unsentTitle: 'Some messages are not sent yet',
  unsentText: 'If you log out now, they are deleted from this device and nobody will receive them.',
  stay: 'Stay logged in',
  logOutAnyway: 'Delete them and log out',
  connecting: 'Connecting…',
  unreachable: 'Course Chat cannot be reached. Trying again…',
  notFound: 'This page does not exist',
  notFoundHint: 'The link may be old, or the address has a typing mistake.',
  toStart: 'Go to the start',
  noAccess: 'This page is not for your account',
  noAccessHint: (name) => `You are logged in as ${name}. Log out to use another account.`,
  greeting: (part, name) => `Good ${part}, ${name}`,
  waiting: (count) => (count === 1 ? 'question waits for you' : 'questions wait for you'),
  oldest: 'longest wait',
  nobodyWaits: 'nobody waits',
  wroteThisWeek: (count) => (count === 1 ? 'student in conversation this week' : 'students in conversation this week'),
  inChats: (count) => (count === 1 ? 'student chats with you' : 'students chat with you'),
  atLeast: (count) => `${count}+`,
  waitingLongest: 'Waiting longest',
  nothingWaits: 'No question waits',
  nothingWaitsHint: 'You answered everybody. New questions appear here by themselves.',
  seeStudents: 'See your students',
  allWaiting: 'All who wait',
  overviewFailed: 'Your chats could not be loaded.',
  retry: 'Try again',
  courseFilter: 'Course',
  allCourses: 'All courses',
  write: 'Write',
  writeTo: (name, course) => `Write to ${name} about ${course}`,
  openChat: 'Open chat',
  openChatWith: (name, course) => `Open the chat with ${name} about ${course}`,
  chatFailed: 'The chat could not be opened. Try again.',
  openingChat: 'Opening the chat…',
  noStudents: 'No students yet',
  noStudentsHint: 'Students appear here as soon as they enrol in one of your courses.',
  studentsFailed: 'The students could not be loaded.',
  searchStudents: 'Search students',
  nobodyFound: (query) => `Nobody found for “${query}”`,
  nobodyFoundHint: 'Try another name, or show more students first.',
  byCourse: 'By course',
  waitingIn: (count) => (count ? plural(count, { one: '# waits', other: '# wait' }) : 'nobody waits'),
  more: 'Show more students',
  loading: 'Loading…',
  newVersion: 'A new version of Course Chat is ready.',
  partMissing: 'This part of the portal could not be loaded. Check the connection and try again.',
  reload: 'Reload',
  later: 'Later',
};

export const PORTAL_LABELS = new InjectionToken<PortalLabels>('PORTAL_LABELS', {
  providedIn: 'root',
  factory: () => ENGLISH_PORTAL_LABELS,
});
