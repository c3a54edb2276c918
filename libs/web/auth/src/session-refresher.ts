import { Service, inject } from '@angular/core';
import { Store } from '@ngrx/store';
import { firstValueFrom, timeout } from 'rxjs';
import { AuthApi } from './auth-api';
import { toFailure } from './auth-failure';
import { AuthActions, AuthApiActions } from './auth.actions';
import { selectAccessToken, selectStatus } from './auth.feature';
import { pendingLogout } from './pending-logout';
import { takeSessionAhead } from './session-ahead';
import { inTurn, REFRESH_TIMEOUT_MS } from './session-tabs';

/** `session`: there is a token now. `nobody`: nobody is logged in. `unavailable`: no usable answer, try later. */
export type RefreshOutcome = 'session' | 'nobody' | 'unavailable';

/**
 * The one way to a new access token. Whoever needs one shares the flight that is under way, and the tabs of one
 * browser take turns: each refresh makes the cookie of the one before it worthless.
 */
@Service()
export class SessionRefresher {
  private readonly api = inject(AuthApi);
  private readonly store = inject(Store);
  private readonly token = this.store.selectSignal(selectAccessToken);
  private readonly status = this.store.selectSignal(selectStatus);
  private flight: Promise<RefreshOutcome> | null = null;

  /** Never rejects. */
  refresh(): Promise<RefreshOutcome> {
    this.flight ??= this.run().finally(() => (this.flight = null));
    return this.flight;
  }

  /** Waits for the flight that is under way, if any: an answer that came later would lay its cookie over a new login's. */
  async landed(): Promise<void> {
    await this.flight;
  }

  /**
   * A token fit for a request: the one in memory, or a new one if there is none or `refused` says it is worthless.
   * Null when nobody is logged in; rejects while the server is out of reach.
   */
  async accessToken(refused?: string): Promise<string | null> {
    const held = this.token();
    if (held !== null && held !== refused) return held;
    if (held === null && this.status() === 'signedOut') return null;
    if ((await this.refresh()) === 'unavailable') throw new Error('No answer to the refresh of the session');
    return this.token();
  }

  /** Ends the session at the server, after a refresh that may be under way: it would outlive the logout. */
  logOut(): Promise<void> {
    return inTurn(() => firstValueFrom(this.api.logout().pipe(timeout(REFRESH_TIMEOUT_MS))));
  }

  private async run(): Promise<RefreshOutcome> {
    const ahead = takeSessionAhead();
    const before = { token: this.token(), status: this.status() };
    const unchanged = () => this.token() === before.token && this.status() === before.status;
    return inTurn(async () => {
      // Another tab may have refreshed, or ended the session, while this one waited for its turn.
      if (!unchanged()) return this.outcome();
      try {
        if (pendingLogout.exists()) return await this.finishLogout();
        const session =
          (ahead && (await ahead())) ?? (await firstValueFrom(this.api.refresh().pipe(timeout(REFRESH_TIMEOUT_MS))));
        // A logout in the meantime wins: its session must not come back to life.
        if (unchanged()) this.store.dispatch(AuthApiActions.sessionRefreshed({ session }));
        return this.outcome();
      } catch (error) {
        if (toFailure(error).code !== 'UNAUTHENTICATED') {
          this.store.dispatch(AuthApiActions.refreshUnavailable());
          return 'unavailable';
        }
        pendingLogout.clear();
        if (unchanged()) this.store.dispatch(this.ended());
        return this.outcome();
      }
    });
  }

  private async finishLogout(): Promise<RefreshOutcome> {
    await firstValueFrom(this.api.logout().pipe(timeout(REFRESH_TIMEOUT_MS)));
    pendingLogout.clear();
    this.store.dispatch(this.ended());
    return 'nobody';
  }

  private ended() {
    return this.status() === 'signedIn'
      ? AuthActions.loggedOut({ reason: 'expired' })
      : AuthApiActions.nobodyLoggedIn();
  }

  private outcome(): RefreshOutcome {
    return this.status() === 'signedIn' ? 'session' : 'nobody';
  }
}
