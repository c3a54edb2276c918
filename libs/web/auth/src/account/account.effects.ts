import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { catchError, exhaustMap, forkJoin, map, mergeMap, of, switchMap, tap } from 'rxjs';
import { toFailure } from '../auth-failure';
import { AuthActions } from '../auth.actions';
import { AccountApi } from './account-api';
import { AccountApiActions, AccountPageActions } from './account.actions';
import { SAVE_FILE } from './save-file';

const FILE_NAME = 'course-chat-my-data.json';

export const load = createEffect(
  (actions$ = inject(Actions), api = inject(AccountApi)) =>
    actions$.pipe(
      ofType(AccountPageActions.opened),
      switchMap(() =>
        forkJoin({ account: api.account(), sessions: api.sessions() }).pipe(
          map((loaded) => AccountApiActions.loaded(loaded)),
          catchError(() => of(AccountApiActions.loadFailed())),
        ),
      ),
    ),
  { functional: true },
);

export const changePassword = createEffect(
  (actions$ = inject(Actions), api = inject(AccountApi)) =>
    actions$.pipe(
      ofType(AccountPageActions.passwordSubmitted),
      exhaustMap(({ change }) =>
        api.changePassword(change).pipe(
          map(() => AccountApiActions.passwordChanged()),
          catchError((error: unknown) => of(AccountApiActions.passwordRefused({ failure: toFailure(error) }))),
        ),
      ),
    ),
  { functional: true },
);

/** A login that is over already, or was ended elsewhere meanwhile, is as ended as one ended here. */
export const endSession = createEffect(
  (actions$ = inject(Actions), api = inject(AccountApi)) =>
    actions$.pipe(
      ofType(AccountPageActions.sessionEndRequested),
      mergeMap(({ sessionId }) =>
        api.endSession(sessionId).pipe(
          map(() => AccountApiActions.sessionEnded({ sessionId })),
          catchError((error: unknown) =>
            of(
              toFailure(error).code === 'NOT_FOUND'
                ? AccountApiActions.sessionEnded({ sessionId })
                : AccountApiActions.endFailed(),
            ),
          ),
        ),
      ),
    ),
  { functional: true },
);

export const endOthers = createEffect(
  (actions$ = inject(Actions), api = inject(AccountApi)) =>
    actions$.pipe(
      ofType(AccountPageActions.othersEndRequested),
      exhaustMap(() =>
        api.endOthers().pipe(
          map(() => AccountApiActions.othersEnded()),
          catchError(() => of(AccountApiActions.endFailed())),
        ),
      ),
    ),
  { functional: true },
);

export const download = createEffect(
  (actions$ = inject(Actions), api = inject(AccountApi), save = inject(SAVE_FILE)) =>
    actions$.pipe(
      ofType(AccountPageActions.downloadRequested),
      exhaustMap(() =>
        api.download().pipe(
          tap((file) => save(file, FILE_NAME)),
          map(() => AccountApiActions.downloaded()),
          catchError((error: unknown) => of(AccountApiActions.downloadFailed({ failure: toFailure(error) }))),
        ),
      ),
    ),
  { functional: true },
);

export const erase = createEffect(
  (actions$ = inject(Actions), api = inject(AccountApi)) =>
    actions$.pipe(
      ofType(AccountPageActions.erasureConfirmed),
      exhaustMap(({ password }) =>
        api.erase(password).pipe(
          map(() => AccountApiActions.erased()),
          catchError((error: unknown) => of(AccountApiActions.erasureRefused({ failure: toFailure(error) }))),
        ),
      ),
    ),
  { functional: true },
);

/** Nobody is logged in any more, here and in the other tabs, and nothing is left on this device. */
export const leave = createEffect(
  (actions$ = inject(Actions)) =>
    actions$.pipe(
      ofType(AccountApiActions.erased),
      map(() => AuthActions.loggedOut({ reason: 'user' })),
    ),
  { functional: true },
);
