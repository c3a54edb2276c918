import { contentOf, type Message } from '@course-chat/contracts';
import { createFeature, createReducer, on } from '@ngrx/store';
import {
  ChatApiActions,
  ChatCacheActions,
  ChatPageActions,
  ChatSessionActions,
  ChatSocketActions,
  ChatSyncActions,
  OutboxActions,
} from '../chat.actions';
import { advance } from '../outbox/delivery';
import { change, nextOrder, settleStored, without, type Outbox, type OutboxEntry } from '../outbox/outbox';
import {
  caughtUpTo,
  emptyThread,
  endsOnScreen,
  loadingAfter,
  resetThread,
  withCopy,
  withMessages,
  withPage,
  withRev,
  withTail,
  type Overlay,
  type Thread,
} from './thread';

/** The messages of every chat that was opened, and what is on its way out. */
export interface MessagesState {
  /** The signed-in person, null while nobody is. */
  userId: string | null;
  threads: Readonly<Record<string, Thread>>;
  outbox: Outbox;
  /** Until when the server takes no message of a chat, by the device's clock in milliseconds. May lie in the past. */
  heldUntil: Readonly<Record<string, number>>;
}

export const initialMessages: MessagesState = { userId: null, threads: {}, outbox: {}, heldUntil: {} };

function update(state: MessagesState, chatId: string, changed: (thread: Thread) => Thread): MessagesState {
  const thread = state.threads[chatId];
  if (!thread) return state;
  const next = changed(thread);
  return next === thread ? state : { ...state, threads: { ...state.threads, [chatId]: next } };
}

/** Takes stored messages in: into their threads where those are open, out of the outbox where they were waited for. */
function stored(state: MessagesState, incoming: readonly Message[]): MessagesState {
  let next = state;
  for (const message of incoming) {
    next = update(next, message.chatId, (thread) => withRev(withMessages(thread, [message]), message.rev));
  }
  return pruned({
    ...next,
    outbox: settleStored(next.outbox, incoming, (message) => isShown(next, message.chatId, message.seq)),
  });
}

/** Whether nothing more has to be shown in a stored message's stead: it is on screen, or the end of its thread is not. */
function isShown({ threads }: MessagesState, chatId: string, seq: number): boolean {
  const thread = threads[chatId];
  if (!thread?.window || !endsOnScreen(thread)) return true;
  return seq <= thread.window.to;
}

function pruned(state: MessagesState): MessagesState {
  const done = Object.values(state.outbox).filter(({ chatId, seq }) => seq !== null && isShown(state, chatId, seq));
  return done.length === 0
    ? state
    : { ...state, outbox: done.reduce((outbox, e) => without(outbox, e.clientMessageId), state.outbox) };
}

function changeEntry(state: MessagesState, id: string, changed: (entry: OutboxEntry) => OutboxEntry): MessagesState {
  return { ...state, outbox: change(state.outbox, id, changed) };
}

function held(state: MessagesState, id: string, retryAt: number | null): MessagesState {
  const chatId = state.outbox[id]?.chatId;
  if (chatId === undefined || retryAt === null) return state;
  return { ...state, heldUntil: { ...state.heldUntil, [chatId]: retryAt } };
}

function overlaid(state: MessagesState, chatId: string, seq: number, overlay: Overlay): MessagesState {
  return update(state, chatId, (thread) => ({ ...thread, overlays: { ...thread.overlays, [seq]: overlay } }));
}

function bare(state: MessagesState, chatId: string, seq: number): MessagesState {
  return update(state, chatId, (thread) => {
    const { [seq]: _gone, ...overlays } = thread.overlays;
    return { ...thread, overlays };
  });
}

function loadingFirst(thread: Thread): Thread {
  return { ...thread, loading: 'newest', error: null };
}

function opened(state: MessagesState, chatId: string, seq: number | null): MessagesState {
  const thread = state.threads[chatId] ?? emptyThread;
  const { window, live } = thread;
  const ready = window && (seq === null ? live : seq >= window.from && seq <= window.to);
  const next = ready ? { ...thread, error: null } : loadingFirst(thread);
  return { ...state, threads: { ...state.threads, [chatId]: next } };
}

function submitted(state: MessagesState, action: ReturnType<typeof ChatPageActions.messageSubmitted>): MessagesState {
  if (state.userId === null) return state;
  const { clientMessageId, chatId, at } = action;
  const entry: OutboxEntry = {
    clientMessageId,
    chatId,
    senderId: state.userId,
    ...contentOf(action),
    createdAt: at,
    state: 'queued',
    attempts: 0,
    failure: null,
    order: nextOrder(state.outbox, Date.parse(at)),
    seq: null,
  };
  const next = { ...state, outbox: { ...state.outbox, [clientMessageId]: entry } };
  // One's own message is at the end: whoever sends while reading history is taken there.
  return update(next, chatId, (thread) => (thread.window && !thread.live ? loadingFirst(thread) : thread));
}

/** Anybody may reuse an id they have seen: the sender is part of what a message is known by. */
function isStored(thread: Thread | undefined, { senderId, clientMessageId }: OutboxEntry): boolean {
  return [...(thread?.messages.values() ?? [])].some(
    (message) => message.senderId === senderId && message.clientMessageId === clientMessageId,
  );
}

function restored(state: MessagesState, entries: readonly OutboxEntry[]): MessagesState {
  const missing = entries.filter(
    (entry) =>
      entry.senderId === state.userId &&
      !state.outbox[entry.clientMessageId] &&
      // Stored before the page went away, which did not come to writing it down.
      !isStored(state.threads[entry.chatId], entry),
  );
  // What was being sent when the page went away has an unknown outcome: it is sent again under the same id.
  const fresh = missing.map((entry): OutboxEntry =>
    entry.state === 'sending' ? { ...entry, state: 'queued' } : entry,
  );
  return {
    ...state,
    outbox: { ...state.outbox, ...Object.fromEntries(fresh.map((entry) => [entry.clientMessageId, entry])) },
  };
}

/** The messages slice. */
export const messagesFeature = createFeature({
  name: 'messages',
  reducer: createReducer(
    initialMessages,
    on(ChatSessionActions.started, (_, { user }): MessagesState => ({ ...initialMessages, userId: user.id })),
    on(ChatSessionActions.lapsed, ChatSessionActions.ended, () => initialMessages),

    on(ChatPageActions.chatExpected, ChatPageActions.chatOpened, (state, { chatId, seq }) =>
      opened(state, chatId, seq),
    ),
    on(ChatPageActions.latestNeeded, ChatPageActions.reloadRequested, (state, { chatId }) =>
      update(state, chatId, loadingFirst),
    ),
    on(ChatPageActions.olderNeeded, (state, { chatId }) =>
      update(state, chatId, (t) => (t.loading || !t.window || t.window.from <= 1 ? t : { ...t, loading: 'older' })),
    ),
    on(ChatPageActions.newerNeeded, (state, { chatId }) =>
      update(state, chatId, (t) => (t.loading || !t.window || t.live ? t : { ...t, loading: 'newer' })),
    ),
    on(ChatApiActions.historyLoaded, (state, { chatId, page, place, baseRev }) => {
      const next = update(state, chatId, (thread) => withPage(thread, page, place, baseRev));
      return pruned({
        ...next,
        outbox: settleStored(next.outbox, page.items, ({ seq }) => isShown(next, chatId, seq)),
      });
    }),
    on(ChatCacheActions.threadRestored, (state, { userId, thread }) => {
      if (state.userId !== userId) return state;
      const { chat, messages } = thread;
      const next = update(state, chat.id, (known) => withCopy(known, thread));
      return pruned({
        ...next,
        outbox: settleStored(next.outbox, messages, ({ seq }) => isShown(next, chat.id, seq)),
      });
    }),
    on(ChatApiActions.historyFailed, (state, { chatId, place, code }) =>
      update(state, chatId, (thread) => {
        // The end is on screen already, or an edge is asked for again by itself: nothing to tell.
        const quiet = thread.window !== null && (thread.live || place !== 'newest');
        return { ...thread, loading: loadingAfter(thread, place), error: quiet ? thread.error : code };
      }),
    ),

    on(ChatSocketActions.messageCreated, ChatSocketActions.messageUpdated, (state, { message }) =>
      stored(state, [message]),
    ),
    on(ChatSocketActions.changeStored, (state, { message }) =>
      bare(stored(state, [message]), message.chatId, message.seq),
    ),
    on(ChatSocketActions.chatUpdated, ChatSocketActions.chatJoined, (state, { chat }) =>
      update(state, chat.id, (thread) => withTail(thread, chat.lastSeq)),
    ),
    on(ChatSyncActions.synced, (state, { result, named }) =>
      result.chats.reduce((before, { chat, status, messages }) => {
        if (!before.threads[chat.id]) return stored(before, messages);
        // A chat that was not asked about brings its snapshot only; its messages are fetched by name.
        if (!named.includes(chat.id)) return update(before, chat.id, (thread) => withTail(thread, chat.lastSeq));
        if (status === 'reset') return update(before, chat.id, (thread) => resetThread(thread, chat.lastRev));
        const next = stored(before, messages);
        return update(next, chat.id, (thread) =>
          withTail({ ...caughtUpTo(thread, chat.lastRev), fromDevice: false }, chat.lastSeq),
        );
      }, state),
    ),

    on(ChatPageActions.editSubmitted, (state, { chatId, seq, text }) =>
      overlaid(state, chatId, seq, { kind: 'edit', text }),
    ),
    on(ChatPageActions.removeRequested, (state, { chatId, seq }) => overlaid(state, chatId, seq, { kind: 'delete' })),
    on(ChatSocketActions.changeRefused, (state, { chatId, seq }) => bare(state, chatId, seq)),

    on(ChatPageActions.messageSubmitted, submitted),
    on(OutboxActions.restored, (state, { entries }) => restored(state, entries)),
    on(OutboxActions.sendStarted, (state, { clientMessageId }) =>
      changeEntry(state, clientMessageId, (e) => ({
        ...e,
        state: advance(e.state, 'sendStarted'),
        attempts: e.attempts + 1,
      })),
    ),
    on(OutboxActions.postponed, (state, { clientMessageId, retryAt }) =>
      held(
        changeEntry(state, clientMessageId, (e) => ({ ...e, state: advance(e.state, 'postponed') })),
        clientMessageId,
        retryAt,
      ),
    ),
    on(OutboxActions.refused, (state, { clientMessageId, code }) =>
      changeEntry(state, clientMessageId, (e) => ({ ...e, state: advance(e.state, 'refused'), failure: code })),
    ),
    on(OutboxActions.stored, (state, { message }) => stored(state, [message])),
    on(OutboxActions.cleared, (state): MessagesState => ({ ...state, outbox: {} })),
    on(ChatPageActions.retryRequested, (state, { clientMessageId }) =>
      // A second press on the same button is no mistake of ours.
      state.outbox[clientMessageId]?.state === 'failed'
        ? changeEntry(state, clientMessageId, (e) => ({
            ...e,
            state: advance(e.state, 'retried'),
            attempts: 0,
            failure: null,
            order: nextOrder(state.outbox),
          }))
        : state,
    ),
    on(ChatPageActions.discardRequested, (state, { clientMessageId }): MessagesState => ({
      ...state,
      outbox: without(state.outbox, clientMessageId),
    })),
  ),
});
