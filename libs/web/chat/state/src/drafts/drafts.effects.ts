import { DOCUMENT, inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { EMPTY, fromEvent, mergeMap, switchMap, take, tap } from 'rxjs';
import { ChatPageActions, ChatSessionActions, ChatSyncActions } from '../chat.actions';
import { ChatSnapshot } from '../chat-snapshot';
import { DraftStorage } from './draft-storage';

/** A draft is on this device as it is typed, and gone when it has become a message: from then on the outbox holds it. */
export const saveDrafts = createEffect(
  (actions$ = inject(Actions), storage = inject(DraftStorage), snapshot = inject(ChatSnapshot)) =>
    actions$.pipe(
      ofType(ChatPageActions.draftChanged, ChatPageActions.messageSubmitted),
      tap((action) => {
        const { userId } = snapshot.chats();
        const text = action.type === ChatPageActions.draftChanged.type ? action.text : '';
        if (userId !== null) storage.save(userId, action.chatId, text);
      }),
    ),
  { functional: true, dispatch: false },
);

/** Where two tabs show the same draft, it grows and goes in both: sent in one, it must not wait in the other to be sent again. */
export const followDrafts = createEffect(
  (window = inject(DOCUMENT).defaultView, storage = inject(DraftStorage), snapshot = inject(ChatSnapshot)) =>
    (window ? fromEvent<StorageEvent>(window, 'storage') : EMPTY).pipe(
      mergeMap((event) => {
        const { userId, drafts } = snapshot.chats();
        const change = userId === null ? null : storage.changeIn(event, userId);
        if (!change || (drafts[change.chatId] ?? '') !== change.from) return [];
        return [ChatSyncActions.draftFollowed({ chatId: change.chatId, text: change.to })];
      }),
    ),
  { functional: true },
);

export const forgetDrafts = createEffect(
  (actions$ = inject(Actions), storage = inject(DraftStorage)) =>
    actions$.pipe(
      ofType(ChatSessionActions.started),
      switchMap(({ user }) =>
        actions$.pipe(
          ofType(ChatSessionActions.ended),
          take(1),
          tap(() => storage.clear(user.id)),
        ),
      ),
    ),
  { functional: true, dispatch: false },
);
