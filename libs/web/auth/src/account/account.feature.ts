import { createFeature, createReducer, on } from '@ngrx/store';
import type { Account, LoginSession } from '@course-chat/contracts';
import type { AuthFailure } from '../auth-failure';
import { AccountApiActions, AccountPageActions } from './account.actions';

/** How something that was asked for goes. */
export interface Undertaking {
  readonly status: 'idle' | 'pending' | 'done' | 'failed';
  readonly failure: AuthFailure | null;
}

/** One's own account, as long as its page is open. */
export interface AccountState {
  readonly status: 'idle' | 'loading' | 'loaded' | 'failed';
  readonly account: Account | null;
  readonly sessions: readonly LoginSession[];
  readonly password: Undertaking;
  /** The login that is being ended, or all but this one. */
  readonly ending: string | 'others' | null;
  readonly endFailed: boolean;
  readonly download: Undertaking;
  readonly erasure: Undertaking;
}

const idle: Undertaking = { status: 'idle', failure: null };
const pending: Undertaking = { status: 'pending', failure: null };
const done: Undertaking = { status: 'done', failure: null };
const refused = (failure: AuthFailure): Undertaking => ({ status: 'failed', failure });

export const initialAccountState: AccountState = {
  status: 'idle',
  account: null,
  sessions: [],
  password: idle,
  ending: null,
  endFailed: false,
  download: idle,
  erasure: idle,
};

const onlyThis = (sessions: readonly LoginSession[]) => sessions.filter(({ current }) => current);

export const accountFeature = createFeature({
  name: 'account',
  reducer: createReducer(
    initialAccountState,
    on(AccountPageActions.opened, (): AccountState => ({ ...initialAccountState, status: 'loading' })),
    on(AccountApiActions.loaded, (state, { account, sessions }): AccountState => ({
      ...state,
      status: 'loaded',
      account,
      sessions,
    })),
    on(AccountApiActions.loadFailed, (state): AccountState => ({ ...state, status: 'failed' })),
    on(AccountPageActions.passwordSubmitted, (state): AccountState => ({ ...state, password: pending })),
    // A new password ends every other login.
    on(AccountApiActions.passwordChanged, (state): AccountState => ({
      ...state,
      password: done,
      sessions: onlyThis(state.sessions),
    })),
    on(AccountApiActions.passwordRefused, (state, { failure }): AccountState => ({
      ...state,
      password: refused(failure),
    })),
    on(AccountPageActions.sessionEndRequested, (state, { sessionId }): AccountState => ({
      ...state,
      ending: sessionId,
      endFailed: false,
    })),
    on(AccountPageActions.othersEndRequested, (state): AccountState => ({
      ...state,
      ending: 'others',
      endFailed: false,
    })),
    on(AccountApiActions.sessionEnded, (state, { sessionId }): AccountState => ({
      ...state,
      ending: null,
      sessions: state.sessions.filter(({ id }) => id !== sessionId),
    })),
    on(AccountApiActions.othersEnded, (state): AccountState => ({
      ...state,
      ending: null,
      sessions: onlyThis(state.sessions),
    })),
    on(AccountApiActions.endFailed, (state): AccountState => ({ ...state, ending: null, endFailed: true })),
    on(AccountPageActions.downloadRequested, (state): AccountState => ({ ...state, download: pending })),
    on(AccountApiActions.downloaded, (state): AccountState => ({ ...state, download: done })),
    on(AccountApiActions.downloadFailed, (state, { failure }): AccountState => ({
      ...state,
      download: refused(failure),
    })),
    on(AccountPageActions.erasureConfirmed, (state): AccountState => ({ ...state, erasure: pending })),
    on(AccountPageActions.erasureReconsidered, (state): AccountState => ({ ...state, erasure: idle })),
    on(AccountApiActions.erased, (): AccountState => initialAccountState),
    on(AccountApiActions.erasureRefused, (state, { failure }): AccountState => ({
      ...state,
      erasure: refused(failure),
    })),
  ),
});
