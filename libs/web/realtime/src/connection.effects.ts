import { DOCUMENT, inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { distinctUntilChanged, EMPTY, filter, fromEvent, map, merge, of, switchMap, tap, timer } from 'rxjs';
import { ConnectionPageActions, ConnectionSocketActions } from './connection.actions';
import { RealtimeSocket } from './realtime-socket';

/** A try that fails sooner than this is not shown: a server that is down refuses each within milliseconds. */
const CALM_MS = 400;

/** Whatever the socket reports becomes an action; not each of many tries that lead nowhere. */
export const reportStatus = createEffect(
  (socket = inject(RealtimeSocket), now: () => number = Date.now) =>
    socket.status$.pipe(
      switchMap((status) => (status === 'connecting' ? timer(CALM_MS).pipe(map(() => status)) : of(status))),
      distinctUntilChanged(),
      map((status) => ConnectionSocketActions[status]({ at: now() })),
    ),
  { functional: true },
);

export const connect = createEffect(
  (actions$ = inject(Actions), socket = inject(RealtimeSocket)) =>
    actions$.pipe(
      ofType(ConnectionPageActions.connectionWanted),
      tap(() => socket.connect()),
    ),
  { functional: true, dispatch: false },
);

export const release = createEffect(
  (actions$ = inject(Actions), socket = inject(RealtimeSocket)) =>
    actions$.pipe(
      ofType(ConnectionPageActions.connectionReleased),
      tap(() => socket.disconnect()),
    ),
  { functional: true, dispatch: false },
);

/** A network that came back or a tab that woke need not wait out the backoff. */
export const hurry = createEffect(
  (socket = inject(RealtimeSocket), document = inject(DOCUMENT)) =>
    merge(
      document.defaultView ? fromEvent(document.defaultView, 'online') : [],
      fromEvent(document, 'visibilitychange').pipe(filter(() => document.visibilityState === 'visible')),
    ).pipe(tap(() => socket.hurry())),
  { functional: true, dispatch: false },
);

/** The browser knows that the network is gone long before a heartbeat is missed. */
export const lose = createEffect(
  (socket = inject(RealtimeSocket), document = inject(DOCUMENT)) =>
    (document.defaultView ? fromEvent(document.defaultView, 'offline') : EMPTY).pipe(tap(() => socket.lose())),
  { functional: true, dispatch: false },
);
