import {
  DELETE_WINDOW_MS,
  EDIT_WINDOW_MS,
  type AvailableTutor,
  type ChangeWindows,
  type Chat,
  type SyncResult,
  type TutorStudent,
} from '@course-chat/contracts';
import type { CommandErrorCode } from '@course-chat/web/realtime';
import { createEntityAdapter, type EntityState } from '@ngrx/entity';
import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import {
  ChatApiActions,
  ChatCacheActions,
  ChatPageActions,
  ChatSessionActions,
  ChatSocketActions,
  ChatSyncActions,
  OutboxActions,
  type RefusedChange,
} from '../chat.actions';
import type { CachedList } from '../device/chat-cache';
import { mergeChat, withMessage, withReadState, withReceipt } from './merge-chat';

export type LoadStatus = 'idle' | 'loading' | 'ready' | 'failed';

/** Someone one may write to about a course. */
export type Contact = AvailableTutor | TutorStudent;

export interface ChatsState extends EntityState<Chat> {
  userId: string | null;
  list: {
    status: LoadStatus;
    nextCursor: string | null;
    loadingMore: boolean;
    /** Why the list or its next page could not be loaded. */
    error: CommandErrorCode | null;
    /** Whether it is what this device remembers: the server has not answered yet. */
    fromDevice: boolean;
  };
  /** Chats that are only remembered: the server has said nothing about them since the start. */
  remembered: readonly string[];
  /** What the search box asks the server; null while it is empty. */
  search: {
    q: string;
    status: LoadStatus;
    ids: readonly string[];
    nextCursor: string | null;
    loadingMore: boolean;
  } | null;
  unreadTotal: number;
  /** When the server last told the total unasked, in milliseconds of the device's clock: an answer asked for before is older. */
  unreadToldAt: number;
  /** Where catching up starts from; null before the first time. */
  cursor: string | null;
  /** How long one may change what one wrote: what the server said when it was last caught up with. */
  windows: ChangeWindows;
  activeId: string | null;
  /** Chats that cannot be opened, and why. */
  refused: Readonly<Record<string, CommandErrorCode>>;
  /** How far this device has shown each chat: what the server should be told. */
  seen: Readonly<Record<string, number>>;
  drafts: Readonly<Record<string, string>>;
  creation: { courseId: string; peerId: string; error: CommandErrorCode | null } | null;
  people: {
    status: LoadStatus;
    items: readonly Contact[];
    nextCursor: string | null;
    loadingMore: boolean;
    error: CommandErrorCode | null;
  };
  /** Something a person asked for that did not happen. */
  notice: (RefusedChange & { chatId: string }) | null;
}

const adapter = createEntityAdapter<Chat>();

const initial: ChatsState = adapter.getInitialState({
  userId: null,
  list: { status: 'idle', nextCursor: null, loadingMore: false, error: null, fromDevice: false },
  remembered: [],
  search: null,
  unreadTotal: 0,
  unreadToldAt: 0,
  cursor: null,
  windows: { editMs: EDIT_WINDOW_MS, deleteMs: DELETE_WINDOW_MS },
  activeId: null,
  refused: {},
  seen: {},
  drafts: {},
  creation: null,
  people: { status: 'idle', items: [], nextCursor: null, loadingMore: false, error: null },
  notice: null,
});

/** Takes in what the server says of chats. */
function withChats(state: ChatsState, chats: readonly Chat[]): ChatsState {
  const told = new Set(chats.map(({ id }) => id));
  const remembered = state.remembered.filter((id) => !told.has(id));
  return adapter.setMany(
    chats.map((chat) => mergeChat(state.entities[chat.id], chat)),
    remembered.length === state.remembered.length ? state : { ...state, remembered },
  );
}

/** Takes in what this device remembers of chats; what the server has said already counts more. */
function withRemembered(state: ChatsState, chats: readonly Chat[]): ChatsState {
  const unknown = chats.filter(({ id }) => !state.entities[id]);
  if (unknown.length === 0) return state;
  return adapter.addMany(unknown, { ...state, remembered: [...state.remembered, ...unknown.map(({ id }) => id)] });
}

function restored(state: ChatsState, { chats, unreadTotal, cursor }: CachedList): ChatsState {
  // Once the server has said where catching up starts, it would never speak of what is only remembered.
  if (state.cursor !== null) return state;
  const known = { ...withRemembered(state, chats), cursor };
  if (state.list.status === 'ready') return known;
  return { ...known, unreadTotal, list: { ...state.list, status: 'ready', fromDevice: true } };
}

function mapChat(state: ChatsState, id: string, map: (chat: Chat) => Chat): ChatsState {
  return adapter.mapOne({ id, map }, state);
}

function withoutDraft(state: ChatsState, chatId: string): ChatsState {
  const { [chatId]: _gone, ...drafts } = state.drafts;
  return { ...state, drafts };
}

function synced(state: ChatsState, result: SyncResult, since: string | null): ChatsState {
  const { cursor, chats, more, windows = state.windows } = result;
  const known = withChats(
    { ...state, windows },
    chats.map(({ chat }) => chat),
  );
  // An answer leads on from where it was asked: what this device remembered meanwhile begins elsewhere.
  if (state.cursor !== since) return known;
  // Whatever was remembered from then and is not spoken of by the end has not changed.
  const confirmed = since !== null && !more && known.remembered.length > 0;
  return { ...known, cursor, remembered: confirmed ? [] : known.remembered };
}

/** The chats slice: what the list and the head of a thread show, and where catching up stands. */
export const chatsFeature = createFeature({
  name: 'chats',
  reducer: createReducer(
    initial,
    on(ChatSessionActions.started, (_, { user, drafts }): ChatsState => ({
      ...initial,
      userId: user.id,
      drafts,
      list: { ...initial.list, status: 'loading' },
    })),
    on(ChatSessionActions.lapsed, ChatSessionActions.ended, () => initial),

    on(ChatCacheActions.listRestored, (state, { userId, list }) =>
      state.userId === userId ? restored(state, list) : state,
    ),
    on(ChatCacheActions.threadRestored, (state, { userId, thread }) =>
      state.userId === userId ? withRemembered(state, [thread.chat]) : state,
    ),

    on(ChatPageActions.listRetried, (state): ChatsState => ({
      ...state,
      list: { ...state.list, status: 'loading', error: null },
    })),
    on(ChatPageActions.moreChatsNeeded, (state): ChatsState => {
      // A search has pages of its own.
      const { search, list } = state;
      if (search) return { ...state, search: { ...search, loadingMore: search.nextCursor !== null } };
      return { ...state, list: { ...list, loadingMore: list.nextCursor !== null, error: null } };
    }),
    on(ChatApiActions.chatsLoaded, (state, { page, first, askedAt }): ChatsState => {
      const { items, nextCursor } = page;
      // A refreshed first page does not forget how far down the list was already loaded.
      const keepsPlace = first && state.list.status === 'ready' && !state.list.fromDevice;
      return {
        ...withChats(state, items),
        unreadTotal: askedAt > state.unreadToldAt ? page.unreadTotal : state.unreadTotal,
        list: {
          status: 'ready',
          nextCursor: keepsPlace ? state.list.nextCursor : nextCursor,
          loadingMore: false,
          error: null,
          fromDevice: false,
        },
      };
    }),
    on(ChatApiActions.chatsFailed, (state, { first, code }): ChatsState => {
      const { list } = state;
      // A list that is on screen stays there: the next connection refreshes it.
      if (first && list.status === 'ready') return state;
      return { ...state, list: { ...list, status: first ? 'failed' : list.status, loadingMore: false, error: code } };
    }),
    on(ChatPageActions.searchChanged, (state, { q }): ChatsState => ({
      ...state,
      search: q.trim() ? { q: q.trim(), status: 'loading', ids: [], nextCursor: null, loadingMore: false } : null,
    })),
    on(ChatApiActions.searchLoaded, (state, { q, page, first }): ChatsState => {
      const known = withChats(state, page.items);
      if (known.search?.q !== q) return known;
      const ids = [...(first ? [] : known.search.ids), ...page.items.map(({ id }) => id)];
      return { ...known, search: { q, status: 'ready', ids, nextCursor: page.nextCursor, loadingMore: false } };
    }),
    on(ChatApiActions.searchFailed, (state, { q }): ChatsState =>
      state.search?.q === q ? { ...state, search: { ...state.search, status: 'failed', loadingMore: false } } : state,
    ),

    on(ChatPageActions.chatOpened, (state, { chatId }): ChatsState => {
      const { [chatId]: _again, ...refused } = state.refused;
      return { ...state, activeId: chatId, refused };
    }),
    on(ChatPageActions.chatClosed, (state, { chatId }): ChatsState => ({
      ...state,
      activeId: state.activeId === chatId ? null : state.activeId,
      // It was seen there. What is refused after one has gone waits until one comes back.
      notice: state.notice?.chatId === chatId ? null : state.notice,
    })),
    on(ChatApiActions.chatLoaded, ChatSocketActions.chatUpdated, ChatSocketActions.chatJoined, (state, { chat }) =>
      withChats(state, [chat]),
    ),
    on(ChatApiActions.chatFailed, (state, { chatId, code }): ChatsState => ({
      ...state,
      refused: { ...state.refused, [chatId]: code },
    })),
    on(ChatSyncActions.synced, (state, { result, since }) => synced(state, result, since)),

    on(
      ChatSocketActions.messageCreated,
      ChatSocketActions.messageUpdated,
      ChatSocketActions.changeStored,
      OutboxActions.stored,
      (state, { message }) => mapChat(state, message.chatId, (chat) => withMessage(chat, message)),
    ),
    on(ChatSocketActions.chatDelivered, (state, { chatId, userId, seq }) =>
      mapChat(state, chatId, (chat) => withReceipt(chat, userId, seq, 'delivered', state.userId)),
    ),
    on(ChatSocketActions.chatRead, (state, { chatId, userId, seq }) =>
      mapChat(state, chatId, (chat) => withReceipt(chat, userId, seq, 'read', state.userId)),
    ),
    on(ChatSocketActions.unreadChanged, (state, { chatId, unreadCount, unreadTotal, at }): ChatsState => ({
      ...mapChat(state, chatId, (chat) => ({ ...chat, unreadCount })),
      unreadTotal,
      unreadToldAt: at,
    })),
    on(ChatSocketActions.readStateChanged, (state, { state: read }) =>
      mapChat(state, read.chatId, (chat) => withReadState(chat, read)),
    ),
    on(ChatPageActions.seenUpTo, (state, { chatId, seq }): ChatsState => ({
      ...state,
      seen: { ...state.seen, [chatId]: Math.max(state.seen[chatId] ?? 0, seq) },
    })),

    on(ChatPageActions.draftChanged, ChatSyncActions.draftFollowed, (state, { chatId, text }): ChatsState =>
      text.trim() ? { ...state, drafts: { ...state.drafts, [chatId]: text } } : withoutDraft(state, chatId),
    ),
    on(ChatPageActions.messageSubmitted, (state, { chatId }) => withoutDraft(state, chatId)),

    on(ChatPageActions.chatRequested, (state, { courseId, peerId }): ChatsState => ({
      ...state,
      creation: { courseId, peerId, error: null },
    })),
    on(ChatApiActions.chatCreated, (state, { chat }): ChatsState => ({ ...withChats(state, [chat]), creation: null })),
    on(ChatApiActions.chatNotCreated, (state, { courseId, peerId, code }): ChatsState => ({
      ...state,
      creation: { courseId, peerId, error: code },
    })),
    on(ChatPageActions.peopleNeeded, (state): ChatsState => ({
      ...state,
      creation: null,
      people: { ...initial.people, status: 'loading' },
    })),
    on(ChatApiActions.tutorsLoaded, (state, { items }): ChatsState => ({
      ...state,
      people: { ...initial.people, status: 'ready', items },
    })),
    on(ChatApiActions.studentsLoaded, (state, { items, nextCursor, first }): ChatsState => ({
      ...state,
      people: {
        ...initial.people,
        status: 'ready',
        items: first ? items : [...state.people.items, ...items],
        nextCursor,
      },
    })),
    on(ChatPageActions.morePeopleNeeded, (state): ChatsState => ({
      ...state,
      people: { ...state.people, loadingMore: state.people.nextCursor !== null },
    })),
    on(ChatApiActions.peopleFailed, (state, { code }): ChatsState => ({
      ...state,
      people: { ...state.people, status: 'failed', loadingMore: false, error: code },
    })),

    on(ChatSocketActions.changeRefused, (state, { chatId, seq, about, code, text, retryAt }): ChatsState => ({
      ...state,
      notice: { chatId, seq, about, code, text, retryAt },
    })),
    on(ChatPageActions.noticeDismissed, (state): ChatsState => ({ ...state, notice: null })),
  ),
  extraSelectors: ({ selectChatsState, selectEntities }) => ({
    /** Every chat that is known, newest activity first. */
    selectChats: createSelector(selectChatsState, (state) =>
      adapter
        .getSelectors()
        .selectAll(state)
        .sort((a, b) => (a.updatedAt === b.updatedAt ? (a.id < b.id ? 1 : -1) : a.updatedAt < b.updatedAt ? 1 : -1)),
    ),
    selectActiveChat: createSelector(selectChatsState, selectEntities, ({ activeId }, entities) =>
      activeId === null ? null : (entities[activeId] ?? null),
    ),
  }),
});

/** Unread messages over all chats, as the server counts them. */
export const selectUnreadTotal = chatsFeature.selectUnreadTotal;
