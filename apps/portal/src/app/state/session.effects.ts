import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { filter, map } from 'rxjs';
import { AuthActions } from '@course-chat/web/auth';
import { ChatSessionActions } from '@course-chat/web/chat/state';

/** Logged out by will, here or in another tab: this device forgets the chats. A login that ran out keeps the outbox. */
export const endChats = createEffect(
  (actions$ = inject(Actions)) =>
    actions$.pipe(
      ofType(AuthActions.loggedOut),
      filter(({ reason }) => reason !== 'expired'),
      map(() => ChatSessionActions.ended()),
    ),
  { functional: true },
);
