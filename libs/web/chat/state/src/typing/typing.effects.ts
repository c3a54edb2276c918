import { inject } from '@angular/core';
import { TYPING_EXPIRES_MS, TYPING_REPEAT_MS } from '@course-chat/contracts';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { defer, groupBy, map, mergeMap, switchMap, tap, timer } from 'rxjs';
import { ChatSocket } from '../chat-socket';
import { ChatPageActions, ChatSocketActions } from '../chat.actions';

/** Tells the other side: while somebody goes on writing one start per 3 s, and a stop only where a start is still believed. */
export const tellTyping = createEffect(
  (actions$ = inject(Actions), socket = inject(ChatSocket), now: () => number = Date.now) =>
    defer(() => {
      const startedAt = new Map<string, number>();
      // Nothing depends on these commands: an unheard one ends by itself at the receiver.
      const quietly = (answer: Promise<unknown>) => void answer.catch(() => undefined);
      return actions$.pipe(
        ofType(
          ChatPageActions.typed,
          ChatPageActions.typingStopped,
          ChatPageActions.messageSubmitted,
          ChatPageActions.chatClosed,
        ),
        tap(({ type, chatId }) => {
          const last = startedAt.get(chatId) ?? Number.NEGATIVE_INFINITY;
          if (type !== ChatPageActions.typed.type) {
            startedAt.delete(chatId);
            if (socket.online && now() - last < TYPING_EXPIRES_MS) quietly(socket.stopTyping(chatId));
          } else if (socket.online && now() - last >= TYPING_REPEAT_MS) {
            startedAt.set(chatId, now());
            quietly(socket.startTyping(chatId));
          }
        }),
      );
    }),
  { functional: true, dispatch: false },
);

/** Typing ends by itself, whatever gets lost. */
export const expireTyping = createEffect(
  (actions$ = inject(Actions)) =>
    actions$.pipe(
      ofType(ChatSocketActions.typingStarted),
      groupBy(({ chatId }) => chatId),
      mergeMap((ofOneChat) =>
        ofOneChat.pipe(
          switchMap(({ chatId, userId, expiresInMs }) =>
            timer(expiresInMs).pipe(map(() => ChatSocketActions.typingExpired({ chatId, userId }))),
          ),
        ),
      ),
    ),
  { functional: true },
);
