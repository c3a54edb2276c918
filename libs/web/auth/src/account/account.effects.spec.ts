import { HttpErrorResponse } from '@angular/common/http';
import type { Actions } from '@ngrx/effects';
import type { Action } from '@ngrx/store';
import { NEVER, of, Subject, throwError } from 'rxjs';
import type { Account, LoginSession } from '@course-chat/contracts';
import { AuthActions } from '../auth.actions';
import { lena } from '../testing/samples';
import type { AccountApi } from './account-api';
import { AccountApiActions, AccountPageActions } from './account.actions';
import * as effects from './account.effects';
import { accountFeature, initialAccountState, type AccountState } from './account.feature';

const account: Account = {
  ...lena,
  email: 'lena@example.com',
  createdAt: '2026-01-02T03:04:05.000Z',
  hasPassword: true,
};
const session = (id: string, current = false): LoginSession => ({
  id: id.repeat(24),
  current,
  createdAt: '2026-01-02T03:04:05.000Z',
  lastUsedAt: '2026-01-02T03:04:05.000Z',
  userAgent: null,
  address: null,
});
const sessions = [session('a', true), session('b'), session('c')];
const refusal = (status: number, code: string) =>
  throwError(() => new HttpErrorResponse({ status, error: { error: { code, message: 'm', correlationId: 'c' } } }));
const failure = (code: 'FORBIDDEN' | 'OFFLINE' | 'RATE_LIMITED') => ({ code, fields: [], retryAfterMs: null });

/** What an effect answers to one action. */
function answers(
  effect: (actions: Actions, api: AccountApi, save: (file: Blob, name: string) => void) => unknown,
  action: Action,
  api: Partial<AccountApi>,
  save = jest.fn(),
): Action[] {
  const actions = new Subject<Action>();
  const seen: Action[] = [];
  (effect(actions as unknown as Actions, api as AccountApi, save) as Subject<Action>).subscribe((one) =>
    seen.push(one),
  );
  actions.next(action);
  return seen;
}
const after = (...actions: Action[]): AccountState => actions.reduce(accountFeature.reducer, initialAccountState);
const loaded = AccountApiActions.loaded({ account, sessions });

describe('the account page', () => {
  it('loads the account and its logins together, or neither', () => {
    const opened = AccountPageActions.opened();
    const api = { account: () => of(account), sessions: () => of(sessions) };
    expect(answers(effects.load, opened, api)).toEqual([loaded]);
    expect(answers(effects.load, opened, { ...api, sessions: () => refusal(503, 'UNAVAILABLE') })).toEqual([
      AccountApiActions.loadFailed(),
    ]);
    expect(after(opened, loaded)).toMatchObject({ status: 'loaded', account, sessions });
    expect(after(opened, AccountApiActions.loadFailed())).toMatchObject({ status: 'failed', account: null });
    // Opened again, nothing of the last visit is left.
    expect(after(loaded, AccountApiActions.passwordChanged(), opened)).toEqual({
      ...initialAccountState,
      status: 'loading',
    });
  });

  it('a new password ends the other logins; a wrong present one changes nothing', () => {
    const change = { currentPassword: 'old password', newPassword: 'new password' };
    const submitted = AccountPageActions.passwordSubmitted({ change });
    expect(answers(effects.changePassword, submitted, { changePassword: () => of(undefined) })).toEqual([
      AccountApiActions.passwordChanged(),
    ]);
    const refused = AccountApiActions.passwordRefused({ failure: failure('FORBIDDEN') });
    expect(answers(effects.changePassword, submitted, { changePassword: () => refusal(403, 'FORBIDDEN') })).toEqual([
      refused,
    ]);
    expect(after(loaded, submitted).password.status).toBe('pending');
    expect(after(loaded, submitted, AccountApiActions.passwordChanged())).toMatchObject({
      password: { status: 'done' },
      sessions: [{ current: true }],
    });
    expect(after(loaded, submitted, refused)).toMatchObject({ password: { status: 'failed' }, sessions });
  });

  it('a login is ended once; one that is over already counts as ended', () => {
    const sessionId = sessions[1]?.id ?? '';
    const requested = AccountPageActions.sessionEndRequested({ sessionId });
    for (const endSession of [() => of(undefined), () => refusal(404, 'NOT_FOUND')]) {
      expect(answers(effects.endSession, requested, { endSession })).toEqual([
        AccountApiActions.sessionEnded({ sessionId }),
      ]);
    }
    expect(answers(effects.endSession, requested, { endSession: () => refusal(503, 'UNAVAILABLE') })).toEqual([
      AccountApiActions.endFailed(),
    ]);
    expect(after(loaded, requested).ending).toBe(sessionId);
    const ended = after(loaded, requested, AccountApiActions.sessionEnded({ sessionId }));
    expect([ended.ending, ended.sessions.map(({ id }) => id)]).toEqual([null, [sessions[0]?.id, sessions[2]?.id]]);
    expect(after(loaded, requested, AccountApiActions.endFailed())).toMatchObject({
      ending: null,
      endFailed: true,
      sessions,
    });
  });

  it('all others are ended, and this one stays', () => {
    const requested = AccountPageActions.othersEndRequested();
    expect(answers(effects.endOthers, requested, { endOthers: () => of(undefined) })).toEqual([
      AccountApiActions.othersEnded(),
    ]);
    expect(answers(effects.endOthers, requested, { endOthers: () => refusal(0, '') })).toEqual([
      AccountApiActions.endFailed(),
    ]);
    expect(after(loaded, requested, AccountApiActions.othersEnded()).sessions).toEqual([sessions[0]]);
  });

  it('a copy is handed to the browser as a file, or it is said why not', () => {
    const [requested, file, save] = [AccountPageActions.downloadRequested(), new Blob(['{}']), jest.fn()];
    expect(answers(effects.download, requested, { download: () => of(file) }, save)).toEqual([
      AccountApiActions.downloaded(),
    ]);
    expect(save).toHaveBeenCalledWith(file, 'course-chat-my-data.json');
    expect(answers(effects.download, requested, { download: () => refusal(0, '') })).toEqual([
      AccountApiActions.downloadFailed({ failure: failure('OFFLINE') }),
    ]);
    expect(after(loaded, requested).download.status).toBe('pending');
    expect(after(loaded, requested, AccountApiActions.downloaded()).download.status).toBe('done');
  });

  it('an erased account is left at once, in every tab; a wrong password keeps it', () => {
    const confirmed = AccountPageActions.erasureConfirmed({ password: 'password' });
    const erase = jest.fn(() => of(undefined));
    expect(answers(effects.erase, confirmed, { erase })).toEqual([AccountApiActions.erased()]);
    expect(erase).toHaveBeenCalledWith('password');
    expect(answers(effects.leave, AccountApiActions.erased(), {})).toEqual([AuthActions.loggedOut({ reason: 'user' })]);
    const refused = AccountApiActions.erasureRefused({ failure: failure('FORBIDDEN') });
    expect(answers(effects.erase, confirmed, { erase: () => refusal(403, 'FORBIDDEN') })).toEqual([refused]);
    expect(after(loaded, confirmed, refused)).toMatchObject({ account, erasure: { status: 'failed' } });
    expect(after(loaded, confirmed, refused, AccountPageActions.erasureReconsidered()).erasure.status).toBe('idle');
    expect(after(loaded, confirmed, AccountApiActions.erased())).toEqual(initialAccountState);
  });

  it('asks the server once, however often somebody presses', () => {
    const erase = jest.fn(() => NEVER);
    const actions = new Subject<Action>();
    effects.erase(actions as unknown as Actions, { erase } as unknown as AccountApi).subscribe();
    actions.next(AccountPageActions.erasureConfirmed({ password: 'x' }));
    actions.next(AccountPageActions.erasureConfirmed({ password: 'x' }));
    expect(erase).toHaveBeenCalledTimes(1);
  });
});
