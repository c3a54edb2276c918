import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { filter, map, tap } from 'rxjs';
import { AuthActions, AuthApiActions, SessionChannelActions } from '@course-chat/web/auth';
import { ChatSessionActions } from '@course-chat/web/chat/state';
import { RealtimeSocket } from '@course-chat/web/realtime';

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

/**
 * The server closes a socket when its token ends: each new token is shown to it before. One that is not open need not
 * wait any longer: whoever gave the token can be reached again.
 */
export const renewSocket = createEffect(
  (actions$ = inject(Actions), socket = inject(RealtimeSocket)) =>
    actions$.pipe(
      ofType(AuthApiActions.sessionRefreshed, SessionChannelActions.sessionAdopted),
      tap(({ session }) => {
        void socket.renew(session.accessToken);
        socket.hurry();
      }),
    ),
  { functional: true, dispatch: false },
);
