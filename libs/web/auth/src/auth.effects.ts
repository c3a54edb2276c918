import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { Store } from '@ngrx/store';
import {
  catchError,
  defer,
  EMPTY,
  exhaustMap,
  from,
  fromEvent,
  map,
  merge,
  of,
  pairwise,
  race,
  retry,
  switchMap,
  tap,
  timer,
  timeout,
} from 'rxjs';
import { AuthApi } from './auth-api';
import { toFailure } from './auth-failure';
import {
  AccountMenuActions,
  AuthActions,
  AuthApiActions,
  LoginPageActions,
  RegisterPageActions,
  SessionChannelActions,
} from './auth.actions';
import { selectUser } from './auth.feature';
import { pendingLogout } from './pending-logout';
import { backoff, refreshDelay } from './refresh-schedule';
import { RETURN_URL, safeReturnUrl, startOf } from './return-url';
import { SessionChannel } from './session-channel';
import { SessionRefresher } from './session-refresher';

const LOGOUT_TIMEOUT_MS = 8_000;

const signedInHere = [AuthApiActions.loggedIn, AuthApiActions.registered, AuthApiActions.sessionRefreshed] as const;
const signedIn = [...signedInHere, SessionChannelActions.sessionAdopted] as const;

export const logIn = createEffect(
  (actions$ = inject(Actions), api = inject(AuthApi), refresher = inject(SessionRefresher)) =>
    actions$.pipe(
      ofType(LoginPageActions.submitted),
      exhaustMap(({ body }) =>
        from(refresher.landed()).pipe(
          switchMap(() => api.login(body)),
          map((session) => AuthApiActions.loggedIn({ session })),
          catchError((error: unknown) => of(AuthApiActions.loginFailed({ failure: toFailure(error) }))),
        ),
      ),
    ),
  { functional: true },
);

export const register = createEffect(
  (actions$ = inject(Actions), api = inject(AuthApi), refresher = inject(SessionRefresher)) =>
    actions$.pipe(
      ofType(RegisterPageActions.submitted),
      exhaustMap(({ body }) =>
        from(refresher.landed()).pipe(
          switchMap(() => api.register(body)),
          map((session) => AuthApiActions.registered({ session })),
          catchError((error: unknown) => of(AuthApiActions.registrationFailed({ failure: toFailure(error) }))),
        ),
      ),
    ),
  { functional: true },
);

/** Refreshes at the start and before each token expires, again and again while the server is out of reach. */
export const keepSession = createEffect(
  (actions$ = inject(Actions), refresher = inject(SessionRefresher)) =>
    merge(
      of(0),
      actions$.pipe(
        ofType(...signedIn),
        map(({ session }) => refreshDelay(session, Date.now())),
      ),
      actions$.pipe(
        ofType(AuthActions.loggedOut),
        map(() => null),
      ),
    ).pipe(
      switchMap((delay) => {
        if (delay === null) return EMPTY;
        return timer(delay).pipe(
          switchMap(() =>
            defer(async () => {
              if ((await refresher.refresh()) === 'unavailable') throw new Error('The server is out of reach');
            }).pipe(retry({ delay: (_, attempt) => race(timer(backoff(attempt)), fromEvent(window, 'online')) })),
          ),
        );
      }),
    ),
  { functional: true, dispatch: false },
);

/** A server that cannot be reached keeps nobody logged in: it is told at the next start. */
export const logOut = createEffect(
  (actions$ = inject(Actions), refresher = inject(SessionRefresher)) =>
    actions$.pipe(
      ofType(AccountMenuActions.logoutConfirmed),
      exhaustMap(() =>
        from(refresher.logOut()).pipe(
          timeout(LOGOUT_TIMEOUT_MS),
          catchError(() => {
            pendingLogout.remember();
            return of(undefined);
          }),
          map(() => AuthActions.loggedOut({ reason: 'user' })),
        ),
      ),
    ),
  { functional: true },
);

export const tellOtherTabs = createEffect(
  (actions$ = inject(Actions), channel = inject(SessionChannel)) =>
    merge(
      actions$.pipe(
        ofType(...signedInHere),
        tap(({ session }) => {
          pendingLogout.clear();
          channel.post({ kind: 'session', session });
        }),
      ),
      actions$.pipe(
        ofType(AuthActions.loggedOut),
        tap(({ reason }) => {
          if (reason === 'user') channel.post({ kind: 'loggedOut' });
        }),
      ),
    ),
  { functional: true, dispatch: false },
);

export const hearOtherTabs = createEffect(
  (channel = inject(SessionChannel), store = inject(Store)) => {
    const user = store.selectSignal(selectUser);
    return channel.notes.pipe(
      switchMap((note) => {
        if (note.kind === 'session') return of(SessionChannelActions.sessionAdopted({ session: note.session }));
        return user() ? of(AuthActions.loggedOut({ reason: 'elsewhere' })) : EMPTY;
      }),
    );
  },
  { functional: true },
);

/** Another tab logged in as someone else: the page this tab shows is not theirs. */
export const startOverForOtherUser = createEffect(
  (store = inject(Store), router = inject(Router)) =>
    store.select(selectUser).pipe(
      pairwise(),
      tap(([before, now]) => {
        if (before && now && before.id !== now.id) void router.navigateByUrl(startOf(now.role));
      }),
    ),
  { functional: true, dispatch: false },
);

/** Away from the login once there is a session, whichever way it came. */
export const leaveLogin = createEffect(
  (actions$ = inject(Actions), router = inject(Router)) =>
    actions$.pipe(
      ofType(...signedIn),
      tap(({ session }) => {
        const { path, asked } = currentAddress(router);
        if (path === '/login' || path === '/register') void router.navigateByUrl(asked ?? startOf(session.user.role));
      }),
    ),
  { functional: true, dispatch: false },
);

/** To the login once the session is over. One that ended by itself comes back to where it was. */
export const goToLogin = createEffect(
  (actions$ = inject(Actions), router = inject(Router)) =>
    actions$.pipe(
      ofType(AuthActions.loggedOut),
      tap(({ reason }) => {
        const { url, asked } = currentAddress(router);
        const returnUrl = reason === 'expired' ? (safeReturnUrl(url) ?? asked) : null;
        void router.navigate(['/login'], { queryParams: returnUrl ? { [RETURN_URL]: returnUrl } : {} });
      }),
    ),
  { functional: true, dispatch: false },
);

/** Where the person is, or is about to be. */
function currentAddress(router: Router) {
  const underWay = router.currentNavigation();
  const tree = underWay ? (underWay.finalUrl ?? underWay.extractedUrl) : router.parseUrl(router.url);
  const path = '/' + (tree.root.children['primary']?.segments.map(({ path }) => path).join('/') ?? '');
  return { path, url: router.serializeUrl(tree), asked: safeReturnUrl(tree.queryParams[RETURN_URL]) };
}
