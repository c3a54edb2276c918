import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { DemoLogins, Role } from '@course-chat/contracts';
import { AUTH_LABELS } from './auth.labels';

const ROLES: readonly Role[] = ['student', 'tutor', 'admin'];
/** So many of one role are shown at first. */
const AT_FIRST = 4;

type DemoLogin = DemoLogins['accounts'][number];

/** The demo's people, by role. */
@Component({
  selector: 'cc-demo-accounts',
  styleUrl: './demo-accounts.css',
  template: `
    <h2>{{ labels.demoTitle }}</h2>
    <p>{{ labels.demoHint }}</p>
    @for (group of groups(); track group.role) {
      <h3 [id]="'demo-' + group.role">{{ labels.demoRoles[group.role] }}</h3>
      <ul [attr.aria-labelledby]="'demo-' + group.role">
        @for (account of group.shown; track account.email) {
          <li>
            <button type="button" (click)="chosen.emit(account)">
              <span>{{ account.name }}</span>
              <small>{{ account.email }}</small>
            </button>
          </li>
        }
        @if (group.hidden; as count) {
          <li>
            <button type="button" class="more" (click)="unfolded.set(true)">{{ labels.demoMore(count) }}</button>
          </li>
        }
      </ul>
    }
  `,
})
export class DemoAccounts {
  protected readonly labels = inject(AUTH_LABELS);

  readonly accounts = input.required<readonly DemoLogin[]>();
  readonly chosen = output<DemoLogin>();

  protected readonly unfolded = signal(false);
  protected readonly groups = computed(() =>
    ROLES.map((role) => {
      const all = this.accounts().filter((account) => account.role === role);
      const shown = this.unfolded() ? all : all.slice(0, AT_FIRST);
      return { role, shown, hidden: all.length - shown.length };
    }).filter(({ shown }) => shown.length > 0),
  );
}
