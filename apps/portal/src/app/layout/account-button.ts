import { Component, inject, signal } from '@angular/core';
import { Store } from '@ngrx/store';
import { selectUser } from '@course-chat/web/auth';
import { Avatar } from '@course-chat/web/chat/ui';
import { PORTAL_LABELS } from '../portal.labels';
import { AccountMenu } from './account-menu';

/** The way to the account menu, which is loaded when somebody first reaches for it: most visits never open it. */
@Component({
  selector: 'cc-account-button',
  imports: [AccountMenu, Avatar],
  styleUrl: './account-button.css',
  template: `
    @if (user(); as user) {
      @defer (when wanted(); prefetch on hover) {
        <cc-account-menu />
      } @placeholder {
        <button
          type="button"
          class="trigger"
          aria-haspopup="menu"
          aria-expanded="false"
          [attr.aria-label]="labels.account"
          (click)="wanted.set(true)"
        >
          <cc-avatar [name]="user.name" [avatarUrl]="user.avatarUrl" [size]="36" />
        </button>
      }
    }
  `,
})
export class AccountButton {
  protected readonly labels = inject(PORTAL_LABELS);
  protected readonly user = inject(Store).selectSignal(selectUser);
  protected readonly wanted = signal(false);
}
