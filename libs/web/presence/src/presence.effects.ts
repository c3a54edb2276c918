import { inject } from '@angular/core';
import { ConnectionSocketActions, RealtimeSocket } from '@course-chat/web/realtime';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { exhaustMap, map, takeUntil, timer } from 'rxjs';
import { PresenceActions, PresenceSocketActions } from './presence.actions';

/** Trouble shorter than this is none, as for the banner that tells of it. */
const PATIENCE_MS = 2_000;

export const userOnline = createEffect(
  (socket = inject(RealtimeSocket), now: () => number = Date.now) =>
    socket.on('user_online').pipe(map(({ userId }) => PresenceSocketActions.userOnline({ userId, at: now() }))),
  { functional: true },
);

export const userOffline = createEffect(
  (socket = inject(RealtimeSocket), now: () => number = Date.now) =>
    socket
      .on('user_offline')
      .pipe(map(({ userId, lastSeenAt }) => PresenceSocketActions.userOffline({ userId, lastSeenAt, at: now() }))),
  { functional: true },
);

/** Who is online is told by the connection: without one for a while, it is not known. */
export const loseSight = createEffect(
  (actions$ = inject(Actions)) =>
    actions$.pipe(
      ofType(ConnectionSocketActions.offline, ConnectionSocketActions.connecting),
      exhaustMap(() =>
        timer(PATIENCE_MS).pipe(
          map(() => PresenceActions.sightLost()),
          takeUntil(actions$.pipe(ofType(ConnectionSocketActions.online, ConnectionSocketActions.idle))),
        ),
      ),
    ),
  { functional: true },
);
