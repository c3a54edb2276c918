import { inject } from '@angular/core';
import { MESSAGE_PAGE } from '@course-chat/contracts';
import { ConnectionSocketActions } from '@course-chat/web/realtime';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import {
  catchError,
  concatMap,
  defer,
  delay,
  exhaustMap,
  filter,
  finalize,
  from,
  groupBy,
  map,
  merge,
  mergeMap,
  of,
  switchMap,
  takeUntil,
  type Observable,
} from 'rxjs';
import type { Action } from '@ngrx/store';
import { ChatApi, toCommandError, type PageQuery } from '../chat-api';
import { ChatSocket } from '../chat-socket';
import {
  ChatApiActions,
  ChatPageActions,
  ChatSessionActions,
  ChatSocketActions,
  ChatSyncActions,
} from '../chat.actions';
import { ChatSnapshot } from '../chat-snapshot';
import type { PagePlace } from './thread';

/** A page that failed is not asked for again at once, however long the reader stays at the edge. */
const EDGE_RETRY_MS = 2_000;
/** From this many unread messages on, the newest page might not hold the first of them. */
const MANY_UNREAD = MESSAGE_PAGE.default - 10;

/** Whatever the socket brings becomes an action. One's own typing on another device is no news. */
export const receive = createEffect(
  (socket = inject(ChatSocket), snapshot = inject(ChatSnapshot)) =>
    socket.actions$.pipe(
      filter((action) => {
        if (action.type !== ChatSocketActions.typingStarted.type) return true;
        return (action as ReturnType<typeof ChatSocketActions.typingStarted>).userId !== snapshot.chats().userId;
      }),
    ),
  { functional: true },
);

/** A chat, or its end, that could not be loaded comes by itself once there is a connection again. */
export const loadAfterFailure = createEffect(
  (actions$ = inject(Actions), snapshot = inject(ChatSnapshot)) =>
    actions$.pipe(
      ofType(ChatSyncActions.caughtUp),
      map(() => snapshot.chats().activeId ?? ''),
      filter((chatId) => {
        const thread = snapshot.messages().threads[chatId];
        return thread !== undefined && !thread.live && thread.error !== null;
      }),
      map((chatId) => ChatPageActions.reloadRequested({ chatId })),
    ),
  { functional: true },
);

interface FirstPage {
  chatId: string;
  seq: number | null;
  /** Whether a long unread part may be opened at its beginning. */
  mayStartAtUnread: boolean;
  /** Whether it is asked for before the chat is on screen. */
  isExpected?: true;
}

/** The first page of a thread: when a chat opens or soon will, and whenever the thread has to start over. */
export const loadFirst = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), snapshot = inject(ChatSnapshot), now: () => number = Date.now) =>
    defer(() => {
      /** What is on its way for chats that are expected. Whoever opens one waits for it; whoever opens it again asks again. */
      const expected = new Map<string, FirstPage['seq']>();
      const isAwaited = ({ chatId, seq }: Pick<FirstPage, 'chatId' | 'seq'>) => {
        const awaited = expected.get(chatId) === seq;
        expected.delete(chatId);
        return awaited;
      };
      const load = (wanted: FirstPage) =>
        defer(() => {
          if (wanted.isExpected) expected.set(wanted.chatId, wanted.seq);
          return firstPage(wanted, api, snapshot, now);
        }).pipe(finalize(() => expected.delete(wanted.chatId)));
      return merge(
        actions$.pipe(
          ofType(ChatPageActions.chatExpected),
          map(({ chatId, seq }): FirstPage => ({ chatId, seq, mayStartAtUnread: true, isExpected: true })),
        ),
        actions$.pipe(
          ofType(ChatPageActions.chatOpened),
          filter((opened) => !isAwaited(opened)),
          map(({ chatId, seq }): FirstPage => ({ chatId, seq, mayStartAtUnread: true })),
        ),
        actions$.pipe(
          ofType(ChatPageActions.reloadRequested, ChatPageActions.latestNeeded, ChatPageActions.messageSubmitted),
          map(({ chatId }): FirstPage => ({ chatId, seq: null, mayStartAtUnread: false })),
        ),
        actions$.pipe(
          ofType(ChatSyncActions.synced),
          mergeMap(({ result }) => result.chats.filter(({ status }) => status === 'reset')),
          map(({ chat }): FirstPage => ({ chatId: chat.id, seq: null, mayStartAtUnread: false })),
        ),
      ).pipe(
        filter(({ chatId }) => snapshot.messages().threads[chatId]?.loading === 'newest'),
        groupBy(({ chatId }) => chatId),
        mergeMap((ofOneChat) =>
          ofOneChat.pipe(
            switchMap((wanted) =>
              load(wanted).pipe(
                takeUntil(
                  actions$.pipe(
                    ofType(ChatSessionActions.started, ChatSessionActions.lapsed, ChatSessionActions.ended),
                  ),
                ),
              ),
            ),
          ),
        ),
      );
    }),
  { functional: true },
);

function firstPage(
  { chatId, seq, mayStartAtUnread }: FirstPage,
  api: ChatApi,
  snapshot: ChatSnapshot,
  now: () => number,
): Observable<Action> {
  const askedAt = now();
  const { entities, remembered } = snapshot.chats();
  const known = remembered.includes(chatId) ? undefined : entities[chatId];
  // The chat comes first where it is unknown, or only remembered: its rev has to be older than the page, so that no change falls in between.
  const chat$ = known
    ? of(ChatApiActions.chatLoaded({ chat: known, askedAt }))
    : api.getChat(chatId).pipe(map((chat) => ChatApiActions.chatLoaded({ chat, askedAt })));
  return chat$.pipe(
    concatMap((loaded) => {
      const { lastRev, me, unreadCount } = loaded.chat;
      const around = seq ?? (mayStartAtUnread && unreadCount > MANY_UNREAD ? me.readSeq + 1 : null);
      const query: PageQuery = around === null ? {} : { around };
      const place: PagePlace = around === null ? 'newest' : 'around';
      const page$ = api.listMessages(chatId, query).pipe(
        map((page) => ChatApiActions.historyLoaded({ chatId, page, place, baseRev: lastRev })),
        catchError((error: unknown) =>
          of(ChatApiActions.historyFailed({ chatId, place, code: toCommandError(error).code })),
        ),
      );
      return known ? page$ : merge(of(loaded), page$);
    }),
    catchError((error: unknown) => {
      const { code } = toCommandError(error);
      return of(
        ChatApiActions.chatFailed({ chatId, code }),
        ChatApiActions.historyFailed({ chatId, place: 'newest', code }),
      );
    }),
  );
}

function edgePages(
  trigger$: Observable<{ chatId: string }>,
  place: 'older' | 'newer',
  api: ChatApi,
  snapshot: ChatSnapshot,
  over$: Observable<unknown>,
): Observable<Action> {
  return trigger$.pipe(
    filter(({ chatId }) => snapshot.messages().threads[chatId]?.loading === place),
    groupBy(({ chatId }) => chatId),
    mergeMap((ofOneChat) =>
      ofOneChat.pipe(
        exhaustMap(({ chatId }) => {
          const window = snapshot.messages().threads[chatId]?.window;
          if (!window) return [];
          const query = place === 'older' ? { before: window.from } : { after: window.to };
          return api.listMessages(chatId, query).pipe(
            map((page) => ChatApiActions.historyLoaded({ chatId, page, place, baseRev: 0 })),
            catchError((error: unknown) =>
              of(ChatApiActions.historyFailed({ chatId, place, code: toCommandError(error).code })).pipe(
                delay(EDGE_RETRY_MS),
              ),
            ),
            takeUntil(over$),
          );
        }),
      ),
    ),
  );
}

const sessionOver = (actions$: Actions) => actions$.pipe(ofType(ChatSessionActions.lapsed, ChatSessionActions.ended));

export const loadOlder = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), snapshot = inject(ChatSnapshot)) =>
    edgePages(actions$.pipe(ofType(ChatPageActions.olderNeeded)), 'older', api, snapshot, sessionOver(actions$)),
  { functional: true },
);

export const loadNewer = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), snapshot = inject(ChatSnapshot)) =>
    edgePages(actions$.pipe(ofType(ChatPageActions.newerNeeded)), 'newer', api, snapshot, sessionOver(actions$)),
  { functional: true },
);

/** The chat on screen is joined for as long as it is there, again after every reconnect: typing travels in its room. */
export const joinActive = createEffect(
  (actions$ = inject(Actions), socket = inject(ChatSocket), snapshot = inject(ChatSnapshot)) =>
    actions$.pipe(
      ofType(ChatPageActions.chatOpened, ConnectionSocketActions.online),
      map(() => snapshot.chats().activeId),
      filter((chatId) => chatId !== null && socket.online),
      switchMap((chatId) =>
        // `filter` above leaves no null.
        from(socket.join(chatId as string)).pipe(
          map((chat) => ChatSocketActions.chatJoined({ chat })),
          // Not a member, or no answer: loading the chat says so on the page, and the next connection joins again.
          catchError(() => []),
        ),
      ),
    ),
  { functional: true },
);

export const leaveClosed = createEffect(
  (actions$ = inject(Actions), socket = inject(ChatSocket)) =>
    actions$.pipe(
      ofType(ChatPageActions.chatClosed),
      filter(() => socket.online),
      mergeMap(({ chatId }) => from(socket.leave(chatId)).pipe(catchError(() => []))),
    ),
  { functional: true, dispatch: false },
);

/** Editing and deleting: on screen at once, taken back if refused. */
export const changeMessage = createEffect(
  (actions$ = inject(Actions), socket = inject(ChatSocket), now: () => number = Date.now) =>
    actions$.pipe(
      ofType(ChatPageActions.editSubmitted, ChatPageActions.removeRequested),
      concatMap((action) => {
        const { chatId, seq } = action;
        const text = action.type === ChatPageActions.editSubmitted.type ? action.text : null;
        const answer = text === null ? socket.remove({ chatId, seq }) : socket.edit({ chatId, seq, text });
        return from(answer).pipe(
          map((message) => ChatSocketActions.changeStored({ message })),
          catchError((error: unknown) => {
            const { code, retryAfterMs } = toCommandError(error);
            const retryAt = retryAfterMs === undefined ? null : now() + retryAfterMs;
            const about = text === null ? 'delete' : 'edit';
            return of(ChatSocketActions.changeRefused({ chatId, seq, about, code, text, retryAt }));
          }),
        );
      }),
    ),
  { functional: true },
);
