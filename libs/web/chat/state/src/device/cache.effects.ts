import { DOCUMENT, inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import {
  asyncScheduler,
  concatMap,
  defer,
  filter,
  from,
  fromEvent,
  map,
  merge,
  mergeMap,
  switchMap,
  takeUntil,
  throttleTime,
} from 'rxjs';
import { ChatCacheActions, ChatPageActions, ChatSessionActions } from '../chat.actions';
import { ChatSnapshot } from '../chat-snapshot';
import { CHAT_CACHE, type CachedThread } from './chat-cache';
import { CacheWriter } from './cache-writer';

/** What changes is written down together, this long after the first change. */
const KEEP_AFTER_MS = 1_500;

const sessionOver = (actions$: Actions) => actions$.pipe(ofType(ChatSessionActions.lapsed, ChatSessionActions.ended));

/** The list as this device remembers it, before the server answers. What it remembers of anybody else goes. */
export const restoreList = createEffect(
  (actions$ = inject(Actions), cache = inject(CHAT_CACHE)) =>
    actions$.pipe(
      ofType(ChatSessionActions.started),
      switchMap(({ user }) =>
        from(cache.claim(user.id).then(() => cache.readList(user.id))).pipe(
          filter((list) => list !== null),
          map((list) => ChatCacheActions.listRestored({ userId: user.id, list })),
          takeUntil(sessionOver(actions$)),
        ),
      ),
    ),
  { functional: true },
);

/** The end of a chat that opens, as this device remembers it. */
export const restoreThread = createEffect(
  (actions$ = inject(Actions), cache = inject(CHAT_CACHE), snapshot = inject(ChatSnapshot)) =>
    actions$.pipe(
      ofType(ChatPageActions.chatOpened),
      mergeMap(({ chatId, seq }) => {
        const { userId, threads } = snapshot.messages();
        if (userId === null || threads[chatId]?.window) return [];
        return from(cache.readThread(userId, chatId)).pipe(
          filter((thread) => thread !== null),
          filter((thread) => seq === null || holds(thread, seq)),
          map((thread) => ChatCacheActions.threadRestored({ userId, thread })),
          takeUntil(sessionOver(actions$)),
        );
      }),
    ),
  { functional: true },
);

function holds({ messages }: CachedThread, seq: number): boolean {
  return messages.some((message) => message.seq === seq);
}

/** Writes behind: a burst of changes is written once, and at once when the page may be going away. */
export const keep = createEffect(
  (
    actions$ = inject(Actions),
    cache = inject(CHAT_CACHE),
    snapshot = inject(ChatSnapshot),
    document = inject(DOCUMENT),
    keepAfterMs: number = KEEP_AFTER_MS,
  ) =>
    defer(() => {
      const writer = new CacheWriter();
      return merge(
        actions$.pipe(throttleTime(keepAfterMs, asyncScheduler, { leading: false, trailing: true })),
        fromEvent(document, 'visibilitychange').pipe(filter(() => document.visibilityState === 'hidden')),
      ).pipe(
        concatMap(async () => {
          const { userId } = snapshot.chats();
          const changes = writer.changes(snapshot.chats(), snapshot.messages());
          if (userId !== null && changes) await cache.write(userId, changes);
        }),
      );
    }),
  { functional: true, dispatch: false },
);

/** A login that is over leaves nothing to read behind, however it ended: what was read can be had again. */
export const forget = createEffect(
  (actions$ = inject(Actions), cache = inject(CHAT_CACHE)) => sessionOver(actions$).pipe(concatMap(() => cache.wipe())),
  { functional: true, dispatch: false },
);
