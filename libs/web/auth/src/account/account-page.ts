import { Component, DOCUMENT, computed, inject, signal } from '@angular/core';
import { Store } from '@ngrx/store';
import type { PasswordChange } from '@course-chat/contracts';
import { countdownOf } from '../countdown';
import { accountFailureText } from './account-failure-text';
import { AccountPageActions } from './account.actions';
import { accountFeature } from './account.feature';
import { ACCOUNT_LABELS } from './account.labels';
import { EraseDialog } from './erase-dialog';
import { PasswordForm } from './password-form';
import { SessionList } from './session-list';

/** One's own account: who one is here, where one is logged in, and what is kept. */
@Component({
  selector: 'cc-account-page',
  imports: [EraseDialog, PasswordForm, SessionList],
  templateUrl: './account-page.html',
  styleUrl: './account-page.css',
})
export class AccountPage {
  protected readonly labels = inject(ACCOUNT_LABELS);
  private readonly store = inject(Store);
  private readonly dates = new Intl.DateTimeFormat(inject(DOCUMENT).documentElement.lang || 'en', {
    dateStyle: 'long',
  });

  protected readonly state = this.store.selectSignal(accountFeature.selectAccountState);
  protected readonly asking = signal(false);
  protected readonly since = computed(() => {
    const account = this.state().account;
    return account && this.dates.format(new Date(account.createdAt));
  });
  private readonly waitMs = countdownOf(computed(() => this.state().download.failure));
  protected readonly downloadBlocked = computed(() => this.state().download.status === 'pending' || this.waitMs() > 0);
  protected readonly downloadFailure = computed(() => {
    const { failure } = this.state().download;
    return failure && accountFailureText(failure, this.labels, this.waitMs());
  });

  constructor() {
    this.open();
  }

  protected open(): void {
    this.store.dispatch(AccountPageActions.opened());
  }

  protected changePassword(change: PasswordChange): void {
    this.store.dispatch(AccountPageActions.passwordSubmitted({ change }));
  }

  protected endSession(sessionId: string): void {
    this.store.dispatch(AccountPageActions.sessionEndRequested({ sessionId }));
  }

  protected endOthers(): void {
    this.store.dispatch(AccountPageActions.othersEndRequested());
  }

  protected download(): void {
    if (!this.downloadBlocked()) this.store.dispatch(AccountPageActions.downloadRequested());
  }

  protected erase(password: string | null): void {
    this.store.dispatch(AccountPageActions.erasureConfirmed({ password }));
  }

  protected keep(): void {
    this.asking.set(false);
    this.store.dispatch(AccountPageActions.erasureReconsidered());
  }
}
