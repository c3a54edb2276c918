import { InjectionToken } from '@angular/core';
import { TEXT_MAX_CHARACTERS } from '@course-chat/contracts';
import type { Delivery } from './models';

/** Every word these components show or speak. */
export interface ChatUiLabels {
  chats: string;
  searchChats: string;
  searchChatsHint: string;
  clearSearch: string;
  newChat: string;
  filters: string;
  course: string;
  allCourses: string;
  order: string;
  newestFirst: string;
  longestWaiting: string;
  showAll: string;
  loadingChats: string;
  noChats: string;
  noChatsHint: string;
  noChatsFound: string;
  noChatsFoundHint: string;
  /** Nothing was found among the chats that a filter or a course leaves. */
  narrowedHint: string;
  chatsFailed: string;
  retry: string;
  loadMore: string;
  /** The same button while they are on their way. */
  loadingMore: string;
  you: string;
  draft: string;
  typing: string;
  messageDeleted: string;
  noMessagesYet: string;
  unread(count: number): string;
  /** The number in a pill, cut where it grows too wide. */
  unreadShort(count: number): string;
  waits(duration: string): string;
  minutes(count: number): string;
  hours(count: number): string;
  days(count: number): string;

  online: string;
  offline: string;
  activeNow: string;
  activeMinutesAgo(minutes: number): string;
  lastSeenToday(time: string): string;
  lastSeenYesterday(time: string): string;
  lastSeenOn(date: string): string;
  today: string;
  yesterday: string;
  backToChats: string;
  voiceCall: string;
  videoCall: string;
  callsLater: string;
  openCourse(title: string): string;
  readOnly: string;

  messagesWith(name: string): string;
  newMessages(count: number): string;
  /** The divider when it is not known how many there are. */
  newMessagesBelow: string;
  beginning: string;
  beginningHint(name: string): string;
  jumpToLatest: string;
  jumpToLatestWithCount(count: number): string;
  loadingMessages: string;
  loadingOlder: string;
  loadingNewer: string;
  messagesFailed: string;
  personIsTyping(name: string): string;
  announceOne(name: string, text: string): string;
  announceMany(name: string, count: number): string;

  edited: string;
  deletedByYou: string;
  deletedByOther: string;
  /** Stands for a message of a kind this page is too old to know. */
  unknownKind: string;
  notSent: string;
  copy: string;
  copied: string;
  edit: string;
  delete: string;
  messageActions: string;
  /** Spoken before an own message's text. */
  youSaid: string;
  delivery: Record<Delivery, string>;

  message: string;
  messageTo(name: string): string;
  send: string;
  save: string;
  cancelEdit: string;
  editingMessage: string;
  counter(count: number, max: number): string;
  tooLong(max: number): string;
  forbiddenCharacters: string;
  willSendLater: string;
  /** The server takes no more for a while; what waits is sent then by itself. */
  sendingPaused(seconds: number): string;
  undo: string;

  offlineBanner: string;
  reconnecting: string;
  backOnline: string;

  searchTutors: string;
  searchStudents: string;
  tutors: string;
  students: string;
  loadingPeople: string;
  peopleFailed: string;
  noTutors: string;
  noTutorsHint: string;
  browseCourses: string;
  noStudents: string;
  noStudentsHint: string;
  nobodyFound(query: string): string;
  /** The same while more people can be loaded. */
  nobodyFoundYet(query: string): string;
  hasChat: string;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The default words. */
export const ENGLISH_LABELS: ChatUiLabels = {
  chats: 'Chats',
  searchChats: 'Search chats',
  searchChatsHint: 'Search people and courses',
  clearSearch: 'Clear search',
  newChat: 'New chat',
  filters: 'Filter chats',
  course: 'Course',
  allCourses: 'All courses',
  order: 'Order',
  newestFirst: 'Newest first',
  longestWaiting: 'Longest waiting',
  showAll: 'Show all chats',
  loadingChats: 'Loading chats',
  noChats: 'No chats yet',
  noChatsHint: 'Start one, and it will stay here on every device.',
  noChatsFound: 'Nothing found',
  noChatsFoundHint: 'Try another name or course.',
  narrowedHint: 'Only the chats of your filter were searched.',
  chatsFailed: 'Your chats could not be loaded.',
  retry: 'Retry',
  loadMore: 'Show more',
  loadingMore: 'Loading…',
  you: 'You:',
  draft: 'Draft:',
  typing: 'typing…',
  messageDeleted: 'Message deleted',
  noMessagesYet: 'No messages yet',
  unread: (count) => `${count} unread`,
  unreadShort: (count) => (count > 99 ? '99+' : String(count)),
  waits: (duration) => `waits ${duration}`,
  minutes: (count) => `${count} min`,
  hours: (count) => `${count} h`,
  days: (count) => plural(count, 'day', 'days'),

  online: 'online',
  offline: 'offline',
  activeNow: 'active just now',
  activeMinutesAgo: (minutes) => `active ${minutes} min ago`,
  lastSeenToday: (time) => `last seen today at ${time}`,
  lastSeenYesterday: (time) => `last seen yesterday at ${time}`,
  lastSeenOn: (date) => `last seen ${date}`,
  today: 'Today',
  yesterday: 'Yesterday',
  backToChats: 'Back to chats',
  voiceCall: 'Voice call',
  videoCall: 'Video call',
  callsLater: 'Calls are not available yet',
  openCourse: (title) => `Open course ${title}`,
  readOnly: 'Read only',

  messagesWith: (name) => `Messages with ${name}`,
  newMessages: (count) => plural(count, 'new message', 'new messages'),
  newMessagesBelow: 'New messages',
  beginning: 'Beginning of the conversation',
  beginningHint: (name) => `Say hello to ${name}.`,
  jumpToLatest: 'Jump to latest',
  jumpToLatestWithCount: (count) => `Jump to latest, ${plural(count, 'new message', 'new messages')}`,
  loadingMessages: 'Loading messages',
  loadingOlder: 'Loading older messages',
  loadingNewer: 'Loading newer messages',
  messagesFailed: 'The messages could not be loaded.',
  personIsTyping: (name) => `${name} is typing…`,
  announceOne: (name, text) => `${name}: ${text}`,
  announceMany: (name, count) => `${plural(count, 'new message', 'new messages')} from ${name}`,

  edited: 'edited',
  deletedByYou: 'You deleted this message',
  deletedByOther: 'This message was deleted',
  unknownKind: 'Reload the page to see this message',
  notSent: 'Not sent.',
  copy: 'Copy',
  copied: 'Copied',
  edit: 'Edit',
  delete: 'Delete',
  messageActions: 'Message actions',
  youSaid: 'You:',
  delivery: {
    queued: 'Waiting to be sent',
    sending: 'Sending',
    stored: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    failed: 'Not sent',
  },

  message: 'Message',
  messageTo: (name) => `Message ${name}`,
  send: 'Send',
  save: 'Save',
  cancelEdit: 'Cancel editing',
  editingMessage: 'Editing message',
  counter: (count, max) => `${count.toLocaleString('en')} of ${max.toLocaleString('en')} characters`,
  tooLong: (max) => `A message has at most ${max.toLocaleString('en')} characters. Shorten it or send it in parts.`,
  forbiddenCharacters: 'This text holds control characters that cannot be sent.',
  willSendLater: 'Sent when you are back online',
  sendingPaused: (seconds) => `That was fast. Your messages go on in ${seconds} s.`,
  undo: 'Undo',

  offlineBanner: "You're offline. Messages will be sent when you reconnect.",
  reconnecting: 'Reconnecting…',
  backOnline: 'Back online',

  searchTutors: 'Search tutors and courses',
  searchStudents: 'Search students and courses',
  tutors: 'Tutors',
  students: 'Students',
  loadingPeople: 'Loading people',
  peopleFailed: 'The people you can write to could not be loaded.',
  noTutors: 'No tutors yet',
  noTutorsHint: 'You can write to the tutors of every course you own. Pick a course to begin.',
  browseCourses: 'Browse courses',
  noStudents: 'No students yet',
  noStudentsHint: 'Students appear here as soon as they enrol in one of your courses.',
  nobodyFound: (query) => `Nobody found for “${query}”`,
  nobodyFoundYet: (query) => `Nobody found for “${query}” so far`,
  hasChat: 'Open chat',
};

/** Provide another object to speak another language, or spread `ENGLISH_LABELS` to change a few words. */
export const CHAT_UI_LABELS = new InjectionToken<ChatUiLabels>('CHAT_UI_LABELS', { factory: () => ENGLISH_LABELS });

/** From here on a counter is shown below the text. */
export const COUNTER_FROM_CHARACTERS = TEXT_MAX_CHARACTERS - 400;
