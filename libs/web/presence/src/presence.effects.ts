import { inject } from '@angular/core';
import { RealtimeSocket } from '@course-chat/web/realtime';
import { createEffect } from '@ngrx/effects';
import { map } from 'rxjs';
import { PresenceSocketActions } from './presence.actions';

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
