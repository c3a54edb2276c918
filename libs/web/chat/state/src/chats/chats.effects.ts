import { inject } from '@angular/core';
import { Router } from '@angular/router';
import type { User } from '@course-chat/contracts';
import { PresenceActions } from '@course-chat/web/presence';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import type { Action } from '@ngrx/store';
import {
  asyncScheduler,
  catchError,
  debounceTime,
  exhaustMap,
  filter,
  groupBy,
  map,
  mergeMap,
  of,
  switchMap,
  take,
  takeUntil,
  tap,
  throttleTime,
  type Observable,
} from 'rxjs';
import { ChatApi, toCommandError } from '../chat-api';
import {
  ChatApiActions,
  ChatPageActions,
  ChatSessionActions,
  ChatSocketActions,
  ChatSyncActions,
} from '../chat.actions';
import { ChatSnapshot } from '../chat-snapshot';
import { CHAT_SIDE, CHATS_WANTED, CURRENT_USER } from '../current-user';
import { peerOf } from './merge-chat';

/** How long typing in the search box rests before the server is asked. */
const SEARCH_REST_MS = 250;

const sessionOver = (actions$: Actions) => actions$.pipe(ofType(ChatSessionActions.lapsed, ChatSessionActions.ended));

/** The first page at the start, and again whenever catching up is done: it brings the unread total and who is online. */
export const loadList = createEffect(
  (
    actions$ = inject(Actions),
    api = inject(ChatApi),
    user: () => User | null = inject(CURRENT_USER),
    now: () => number = Date.now,
    wanted$ = inject(CHATS_WANTED),
  ) =>
    actions$.pipe(
      ofType(ChatSessionActions.started, ChatPageActions.listRetried, ChatSyncActions.caughtUp),
      // An administrator is a member of no chat: the server would refuse.
      filter(() => user()?.role !== 'admin'),
      switchMap(({ type }) =>
        type === ChatSessionActions.started.type ? wanted$.pipe(take(1), takeUntil(sessionOver(actions$))) : of(true),
      ),
      switchMap(() => {
        const askedAt = now();
        return api.listChats().pipe(
          map((page) => ChatApiActions.chatsLoaded({ page, first: true, askedAt })),
          catchError((error: unknown) =>
            of(ChatApiActions.chatsFailed({ first: true, code: toCommandError(error).code })),
          ),
          takeUntil(sessionOver(actions$)),
        );
      }),
    ),
  { functional: true },
);

export const loadMore = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), snapshot = inject(ChatSnapshot), now: () => number = Date.now) =>
    actions$.pipe(
      ofType(ChatPageActions.moreChatsNeeded),
      filter(() => snapshot.chats().search === null && snapshot.chats().list.nextCursor !== null),
      exhaustMap(() => {
        const askedAt = now();
        return api.listChats({ cursor: snapshot.chats().list.nextCursor }).pipe(
          map((page) => ChatApiActions.chatsLoaded({ page, first: false, askedAt })),
          catchError((error: unknown) =>
            of(ChatApiActions.chatsFailed({ first: false, code: toCommandError(error).code })),
          ),
          takeUntil(sessionOver(actions$)),
        );
      }),
    ),
  { functional: true },
);

export const search = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), now: () => number = Date.now) =>
    actions$.pipe(
      ofType(ChatPageActions.searchChanged),
      debounceTime(SEARCH_REST_MS),
      map(({ q }) => q.trim()),
      switchMap((q) => {
        const askedAt = now();
        if (!q) return [];
        return api.listChats({ q }).pipe(
          map((page) => ChatApiActions.searchLoaded({ q, page, first: true, askedAt })),
          catchError((error: unknown) => of(ChatApiActions.searchFailed({ q, code: toCommandError(error).code }))),
          takeUntil(sessionOver(actions$)),
        );
      }),
    ),
  { functional: true },
);

export const searchMore = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), snapshot = inject(ChatSnapshot), now: () => number = Date.now) =>
    actions$.pipe(
      ofType(ChatPageActions.moreChatsNeeded),
      map(() => snapshot.chats().search),
      filter((found) => found !== null),
      exhaustMap(({ q, nextCursor }) => {
        const askedAt = now();
        if (nextCursor === null) return [];
        return api.listChats({ q, cursor: nextCursor }).pipe(
          map((page) => ChatApiActions.searchLoaded({ q, page, first: false, askedAt })),
          catchError((error: unknown) => of(ChatApiActions.searchFailed({ q, code: toCommandError(error).code }))),
          // Another search must not wait for more of this one.
          takeUntil(actions$.pipe(ofType(ChatPageActions.searchChanged))),
          takeUntil(sessionOver(actions$)),
        );
      }),
    ),
  { functional: true },
);

/** What failed without a connection is asked for again once there is one. */
export const askAgain = createEffect(
  (actions$ = inject(Actions), snapshot = inject(ChatSnapshot)) =>
    actions$.pipe(
      ofType(ChatSyncActions.caughtUp),
      mergeMap((): Action[] => {
        const { search: asked, people } = snapshot.chats();
        return [
          ...(asked?.status === 'failed' ? [ChatPageActions.searchChanged({ q: asked.q })] : []),
          ...(people.status === 'failed' ? [ChatPageActions.peopleNeeded()] : []),
        ];
      }),
    ),
  { functional: true },
);

/** A chat that is not loaded is asked for this often at most, whatever comes in. */
const UNKNOWN_EVERY_MS = 1_000;

/** A message in a chat that is not loaded yet: an old one below the loaded part of the list. A burst asks once, and at its end. */
export const loadUnknown = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), snapshot = inject(ChatSnapshot), now: () => number = Date.now) =>
    actions$.pipe(
      ofType(ChatSocketActions.messageCreated),
      filter(({ message }) => snapshot.chats().entities[message.chatId] === undefined),
      groupBy(({ message }) => message.chatId),
      mergeMap((ofOneChat) =>
        ofOneChat.pipe(
          throttleTime(UNKNOWN_EVERY_MS, asyncScheduler, { leading: true, trailing: true }),
          // What came while it was asked for may be newer than the answer.
          filter(({ message: { chatId, seq } }) => (snapshot.chats().entities[chatId]?.lastSeq ?? 0) < seq),
          switchMap(({ message }) => {
            const askedAt = now();
            return api.getChat(message.chatId).pipe(
              map((chat) => ChatApiActions.chatLoaded({ chat, askedAt })),
              // The next refresh of the list brings it; nobody is looking at it.
              catchError(() => []),
              takeUntil(sessionOver(actions$)),
            );
          }),
        ),
      ),
    ),
  { functional: true },
);

export const createChat = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), now: () => number = Date.now) =>
    actions$.pipe(
      ofType(ChatPageActions.chatRequested),
      exhaustMap(({ courseId, peerId }) => {
        const askedAt = now();
        return api.createChat(courseId, peerId).pipe(
          map((chat) => ChatApiActions.chatCreated({ chat, askedAt })),
          catchError((error: unknown) =>
            of(ChatApiActions.chatNotCreated({ courseId, peerId, code: toCommandError(error).code })),
          ),
          takeUntil(sessionOver(actions$)),
        );
      }),
    ),
  { functional: true },
);

export const openCreated = createEffect(
  (actions$ = inject(Actions), router = inject(Router), side = inject(CHAT_SIDE)) =>
    actions$.pipe(
      ofType(ChatApiActions.chatCreated),
      tap(({ chat }) => void router.navigate(side() === 'tutors' ? ['/tutor', 'chats', chat.id] : ['/chats', chat.id])),
    ),
  { functional: true, dispatch: false },
);

export const loadPeople = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), side = inject(CHAT_SIDE)) =>
    actions$.pipe(
      ofType(ChatPageActions.peopleNeeded),
      switchMap(() => {
        const people$: Observable<Action> =
          side() === 'tutors'
            ? api.listStudents(null).pipe(map((page) => ChatApiActions.studentsLoaded({ ...page, first: true })))
            : api.listTutors().pipe(map(({ items }) => ChatApiActions.tutorsLoaded({ items })));
        return people$.pipe(
          catchError((error: unknown) => of(ChatApiActions.peopleFailed({ code: toCommandError(error).code }))),
          takeUntil(sessionOver(actions$)),
        );
      }),
    ),
  { functional: true },
);

export const loadMorePeople = createEffect(
  (actions$ = inject(Actions), api = inject(ChatApi), snapshot = inject(ChatSnapshot)) =>
    actions$.pipe(
      ofType(ChatPageActions.morePeopleNeeded),
      exhaustMap(() => {
        const cursor = snapshot.chats().people.nextCursor;
        if (cursor === null) return [];
        return api.listStudents(cursor).pipe(
          map((page) => ChatApiActions.studentsLoaded({ ...page, first: false })),
          catchError((error: unknown) => of(ChatApiActions.peopleFailed({ code: toCommandError(error).code }))),
          takeUntil(sessionOver(actions$)),
        );
      }),
    ),
  { functional: true },
);

/** Every snapshot of a chat tells whether the other one is online. */
export const seedPresence = createEffect(
  (actions$ = inject(Actions), snapshot = inject(ChatSnapshot), now: () => number = Date.now) =>
    actions$.pipe(
      ofType(
        ChatApiActions.chatsLoaded,
        ChatApiActions.searchLoaded,
        ChatApiActions.chatLoaded,
        ChatApiActions.chatCreated,
        ChatSocketActions.chatUpdated,
        ChatSocketActions.chatJoined,
        ChatSyncActions.synced,
      ),
      map((action) => {
        const chats =
          'page' in action
            ? action.page.items
            : 'result' in action
              ? action.result.chats.map(({ chat }) => chat)
              : [action.chat];
        const myId = snapshot.chats().userId;
        const peers = chats.map((chat) => ({
          userId: peerOf(chat, myId).id,
          online: chat.peer.online,
          lastSeenAt: chat.peer.lastSeenAt,
        }));
        // What the socket brings is in order with its events; what REST brings may be older than an event.
        return PresenceActions.peersSeen({ peers, askedAt: 'askedAt' in action ? action.askedAt : now() });
      }),
      filter(({ peers }) => peers.length > 0),
    ),
  { functional: true },
);

export const forgetPresence = createEffect(
  (actions$ = inject(Actions)) => sessionOver(actions$).pipe(map(() => PresenceActions.cleared())),
  { functional: true },
);
