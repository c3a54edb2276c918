import { Component, DOCUMENT, computed, inject, input, output } from '@angular/core';
import type { LoginSession } from '@course-chat/contracts';
import { ACCOUNT_LABELS } from './account.labels';
import { deviceName } from './device-name';

/** Where somebody is logged in: this device first, then the others, last used first. */
@Component({
  selector: 'cc-session-list',
  styleUrl: './account-page.css',
  template: `
    <ul>
      @for (session of rows(); track session.id) {
        <li>
          <span class="what">
            <b dir="auto">{{ session.device }}</b>
            @if (session.current) {
              <span class="chip">{{ labels.thisDevice }}</span>
            } @else {
              <span class="hint">{{ labels.lastUsed(session.time) }}</span>
            }
            @if (session.address; as address) {
              <span class="hint">{{ labels.network(address) }}</span>
            }
          </span>
          @if (!session.current) {
            <button
              type="button"
              class="button alt"
              [attr.aria-disabled]="ending() !== null"
              [attr.aria-label]="labels.endOf(session.device, session.time)"
              (click)="end(session.id)"
            >
              {{ ending() === session.id ? labels.ending : labels.end }}
            </button>
          }
        </li>
      }
    </ul>
    <div role="alert">
      @if (failed()) {
        <p class="error">{{ labels.endFailed }}</p>
      }
    </div>
    @if (rows().length > 1) {
      <button type="button" class="button alt" [attr.aria-disabled]="ending() !== null" (click)="endOthers()">
        {{ ending() === 'others' ? labels.ending : labels.endOthers }}
      </button>
    } @else {
      <p class="hint">{{ labels.noOthers }}</p>
    }
  `,
})
export class SessionList {
  protected readonly labels = inject(ACCOUNT_LABELS);
  private readonly times = new Intl.DateTimeFormat(inject(DOCUMENT).documentElement.lang || 'en', {
    dateStyle: 'medium',
    timeStyle: 'short',
    // As every clock of the chat.
    hourCycle: 'h23',
  });

  readonly sessions = input.required<readonly LoginSession[]>();
  readonly ending = input.required<string | null>();
  readonly failed = input.required<boolean>();
  readonly endRequested = output<string>();
  readonly othersEndRequested = output();

  protected readonly rows = computed(() =>
    [...this.sessions()]
      .sort((a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt.localeCompare(a.lastUsedAt))
      .map((session) => ({
        ...session,
        device: deviceName(session.userAgent) ?? this.labels.unknownDevice,
        time: this.times.format(new Date(session.lastUsedAt)),
      })),
  );

  protected end(sessionId: string): void {
    if (this.ending() === null) this.endRequested.emit(sessionId);
  }

  protected endOthers(): void {
    if (this.ending() === null) this.othersEndRequested.emit();
  }
}
