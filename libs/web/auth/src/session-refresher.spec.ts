import { HttpErrorResponse } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { provideStore, Store } from '@ngrx/store';
import { firstValueFrom, NEVER, of, Subject, throwError, type Observable } from 'rxjs';
import type { Session } from '@course-chat/contracts';
import { AuthActions, AuthApiActions, SessionChannelActions } from './auth.actions';
import { AuthApi } from './auth-api';
import { authFeature, type AuthState } from './auth.feature';
import { pendingLogout } from './pending-logout';
import { askForSession } from './ask-for-session';
import { SessionRefresher } from './session-refresher';
import { REFRESH_TIMEOUT_MS } from './session-tabs';
import { lena, sessionOf } from './testing/samples';

const refused = () => throwError(() => new HttpErrorResponse({ status: 401 }));
const unreachable = () => throwError(() => new HttpErrorResponse({ status: 0 }));

describe(SessionRefresher.name, () => {
  const refresh = jest.fn<Observable<Session>, []>();
  const logout = jest.fn<Observable<void>, []>();
  let refresher: SessionRefresher;
  let store: Store;

  beforeEach(() => {
    localStorage.clear();
    refresh.mockReset().mockReturnValue(of(sessionOf(lena, 'fresh')));
    logout.mockReset().mockReturnValue(of(undefined));
    TestBed.configureTestingModule({
      providers: [
        provideStore({ [authFeature.name]: authFeature.reducer }),
        { provide: AuthApi, useValue: { refresh, logout } },
      ],
    });
    refresher = TestBed.inject(SessionRefresher);
    store = TestBed.inject(Store);
  });

  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(navigator, 'locks');
  });

  const state = (): Promise<AuthState> => firstValueFrom(store.select(authFeature.selectAuthState));
  const signIn = (token = 'token-1') => store.dispatch(AuthApiActions.loggedIn({ session: sessionOf(lena, token) }));

  it('shares one flight among everybody who waits', async () => {
    const outcomes = await Promise.all([refresher.refresh(), refresher.refresh(), refresher.accessToken()]);
    expect(outcomes).toEqual(['session', 'session', 'fresh']);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('flies again once the flight has landed', async () => {
    await refresher.refresh();
    await refresher.refresh();
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('says that nobody is logged in when the cookie is worth nothing', async () => {
    refresh.mockImplementation(refused);
    expect(await refresher.refresh()).toBe('nobody');
    expect(await state()).toMatchObject({ status: 'signedOut' });
  });

  it('says that the login of somebody this browser remembers ran out', async () => {
    store.dispatch(AuthActions.personRemembered({ user: lena }));
    refresh.mockImplementation(refused);
    expect(await refresher.refresh()).toBe('nobody');
    expect(await state()).toMatchObject({ status: 'signedOut', user: null, endedBy: 'expired' });
  });

  it('does not mistake trouble with the network for a logout', async () => {
    signIn();
    refresh.mockImplementation(unreachable);
    expect(await refresher.refresh()).toBe('unavailable');
    expect(await state()).toMatchObject({ status: 'signedIn', accessToken: 'token-1', unreachable: true });
  });

  it('gives up on an answer that never comes', async () => {
    jest.useFakeTimers();
    refresh.mockReturnValue(NEVER);
    const outcome = refresher.refresh();
    await jest.advanceTimersByTimeAsync(REFRESH_TIMEOUT_MS);
    expect(await outcome).toBe('unavailable');
  });

  it('does not bring a session back to life that was logged out meanwhile', async () => {
    signIn();
    const answer = new Subject<Session>();
    refresh.mockReturnValue(answer);
    const outcome = refresher.refresh();
    await Promise.resolve();
    store.dispatch(AuthActions.loggedOut({ reason: 'user' }));
    answer.next(sessionOf(lena, 'late'));
    expect(await outcome).toBe('nobody');
    expect(await state()).toMatchObject({ status: 'signedOut', accessToken: null });
  });

  it('takes over what another tab fetched while this one waited for its turn', async () => {
    signIn('old');
    let turn: () => void = () => undefined;
    const request = (_name: string, work: () => Promise<unknown>) =>
      new Promise<void>((done) => (turn = done)).then(work);
    Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
    const outcome = refresher.refresh();
    store.dispatch(SessionChannelActions.sessionAdopted({ session: sessionOf(lena, 'from the other tab') }));
    turn();
    expect(await outcome).toBe('session');
    expect(refresh).not.toHaveBeenCalled();
    expect(await state()).toMatchObject({ accessToken: 'from the other tab' });
  });

  it('ends a session first that a logout could not reach', async () => {
    pendingLogout.remember();
    expect(await refresher.refresh()).toBe('nobody');
    expect(logout).toHaveBeenCalledTimes(1);
    expect(refresh).not.toHaveBeenCalled();
    expect(pendingLogout.exists()).toBe(false);
  });

  it('takes what the page asked for before the application started, once', async () => {
    const body = sessionOf(lena, 'ahead');
    Object.assign(globalThis, { fetch: jest.fn().mockResolvedValue({ status: 200, json: async () => body }) });
    askForSession();
    await refresher.refresh();
    expect(await state()).toMatchObject({ status: 'signedIn', accessToken: 'ahead' });
    expect(refresh).not.toHaveBeenCalled();
    await refresher.refresh();
    expect(await state()).toMatchObject({ accessToken: 'fresh' });
  });

  it('asks by itself where what was asked ahead had no answer', async () => {
    Object.assign(globalThis, { fetch: jest.fn().mockRejectedValue(new TypeError('Failed to fetch')) });
    askForSession();
    expect(await refresher.refresh()).toBe('session');
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  describe('accessToken', () => {
    it('hands out the token in memory', async () => {
      signIn();
      expect(await refresher.accessToken()).toBe('token-1');
      expect(refresh).not.toHaveBeenCalled();
    });

    it('replaces one that was refused, and not one that was replaced already', async () => {
      signIn();
      expect(await refresher.accessToken('token-1')).toBe('fresh');
      expect(await refresher.accessToken('token-1')).toBe('fresh');
      expect(refresh).toHaveBeenCalledTimes(1);
    });

    it('is null when nobody is logged in', async () => {
      store.dispatch(AuthApiActions.nobodyLoggedIn());
      expect(await refresher.accessToken()).toBeNull();
      expect(refresh).not.toHaveBeenCalled();
    });

    it('rejects while the server is out of reach', async () => {
      refresh.mockImplementation(unreachable);
      await expect(refresher.accessToken()).rejects.toThrow();
    });
  });
});
