import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import type { Session, User } from '@course-chat/contracts';
import type { AuthFailure } from './auth-failure';
import {
  AccountMenuActions,
  AuthActions,
  AuthApiActions,
  LoginPageActions,
  RegisterPageActions,
  SessionChannelActions,
  type SessionEnd,
} from './auth.actions';

/**
 * `unknown` until the first refresh was answered, where this browser remembers nobody: the cookie may still hold a session.
 * `signedIn` without an access token is somebody this browser remembers, whom the server has not confirmed yet.
 */
export type AuthStatus = 'unknown' | 'signedOut' | 'signedIn';

/** The session of this tab. It lives in memory only: a reload starts from the cookie again. */
export interface AuthState {
  readonly status: AuthStatus;
  readonly user: User | null;
  readonly accessToken: string | null;
  readonly expiresAt: string | null;
  /** Whether a login or a registration is under way. */
  readonly pending: boolean;
  readonly failure: AuthFailure | null;
  /** Whether somebody asked to log out and the server has not answered yet. */
  readonly leaving: boolean;
  /** Whether the last try to refresh got no usable answer. */
  readonly unreachable: boolean;
  /** Why the last session ended without this tab asking for it, until the next one. */
  readonly endedBy: Exclude<SessionEnd, 'user'> | null;
}

export const initialAuthState: AuthState = {
  status: 'unknown',
  user: null,
  accessToken: null,
  expiresAt: null,
  pending: false,
  failure: null,
  leaving: false,
  unreachable: false,
  endedBy: null,
};

function signedIn(_: AuthState, { session }: { session: Session }): AuthState {
  const { user, accessToken, expiresAt } = session;
  return { ...initialAuthState, status: 'signedIn', user, accessToken, expiresAt };
}

const signedOut: AuthState = { ...initialAuthState, status: 'signedOut' };

export const authFeature = createFeature({
  name: 'auth',
  reducer: createReducer(
    initialAuthState,
    on(
      AuthApiActions.loggedIn,
      AuthApiActions.registered,
      AuthApiActions.sessionRefreshed,
      SessionChannelActions.sessionAdopted,
      signedIn,
    ),
    on(AccountMenuActions.logoutConfirmed, (state): AuthState => ({ ...state, leaving: true })),
    on(AuthApiActions.nobodyLoggedIn, () => signedOut),
    on(AuthActions.loggedOut, (_, { reason }): AuthState => ({
      ...signedOut,
      endedBy: reason === 'user' ? null : reason,
    })),
    on(AuthActions.personRemembered, (state, { user }): AuthState =>
      state.status === 'unknown' ? { ...state, status: 'signedIn', user } : state,
    ),
    on(AuthApiActions.refreshUnavailable, (state): AuthState => ({ ...state, unreachable: true })),
    on(LoginPageActions.opened, RegisterPageActions.opened, (state): AuthState => ({ ...state, failure: null })),
    on(LoginPageActions.submitted, RegisterPageActions.submitted, (state): AuthState => ({
      ...state,
      pending: true,
      failure: null,
    })),
    on(AuthApiActions.loginFailed, AuthApiActions.registrationFailed, (state, { failure }): AuthState => ({
      ...state,
      pending: false,
      failure,
    })),
  ),
  extraSelectors: ({ selectStatus }) => ({
    selectSignedIn: createSelector(selectStatus, (status) => status === 'signedIn'),
  }),
});

export const { selectUser, selectSignedIn, selectAccessToken, selectStatus } = authFeature;
