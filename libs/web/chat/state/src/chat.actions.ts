import type {
  AvailableTutor,
  Chat,
  ChatPage,
  Message,
  MessageContent,
  MessagePage,
  ReadState,
  SyncResult,
  TutorStudent,
  User,
} from '@course-chat/contracts';
import type { CommandErrorCode } from '@course-chat/web/realtime';
import { createActionGroup, emptyProps, props } from '@ngrx/store';
import type { CachedList, CachedThread } from './device/chat-cache';
import type { PagePlace } from './messages/thread';
import type { OutboxEntry } from './outbox/outbox';

type OfChat = { chatId: string };

/** What people do. */
export const ChatPageActions = createActionGroup({
  source: 'Chat Page',
  events: {
    /** A chat will come on screen when its page is there; it is asked for meanwhile. */
    chatExpected: props<OfChat & { seq: number | null }>(),
    /** A chat came on screen; `seq` is the message a link points at. */
    chatOpened: props<OfChat & { seq: number | null }>(),
    chatClosed: props<OfChat>(),
    moreChatsNeeded: emptyProps(),
    listRetried: emptyProps(),
    searchChanged: props<{ q: string }>(),
    /** Someone wants to write to a person about a course: the chat is made if need be, and opened. */
    chatRequested: props<{ courseId: string; peerId: string }>(),
    peopleNeeded: emptyProps(),
    morePeopleNeeded: emptyProps(),
    olderNeeded: props<OfChat>(),
    newerNeeded: props<OfChat>(),
    latestNeeded: props<OfChat>(),
    reloadRequested: props<OfChat>(),
    /** `at` is ISO 8601 by the device's clock. */
    messageSubmitted: props<OfChat & MessageContent & { clientMessageId: string; at: string }>(),
    retryRequested: props<{ clientMessageId: string }>(),
    discardRequested: props<{ clientMessageId: string }>(),
    editSubmitted: props<OfChat & { seq: number; text: string }>(),
    removeRequested: props<OfChat & { seq: number }>(),
    /** The highest seq that was on screen in a visible window. */
    seenUpTo: props<OfChat & { seq: number }>(),
    typed: props<OfChat>(),
    typingStopped: props<OfChat>(),
    draftChanged: props<OfChat & { text: string }>(),
    noticeDismissed: emptyProps(),
  },
});

/** An edit or a deletion that did not happen. */
export interface RefusedChange {
  seq: number;
  about: 'edit' | 'delete';
  code: CommandErrorCode;
  text: string | null;
  retryAt: number | null;
}

/** What the REST API answers. `askedAt` is the device's clock in milliseconds. */
export const ChatApiActions = createActionGroup({
  source: 'Chat API',
  events: {
    chatsLoaded: props<{ page: ChatPage; first: boolean; askedAt: number }>(),
    chatsFailed: props<{ first: boolean; code: CommandErrorCode }>(),
    searchLoaded: props<{ q: string; page: ChatPage; first: boolean; askedAt: number }>(),
    searchFailed: props<{ q: string; code: CommandErrorCode }>(),
    chatLoaded: props<{ chat: Chat; askedAt: number }>(),
    chatFailed: props<OfChat & { code: CommandErrorCode }>(),
    /** `baseRev` is the chat's rev as it was known before the page was asked for. */
    historyLoaded: props<OfChat & { page: MessagePage; place: PagePlace; baseRev: number }>(),
    historyFailed: props<OfChat & { place: PagePlace; code: CommandErrorCode }>(),
    chatCreated: props<{ chat: Chat; askedAt: number }>(),
    chatNotCreated: props<{ courseId: string; peerId: string; code: CommandErrorCode }>(),
    tutorsLoaded: props<{ items: readonly AvailableTutor[] }>(),
    studentsLoaded: props<{ items: readonly TutorStudent[]; nextCursor: string | null; first: boolean }>(),
    peopleFailed: props<{ code: CommandErrorCode }>(),
  },
});

/** What arrives over the socket: events, and the acks of commands other than sending. */
export const ChatSocketActions = createActionGroup({
  source: 'Chat Socket',
  events: {
    messageCreated: props<{ message: Message }>(),
    messageUpdated: props<{ message: Message }>(),
    chatUpdated: props<{ chat: Chat }>(),
    chatDelivered: props<OfChat & { userId: string; seq: number }>(),
    chatRead: props<OfChat & { userId: string; seq: number }>(),
    /** `at` is the device's clock in milliseconds. */
    unreadChanged: props<OfChat & { unreadCount: number; unreadTotal: number; at: number }>(),
    typingStarted: props<OfChat & { userId: string; expiresInMs: number }>(),
    typingStopped: props<OfChat & { userId: string }>(),
    typingExpired: props<OfChat & { userId: string }>(),
    digestReceived: props<{ cursor: string }>(),
    chatJoined: props<{ chat: Chat }>(),
    readStateChanged: props<{ state: ReadState }>(),
    changeStored: props<{ message: Message }>(),
    /** `text` is what an edit wanted to write; `retryAt` is the device's clock in milliseconds, null where waiting does not help. */
    changeRefused: props<OfChat & RefusedChange>(),
  },
});

/** Catching up. */
export const ChatSyncActions = createActionGroup({
  source: 'Chat Sync',
  events: {
    holeFound: props<OfChat>(),
    /** One answer of `sync`, the chats it was asked about, and the cursor it started from. */
    synced: props<{ result: SyncResult; named: readonly string[]; since: string | null }>(),
    caughtUp: emptyProps(),
    tabWoke: emptyProps(),
    /** Another tab went on with a draft as it stands here, or sent it: then the text is empty. */
    draftFollowed: props<OfChat & { text: string }>(),
  },
});

/** What this device remembers from before, until the server says what is true now. */
export const ChatCacheActions = createActionGroup({
  source: 'Chat Cache',
  events: {
    listRestored: props<{ userId: string; list: CachedList }>(),
    threadRestored: props<{ userId: string; thread: CachedThread }>(),
  },
});

/** What becomes of messages on their way out. */
export const OutboxActions = createActionGroup({
  source: 'Outbox',
  events: {
    restored: props<{ entries: readonly OutboxEntry[] }>(),
    sendStarted: props<{ clientMessageId: string }>(),
    stored: props<{ message: Message }>(),
    /** No answer, or one that says later: it stays first in its chat's line. `retryAt`: when the server wants it, by the device's clock. */
    postponed: props<{ clientMessageId: string; code: CommandErrorCode; retryAt: number | null }>(),
    /** Refused for good: a person has to decide. */
    refused: props<{ clientMessageId: string; code: CommandErrorCode }>(),
    cleared: emptyProps(),
  },
});

/** Whose chats these are. */
export const ChatSessionActions = createActionGroup({
  source: 'Chat Session',
  events: {
    started: props<{ user: User; drafts: Readonly<Record<string, string>> }>(),
    /** The login ran out: the screen is emptied; the outbox and the drafts wait on this device. */
    lapsed: emptyProps(),
    /** Logged out by will: everything of this person leaves this device. */
    ended: emptyProps(),
  },
});
