import { HttpErrorResponse } from '@angular/common/http';
import type { Router } from '@angular/router';
import { DefaultUrlSerializer, type UrlTree } from '@angular/router';
import type { Action, Store } from '@ngrx/store';
import type { Actions } from '@ngrx/effects';
import { BehaviorSubject, of, Subject, throwError, type Observable } from 'rxjs';
import type { User } from '@course-chat/contracts';
import {
  AccountMenuActions,
  AuthActions,
  AuthApiActions,
  LoginPageActions,
  SessionChannelActions,
} from './auth.actions';
import type { AuthApi } from './auth-api';
import {
  goToLogin,
  hearOtherTabs,
  keepSession,
  leaveLogin,
  logIn,
  logOut,
  startOverForOtherUser,
  tellOtherTabs,
} from './auth.effects';
import { pendingLogout } from './pending-logout';
import { backoff, REFRESH_AHEAD_MS, refreshDelay } from './refresh-schedule';
import type { SessionChannel, SessionNote } from './session-channel';
import type { RefreshOutcome, SessionRefresher } from './session-refresher';
import { ana, lena, sessionOf } from './testing/samples';

const NOW = Date.parse('2026-11-22T18:00:00.000Z');
const credentials = { email: 'lena@example.com', password: 'secret-secret' };

function collect(source: { subscribe(next: (action: unknown) => void): unknown }): Action[] {
  const seen: Action[] = [];
  source.subscribe((action) => seen.push(action as Action));
  return seen;
}

/** A router that shows one page, and may be on its way to another. */
function routerAt(url: string, goingTo?: string) {
  const serializer = new DefaultUrlSerializer();
  const router = {
    url,
    currentNavigation: () => (goingTo === undefined ? null : { extractedUrl: serializer.parse(goingTo) }),
    parseUrl: (text: string) => serializer.parse(text),
    serializeUrl: (tree: UrlTree) => serializer.serialize(tree),
    navigate: jest.fn(),
    navigateByUrl: jest.fn(),
  };
  return router as unknown as Router & typeof router;
}

describe('logIn', () => {
  const run = async (api: Partial<AuthApi>, landed = Promise.resolve()) => {
    const actions = new Subject<Action>();
    const refresher = { landed: () => landed } as SessionRefresher;
    const seen = collect(logIn(actions as unknown as Actions, api as AuthApi, refresher));
    actions.next(LoginPageActions.submitted({ body: credentials }));
    await new Promise((resolve) => setTimeout(resolve));
    return seen;
  };

  it('reports the session', async () => {
    expect(await run({ login: () => of(sessionOf(lena)) })).toEqual([
      AuthApiActions.loggedIn({ session: sessionOf(lena) }),
    ]);
  });

  it('waits for the refresh under way: the cookie of its answer must not come after its own', async () => {
    let land: () => void = () => undefined;
    const login = jest.fn(() => of(sessionOf(lena)));
    const seen = await run({ login }, new Promise((resolve) => (land = resolve)));
    expect(login).not.toHaveBeenCalled();
    land();
    await new Promise((resolve) => setTimeout(resolve));
    expect(seen).toEqual([AuthApiActions.loggedIn({ session: sessionOf(lena) })]);
  });

  it('reports a coded failure', async () => {
    const error = { code: 'RATE_LIMITED', message: 'm', correlationId: 'c', retryAfterMs: 9_000 };
    const login = () => throwError(() => new HttpErrorResponse({ status: 429, error: { error } }));
    expect(await run({ login })).toEqual([
      AuthApiActions.loginFailed({ failure: { code: 'RATE_LIMITED', fields: [], retryAfterMs: 9_000 } }),
    ]);
  });

  it('tells no answer from a refusal', async () => {
    const login = () => throwError(() => new HttpErrorResponse({ status: 0 }));
    expect(await run({ login })).toEqual([
      AuthApiActions.loginFailed({ failure: { code: 'OFFLINE', fields: [], retryAfterMs: null } }),
    ]);
  });
});

describe('logOut', () => {
  const run = async (logout: () => Promise<void>) => {
    const actions = new Subject<Action>();
    pendingLogout.clear();
    const refresher = { logOut: logout } as SessionRefresher;
    const seen = collect(logOut(actions as unknown as Actions, refresher));
    actions.next(AccountMenuActions.logoutConfirmed());
    await new Promise((resolve) => setTimeout(resolve));
    return seen;
  };

  it('ends the session at the server, then here', async () => {
    const seen = await run(() => Promise.resolve());
    expect(seen).toEqual([AuthActions.loggedOut({ reason: 'user' })]);
    expect(pendingLogout.exists()).toBe(false);
  });

  it('ends it here even so when the server is out of reach, and remembers to tell it', async () => {
    const seen = await run(() => Promise.reject(new Error('offline')));
    expect(seen).toEqual([AuthActions.loggedOut({ reason: 'user' })]);
    expect(pendingLogout.exists()).toBe(true);
  });
});

describe('keepSession', () => {
  beforeEach(() => jest.useFakeTimers({ now: NOW }));
  afterEach(() => jest.useRealTimers());

  const start = (outcome: RefreshOutcome = 'session') => {
    const actions = new Subject<Action>();
    const refresh = jest.fn<Promise<RefreshOutcome>, []>().mockResolvedValue(outcome);
    const subscription = keepSession(
      actions as unknown as Actions,
      { refresh } as unknown as SessionRefresher,
    ).subscribe();
    return { actions, refresh, subscription };
  };

  it('refreshes at the start and a minute before each token expires', async () => {
    const { actions, refresh, subscription } = start();
    await jest.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(1);
    actions.next(AuthApiActions.sessionRefreshed({ session: sessionOf(lena) }));
    await jest.advanceTimersByTimeAsync(15 * 60_000 - REFRESH_AHEAD_MS - 1_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    subscription.unsubscribe();
  });

  it('stops at logout', async () => {
    const { actions, refresh, subscription } = start();
    await jest.advanceTimersByTimeAsync(0);
    actions.next(AuthApiActions.loggedIn({ session: sessionOf(lena) }));
    actions.next(AuthActions.loggedOut({ reason: 'user' }));
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    subscription.unsubscribe();
  });

  it('tries again while the server is out of reach, at once when the network comes back', async () => {
    const { refresh, subscription } = start('unavailable');
    await jest.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    refresh.mockResolvedValue('session');
    window.dispatchEvent(new Event('online'));
    await jest.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(3);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(refresh).toHaveBeenCalledTimes(3);
    subscription.unsubscribe();
  });
});

describe('the refresh schedule', () => {
  it('never makes a loop of a clock that is ahead, nor overflows a timer', () => {
    expect(refreshDelay({ expiresAt: '2026-11-22T17:00:00.000Z' }, NOW)).toBeGreaterThanOrEqual(20_000);
    expect(refreshDelay({ expiresAt: '2099-01-01T00:00:00.000Z' }, NOW)).toBeLessThan(2 ** 31);
  });

  it('backs off from 1 to 30 seconds', () => {
    expect([1, 2, 5, 6, 50].map((attempt) => backoff(attempt, 1))).toEqual([1_000, 2_000, 16_000, 30_000, 30_000]);
  });
});

describe('the tabs of one browser', () => {
  const storeWith = (user: User | null) => ({ selectSignal: () => () => user }) as unknown as Store;

  it('tell each other of a session, and of a logout by will only', () => {
    const actions = new Subject<Action>();
    const channel = { post: jest.fn() };
    pendingLogout.remember();
    tellOtherTabs(actions as unknown as Actions, channel as unknown as SessionChannel).subscribe();
    actions.next(AuthApiActions.sessionRefreshed({ session: sessionOf(lena) }));
    expect(pendingLogout.exists()).toBe(false);
    actions.next(SessionChannelActions.sessionAdopted({ session: sessionOf(lena) }));
    actions.next(AuthActions.loggedOut({ reason: 'elsewhere' }));
    actions.next(AuthActions.loggedOut({ reason: 'expired' }));
    actions.next(AuthActions.loggedOut({ reason: 'user' }));
    expect(channel.post.mock.calls).toEqual([[{ kind: 'session', session: sessionOf(lena) }], [{ kind: 'loggedOut' }]]);
  });

  it('follow each other', () => {
    const notes = new Subject<SessionNote>();
    const seen = collect(hearOtherTabs({ notes } as unknown as SessionChannel, storeWith(lena)));
    notes.next({ kind: 'session', session: sessionOf(lena, 'theirs') });
    notes.next({ kind: 'loggedOut' });
    expect(seen).toEqual([
      SessionChannelActions.sessionAdopted({ session: sessionOf(lena, 'theirs') }),
      AuthActions.loggedOut({ reason: 'elsewhere' }),
    ]);
  });

  it('have nothing to end where nobody is logged in', () => {
    const notes = new Subject<SessionNote>();
    const seen = collect(hearOtherTabs({ notes } as unknown as SessionChannel, storeWith(null)));
    notes.next({ kind: 'loggedOut' });
    expect(seen).toEqual([]);
  });

  it('start over when another person logged in', () => {
    const user = new BehaviorSubject<User | null>(null);
    const router = routerAt('/chats');
    startOverForOtherUser({ select: () => user } as unknown as Store, router).subscribe();
    user.next(lena);
    expect(router.navigateByUrl).not.toHaveBeenCalled();
    user.next(ana);
    expect(router.navigateByUrl).toHaveBeenCalledWith('/tutor');
  });
});

describe('leaveLogin and goToLogin', () => {
  const at = (
    url: string,
    effect: (actions: Actions, router: Router) => Observable<unknown>,
    action: Action,
    goingTo?: string,
  ) => {
    const actions = new Subject<Action>();
    const router = routerAt(url, goingTo);
    effect(actions as unknown as Actions, router).subscribe();
    actions.next(action);
    return router;
  };

  it('come back to the address asked for', () => {
    const router = at(
      '/login?returnUrl=%2Fchats%3Fseq%3D3',
      leaveLogin,
      AuthApiActions.loggedIn({ session: sessionOf(lena) }),
    );
    expect(router.navigateByUrl).toHaveBeenCalledWith('/chats?seq=3');
  });

  it('leave a login that is still on its way to the screen', () => {
    const action = AuthApiActions.sessionRefreshed({ session: sessionOf(lena) });
    expect(at('/', leaveLogin, action, '/login?returnUrl=%2Fchats').navigateByUrl).toHaveBeenCalledWith('/chats');
  });

  it('go to the own start when none was asked for, or a hostile one', () => {
    const router = at(
      '/login?returnUrl=https:%2F%2Fevil.example',
      leaveLogin,
      AuthApiActions.loggedIn({ session: sessionOf(ana) }),
    );
    expect(router.navigateByUrl).toHaveBeenCalledWith('/tutor');
  });

  it('leave other pages alone', () => {
    const router = at('/chats', leaveLogin, AuthApiActions.sessionRefreshed({ session: sessionOf(lena) }));
    expect(router.navigateByUrl).not.toHaveBeenCalled();
  });

  it('remember where a session ran out, not where one was ended by will', () => {
    const expired = at('/chats?seq=3', goToLogin, AuthActions.loggedOut({ reason: 'expired' }));
    expect(expired.navigate).toHaveBeenCalledWith(['/login'], { queryParams: { returnUrl: '/chats?seq=3' } });
    const beginning = at('/', goToLogin, AuthActions.loggedOut({ reason: 'expired' }), '/account');
    expect(beginning.navigate).toHaveBeenCalledWith(['/login'], { queryParams: { returnUrl: '/account' } });
    const onItsWay = at('/', goToLogin, AuthActions.loggedOut({ reason: 'expired' }), '/login?returnUrl=%2Faccount');
    expect(onItsWay.navigate).toHaveBeenCalledWith(['/login'], { queryParams: { returnUrl: '/account' } });
    const ended = at('/chats', goToLogin, AuthActions.loggedOut({ reason: 'user' }));
    expect(ended.navigate).toHaveBeenCalledWith(['/login'], { queryParams: {} });
  });
});
