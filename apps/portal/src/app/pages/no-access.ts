import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { AccountMenuActions, selectUser } from '@course-chat/web/auth';
import { PORTAL_LABELS } from '../portal.labels';

/** An address that belongs to another role. */
@Component({
  selector: 'cc-no-access',
  imports: [RouterLink],
  styleUrl: './message-page.css',
  template: `
    <main>
      <h1>{{ labels.noAccess }}</h1>
      <p>{{ labels.noAccessHint(name()) }}</p>
      <a routerLink="/">{{ labels.toStart }}</a>
      <button type="button" (click)="logOut()">{{ labels.logOut }}</button>
    </main>
  `,
})
export class NoAccess {
  protected readonly labels = inject(PORTAL_LABELS);
  private readonly store = inject(Store);
  private readonly user = this.store.selectSignal(selectUser);
  protected readonly name = computed(() => this.user()?.name ?? '');

  protected logOut(): void {
    this.store.dispatch(AccountMenuActions.logoutConfirmed());
  }
}
