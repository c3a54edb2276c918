import { inject } from '@angular/core';
import type { Chat } from '@course-chat/contracts';
import { backoffDelay, ConnectionSocketActions, isPassing } from '@course-chat/web/realtime';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import {
  asyncScheduler,
  catchError,
  concatMap,
  defer,
  EMPTY,
  filter,
  from,
  groupBy,
  map,
  merge,
  mergeMap,
  race,
  retry,
  throttleTime,
  timer,
} from 'rxjs';
import { toCommandError } from '../chat-api';
import { ChatSocket } from '../chat-socket';
import { ChatApiActions, ChatPageActions, ChatSocketActions, ChatSyncActions } from '../chat.actions';
import { ChatSnapshot } from '../chat-snapshot';

/** Scrolling through unread messages tells the server this often at most. */
export const READ_EVERY_MS = 400;
/** A burst of messages is acknowledged once. */
export const DELIVERED_EVERY_MS = 500;

const calmly = (ms: number) => throttleTime<string>(ms, asyncScheduler, { leading: true, trailing: true });

/** A position that fails the server itself this often is told with the next message, or on reconnect. */
const TRIES = 8;

/** Tells how far this device has shown each chat: what was on screen, never further. Untold positions follow on reconnect. */
export const markRead = createEffect(
  (
    actions$ = inject(Actions),
    socket = inject(ChatSocket),
    snapshot = inject(ChatSnapshot),
    random: () => number = Math.random,
  ) =>
    merge(
      actions$.pipe(
        ofType(ChatPageActions.seenUpTo),
        map(({ chatId }) => chatId),
      ),
      actions$.pipe(
        ofType(ConnectionSocketActions.online),
        mergeMap(() => Object.keys(snapshot.chats().seen)),
      ),
    ).pipe(
      groupBy((chatId) => chatId),
      mergeMap((ofOneChat) =>
        ofOneChat.pipe(
          calmly(READ_EVERY_MS),
          concatMap((chatId) =>
            defer(() => {
              const { seen, entities } = snapshot.chats();
              const seq = seen[chatId] ?? 0;
              if (!socket.online || seq <= (entities[chatId]?.me.readSeq ?? 0)) return EMPTY;
              return from(socket.markRead(chatId, seq));
            }).pipe(
              retry({
                count: TRIES,
                delay: (error, tries) => {
                  const refusal = toCommandError(error);
                  if (!isPassing(refusal)) return EMPTY;
                  const wait = timer(refusal.retryAfterMs ?? backoffDelay(tries - 1, random));
                  return race(wait, actions$.pipe(ofType(ConnectionSocketActions.online)));
                },
              }),
              map((state) => ChatSocketActions.readStateChanged({ state })),
              // The position stays noted and is told with the next message, or on reconnect.
              catchError(() => []),
            ),
          ),
        ),
      ),
    ),
  { functional: true },
);

/** Whether the other side waits to hear that its messages arrived here. */
function undelivered(chat: Chat | undefined): chat is Chat {
  return chat !== undefined && chat.unreadCount > 0 && chat.me.deliveredSeq < chat.lastSeq;
}

/** Tells that messages arrived on this device: as they come, and for all that came while it was away. */
export const markDelivered = createEffect(
  (actions$ = inject(Actions), socket = inject(ChatSocket), snapshot = inject(ChatSnapshot)) =>
    merge(
      actions$.pipe(
        ofType(ChatSocketActions.messageCreated),
        filter(({ message }) => message.senderId !== snapshot.chats().userId),
        map(({ message }) => message.chatId),
      ),
      actions$.pipe(
        ofType(ChatApiActions.chatsLoaded, ChatSyncActions.synced, ChatApiActions.chatLoaded),
        mergeMap((action) => {
          const chats =
            'page' in action
              ? action.page.items
              : 'chat' in action
                ? [action.chat]
                : action.result.chats.map(({ chat }) => chat);
          return chats.filter((chat) => undelivered(snapshot.chats().entities[chat.id])).map(({ id }) => id);
        }),
      ),
    ).pipe(
      groupBy((chatId) => chatId),
      mergeMap((ofOneChat) => ofOneChat.pipe(calmly(DELIVERED_EVERY_MS))),
      // One after the other: a long list that comes online does not fire thirty commands at once.
      concatMap((chatId) => {
        const seq = receivedUpTo(chatId, snapshot);
        if (!socket.online || seq <= (snapshot.chats().entities[chatId]?.me.deliveredSeq ?? 0)) return [];
        return from(socket.markDelivered(chatId, seq)).pipe(
          map((state) => ChatSocketActions.readStateChanged({ state })),
          catchError(() => []),
        );
      }),
    ),
  { functional: true },
);

/** A message behind a hole has not arrived for the reader. */
function receivedUpTo(chatId: string, snapshot: ChatSnapshot): number {
  const thread = snapshot.messages().threads[chatId];
  return thread?.window && thread.live ? thread.window.to : (snapshot.chats().entities[chatId]?.lastSeq ?? 0);
}
