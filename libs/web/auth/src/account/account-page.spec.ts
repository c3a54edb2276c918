import { TestBed } from '@angular/core/testing';
import { MockStore, provideMockStore } from '@ngrx/store/testing';
import type { Account, LoginSession } from '@course-chat/contracts';
import { lena } from '../testing/samples';
import { AccountPage } from './account-page';
import { AccountPageActions } from './account.actions';
import { accountFeature, initialAccountState, type AccountState } from './account.feature';

const account: Account = {
  ...lena,
  email: 'lena@example.com',
  createdAt: '2026-01-02T03:04:05.000Z',
  hasPassword: true,
};
const session = (id: string, more: Partial<LoginSession> = {}): LoginSession => ({
  id: id.repeat(24),
  current: false,
  createdAt: '2026-01-02T03:04:05.000Z',
  lastUsedAt: '2026-02-02T03:04:05.000Z',
  userAgent: null,
  address: null,
  ...more,
});
const here = session('a', { current: true, address: '198.51.100.0/24' });
const there = session('b', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
const refused = (code: 'FORBIDDEN' | 'RATE_LIMITED', retryAfterMs: number | null = null) => ({
  status: 'failed' as const,
  failure: { code, fields: [], retryAfterMs },
});

describe(AccountPage.name, () => {
  beforeAll(() => {
    // jsdom knows the element but not its methods.
    HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
      this.open = true;
    };
    HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    };
  });

  async function show(state: Partial<AccountState>) {
    TestBed.configureTestingModule({
      providers: [
        provideMockStore({
          selectors: [{ selector: accountFeature.selectAccountState, value: { ...initialAccountState, ...state } }],
        }),
      ],
    });
    const store = TestBed.inject(MockStore);
    const dispatch = jest.spyOn(store, 'dispatch');
    const fixture = TestBed.createComponent(AccountPage);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    const buttons = () => [...element.querySelectorAll('button')];
    const named = (name: string) => buttons().find((button) => button.textContent?.trim() === name);
    const press = async (name: string) => {
      named(name)?.click();
      await fixture.whenStable();
    };
    const type = async (id: string, value: string) => {
      const input = element.querySelector<HTMLInputElement>(`#${id}`);
      if (!input) throw new Error(`There is no field ${id}`);
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('blur'));
      await fixture.whenStable();
    };
    return { dispatch, element, named, press, type, text: () => element.textContent ?? '' };
  }
  const loaded: Partial<AccountState> = { status: 'loaded', account, sessions: [there, here] };

  it('asks for the account when it opens, and says so meanwhile', async () => {
    const { dispatch, text, element } = await show({ status: 'loading' });
    expect(dispatch).toHaveBeenCalledWith(AccountPageActions.opened());
    expect(text()).toContain('Loading your account…');
    expect(element.querySelector('.page')?.getAttribute('aria-busy')).toBe('true');
  });

  it('offers another try when it could not be loaded', async () => {
    const { dispatch, press, element } = await show({ status: 'failed' });
    expect(element.querySelector('[role="alert"]')?.textContent).toContain('could not be loaded');
    dispatch.mockClear();
    await press('Try again');
    expect(dispatch).toHaveBeenCalledWith(AccountPageActions.opened());
  });

  it('shows who one is, and the devices with this one first', async () => {
    const { text, element } = await show(loaded);
    for (const part of ['Lena Marsh', 'lena@example.com', 'Student', '2026']) expect(text()).toContain(part);
    const rows = [...element.querySelectorAll('li')].map((row) =>
      [...row.querySelectorAll('b, span > span, button')].map((part) => part.textContent?.trim()),
    );
    expect(rows).toEqual([
      ['Unknown device', 'This device', 'Network 198.51.100.0/24'],
      ['Firefox · Linux', expect.stringMatching(/^Last used Feb [1-3], 2026, \d\d:\d\d$/), 'Log out'],
    ]);
  });

  it('ends one device, or all others, and waits for one before the next', async () => {
    const page = await show(loaded);
    await page.press('Log out');
    expect(page.dispatch).toHaveBeenCalledWith(AccountPageActions.sessionEndRequested({ sessionId: there.id }));
    await page.press('Log out all other devices');
    expect(page.dispatch).toHaveBeenCalledWith(AccountPageActions.othersEndRequested());
    TestBed.resetTestingModule();
    const busy = await show({ ...loaded, ending: there.id });
    busy.dispatch.mockClear();
    await busy.press('Logging out…');
    await busy.press('Log out all other devices');
    expect(busy.dispatch).not.toHaveBeenCalled();
    TestBed.resetTestingModule();
    const alone = await show({ ...loaded, sessions: [here], endFailed: true });
    expect(alone.text()).toContain('You are logged in nowhere else.');
    expect(alone.text()).toContain('That did not work. Try again.');
  });

  it('changes the password, once both are there', async () => {
    const { dispatch, press, type, text } = await show(loaded);
    dispatch.mockClear();
    await type('present-password', 'the old one');
    await type('new-password', 'short');
    await press('Change password');
    expect(dispatch).not.toHaveBeenCalled();
    expect(text()).toContain('Choose a password of 8 to 128 characters.');
    await type('new-password', 'a longer one');
    await press('Change password');
    expect(dispatch).toHaveBeenCalledWith(
      AccountPageActions.passwordSubmitted({ change: { currentPassword: 'the old one', newPassword: 'a longer one' } }),
    );
  });

  it('says what became of the password', async () => {
    expect((await show({ ...loaded, password: { status: 'done', failure: null } })).text()).toContain('is changed');
    TestBed.resetTestingModule();
    const { text, named } = await show({ ...loaded, password: refused('RATE_LIMITED', 90_000) });
    expect(text()).toContain('Try again in 2 minutes.');
    expect(named('Change password')?.getAttribute('aria-disabled')).toBe('true');
  });

  it('says at its own field that the current password is wrong, and goes there', async () => {
    const { element } = await show({ ...loaded, password: refused('FORBIDDEN') });
    const [current, next] = ['present-password', 'new-password'].map((id) => element.querySelector(`#${id}`));
    const error = element.querySelector(`#${current?.getAttribute('aria-describedby')}`);
    expect(error?.textContent).toBe('The current password is not right.');
    expect([current, next].map((input) => input?.getAttribute('aria-invalid'))).toEqual(['true', null]);
    expect(document.activeElement).toBe(current);
    expect(element.querySelector('cc-password-form [role="alert"]')?.textContent?.trim()).toBe('');
  });

  it('hands over a copy, and says when it is there', async () => {
    const { dispatch, press } = await show(loaded);
    await press('Download my data');
    expect(dispatch).toHaveBeenCalledWith(AccountPageActions.downloadRequested());
    TestBed.resetTestingModule();
    const pending = await show({ ...loaded, download: { status: 'pending', failure: null } });
    pending.dispatch.mockClear();
    await pending.press('Preparing the file…');
    expect(pending.dispatch).not.toHaveBeenCalled();
    TestBed.resetTestingModule();
    expect((await show({ ...loaded, download: { status: 'done', failure: null } })).text()).toContain(
      'among your downloads',
    );
  });

  it('deletes the account after a question and with the password', async () => {
    const { dispatch, press, type, element, text } = await show(loaded);
    await press('Delete account');
    dispatch.mockClear();
    expect(element.querySelector('dialog')?.open).toBe(true);
    await press('Delete for good');
    expect(dispatch).not.toHaveBeenCalled();
    expect(text()).toContain('Enter your password.');
    await type('erase-password', 'my password');
    await press('Delete for good');
    expect(dispatch).toHaveBeenCalledWith(AccountPageActions.erasureConfirmed({ password: 'my password' }));
    await press('Keep my account');
    expect(dispatch).toHaveBeenCalledWith(AccountPageActions.erasureReconsidered());
    expect(element.querySelector('dialog')).toBeNull();
  });

  it('somebody without a password is asked for none', async () => {
    const { dispatch, press, element, text } = await show({
      ...loaded,
      account: { ...account, hasPassword: false, email: null },
    });
    expect(text()).toContain('None');
    await press('Delete account');
    expect(element.querySelectorAll('input')).toHaveLength(0);
    await press('Delete for good');
    expect(dispatch).toHaveBeenCalledWith(AccountPageActions.erasureConfirmed({ password: null }));
  });

  it('an administrator is told who deletes their account', async () => {
    const { named, text } = await show({ ...loaded, account: { ...account, role: 'admin' } });
    expect(named('Delete account')).toBeUndefined();
    expect(text()).toContain('by another administrator');
  });
});
