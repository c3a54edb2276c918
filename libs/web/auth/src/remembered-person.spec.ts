import { TestBed } from '@angular/core/testing';
import { provideEffects } from '@ngrx/effects';
import { provideStore, Store } from '@ngrx/store';
import { AuthActions, AuthApiActions } from './auth.actions';
import { authFeature } from './auth.feature';
import { pendingLogout } from './pending-logout';
import { RememberedPerson } from './remembered-person';
import * as effects from './remembered-person.effects';
import { ana, lena, sessionOf } from './testing/samples';

const DAY_MS = 24 * 3_600_000;

describe(RememberedPerson.name, () => {
  beforeEach(() => localStorage.clear());

  /** A page that starts. */
  function start() {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [provideStore({ [authFeature.name]: authFeature.reducer }), provideEffects(effects)],
    });
    const store = TestBed.inject(Store);
    return { store, state: store.selectSignal(authFeature.selectAuthState), person: TestBed.inject(RememberedPerson) };
  }

  it('lets the next start begin with whoever is logged in, without a token', () => {
    const first = start();
    expect(first.state().status).toBe('unknown');
    first.store.dispatch(AuthApiActions.sessionRefreshed({ session: sessionOf(lena, 'token') }));
    expect(start().state()).toMatchObject({ status: 'signedIn', user: lena, accessToken: null });
  });

  it.each([
    AuthActions.loggedOut({ reason: 'user' }),
    AuthActions.loggedOut({ reason: 'expired' }),
    AuthActions.loggedOut({ reason: 'elsewhere' }),
    AuthApiActions.nobodyLoggedIn(),
  ])('is forgotten with the login', (over) => {
    const { store } = start();
    store.dispatch(AuthApiActions.loggedIn({ session: sessionOf(lena, 'token') }));
    store.dispatch(over);
    expect(start().state().status).toBe('unknown');
  });

  it('changes nothing that is known already', () => {
    const { store, state } = start();
    store.dispatch(AuthApiActions.loggedIn({ session: sessionOf(lena, 'token') }));
    store.dispatch(AuthActions.personRemembered({ user: ana }));
    expect(state()).toMatchObject({ user: lena, accessToken: 'token' });
  });

  it('is nobody while a logout has yet to reach the server, after a month, and for what nobody wrote', () => {
    const { person } = start();
    person.remember(lena);
    expect(person.get()).toEqual(lena);
    expect(person.get(Date.now() + 31 * DAY_MS)).toBeNull();
    pendingLogout.remember();
    expect(person.get()).toBeNull();
    pendingLogout.clear();
    for (const text of ['', '{', '{"user":{"id":"x"},"at":1}', 'null']) {
      localStorage.setItem('course-chat.person', text);
      expect(person.get()).toBeNull();
    }
  });
});
