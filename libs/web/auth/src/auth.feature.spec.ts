import { AuthActions, AuthApiActions, LoginPageActions, SessionChannelActions } from './auth.actions';
import { authFeature, initialAuthState, selectAccessToken, selectSignedIn } from './auth.feature';
import { ana, lena, sessionOf } from './testing/samples';

const { reducer } = authFeature;

describe('authFeature', () => {
  it('knows nothing before the first refresh was answered', () => {
    expect(initialAuthState.status).toBe('unknown');
    expect(selectSignedIn({ auth: initialAuthState })).toBe(false);
  });

  it.each([
    AuthApiActions.loggedIn,
    AuthApiActions.registered,
    AuthApiActions.sessionRefreshed,
    SessionChannelActions.sessionAdopted,
  ])('is signed in after $type', (action) => {
    const state = reducer(
      { ...initialAuthState, unreachable: true, pending: true },
      action({ session: sessionOf(lena) }),
    );
    expect(state).toMatchObject({
      status: 'signedIn',
      user: lena,
      accessToken: 'token-1',
      unreachable: false,
      pending: false,
    });
  });

  it('forgets the person and the token at logout', () => {
    const signedIn = reducer(initialAuthState, AuthApiActions.loggedIn({ session: sessionOf(ana) }));
    const state = reducer(signedIn, AuthActions.loggedOut({ reason: 'user' }));
    expect(state).toEqual({ ...initialAuthState, status: 'signedOut' });
    expect(selectAccessToken({ auth: state })).toBeNull();
  });

  it.each(['expired', 'elsewhere'] as const)(
    'remembers that a session was over (%s) until the next login',
    (reason) => {
      const signedIn = reducer(initialAuthState, AuthApiActions.loggedIn({ session: sessionOf(ana) }));
      const over = reducer(signedIn, AuthActions.loggedOut({ reason }));
      expect(over).toEqual({ ...initialAuthState, status: 'signedOut', endedBy: reason });
      const tried = reducer(over, LoginPageActions.submitted({ body: { email: 'a@b.example', password: 'x' } }));
      expect(tried.endedBy).toBe(reason);
      expect(reducer(tried, AuthApiActions.loggedIn({ session: sessionOf(ana) })).endedBy).toBeNull();
    },
  );

  it('stays unknown while the server is out of reach, and says so', () => {
    expect(reducer(initialAuthState, AuthApiActions.refreshUnavailable())).toMatchObject({
      status: 'unknown',
      unreachable: true,
    });
  });

  it('shows why a login failed until the next one', () => {
    const failure = { code: 'UNAUTHENTICATED', fields: [], retryAfterMs: null } as const;
    const failed = reducer({ ...initialAuthState, pending: true }, AuthApiActions.loginFailed({ failure }));
    expect(failed).toMatchObject({ pending: false, failure });
    const again = reducer(failed, LoginPageActions.submitted({ body: { email: 'a@b.example', password: 'x' } }));
    expect(again).toMatchObject({ pending: true, failure: null });
  });
});
