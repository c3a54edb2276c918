import type { Message, MessageContent, Role } from '@course-chat/contracts';

/** How far a message of one's own has come. */
export type Delivery = 'queued' | 'sending' | 'stored' | 'delivered' | 'read' | 'failed';

/** What the line to the server is doing, as far as a person has to know. */
export type Connection = 'online' | 'connecting' | 'offline';

/** One message as the list shows it. `seq` is null until the server has stored it. */
export interface MessageView extends MessageContent {
  /** The message's key for life. */
  clientMessageId: string;
  seq: number | null;
  senderId: string;
  own: boolean;
  type: Message['type'];
  /** ISO 8601. */
  createdAt: string;
  edited: boolean;
  deleted: boolean;
  /** Only shown on own messages. */
  delivery: Delivery;
  /** Why it was not sent, in plain words. */
  failureReason?: string | null;
  /** Whether the edit window is open. */
  canEdit: boolean;
  /** Whether the deletion window is open. */
  canDelete: boolean;
}

/** What the last line of a chat row holds. */
export type PreviewKind = 'text' | 'deleted' | 'empty' | 'draft' | 'typing';

/** One chat as the list shows it. */
export interface ChatRowView {
  id: string;
  /** The router address the row leads to. */
  link: string;
  name: string;
  avatarUrl: string | null;
  online: boolean;
  courseTitle: string;
  /** ISO 8601 of the last activity. */
  time: string | null;
  preview: string;
  previewKind: PreviewKind;
  /** Whether the last message is one's own. */
  previewOwn: boolean;
  /** The tick of an own last message. */
  delivery: Delivery | null;
  unreadCount: number;
  /** ISO 8601 since when a question waits for this person's answer. */
  waitingSince: string | null;
}

/** Someone one may write to. */
export interface PersonView {
  /** Unique among all people offered: one person may stand there once a course. */
  id: string;
  name: string;
  avatarUrl: string | null;
  online: boolean;
  courseId: string;
  courseTitle: string;
  /** The chat there already is, if any. */
  chatId: string | null;
}

/** Who one talks to, for the head of a thread. */
export interface HeaderView {
  name: string;
  avatarUrl: string | null;
  /** `lastSeenAt` is ISO 8601, null if never seen. Null while it is not known whether they are there. */
  presence: { online: boolean; lastSeenAt: string | null } | null;
  typing: boolean;
  courseId: string;
  courseTitle: string;
  /** The router address of the course, null where there is none to show. */
  courseLink: string | null;
  readOnly: boolean;
}

/** One choice above the chat list. */
export interface ChatFilter {
  id: string;
  label: string;
  /** What an empty list means under it. */
  emptyText?: string;
}

/** The order of the chat list. */
export type ChatSort = 'newest' | 'waiting';

/** The message under edit. */
export interface EditedMessage {
  clientMessageId: string;
  text: string;
}

/** The side a person is on: it decides whom they may write to. */
export type Side = Extract<Role, 'student' | 'tutor'>;
