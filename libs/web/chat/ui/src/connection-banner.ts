import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { Icon } from './icon';
import { CHAT_UI_LABELS } from './labels';
import type { Connection } from './models';

/** Trouble shorter than this is none. */
const PATIENCE_MS = 2_000;
/** How long good news stays. */
const GOOD_NEWS_MS = 2_000;

/** Says calmly that the line is down, after two seconds of it, and that it is back. */
@Component({
  selector: 'cc-connection-banner',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="status">
      @switch (shown()) {
        @case ('offline') {
          <p>
            <cc-icon name="alert" /><span>{{ labels.offlineBanner }}</span>
          </p>
        }
        @case ('connecting') {
          <p>
            <cc-icon name="clock" /><span>{{ labels.reconnecting }}</span>
          </p>
        }
        @case ('online') {
          <p class="good">
            <cc-icon name="check" /><span>{{ labels.backOnline }}</span>
          </p>
        }
      }
    </div>
  `,
  styleUrl: './styles/shared.css',
  styles: `
    :host {
      display: block;
      flex: none;
    }
    p {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 8px;
      margin: 0;
      padding: 6px 16px;
      background: var(--chat-accent-soft);
      color: var(--chat-text);
      font-size: 14px;
    }
    p.good {
      background: var(--chat-brand-soft);
    }
    cc-icon {
      color: var(--chat-accent);
    }
    .good cc-icon {
      color: var(--chat-online);
    }
  `,
})
export class ConnectionBanner {
  readonly connection = input.required<Connection>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  /** What the banner says; null while it says nothing. */
  protected readonly shown = signal<Connection | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private inTrouble = false;

  constructor() {
    effect(() => {
      const connection = this.connection();
      untracked(() => this.follow(connection));
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  private follow(connection: Connection): void {
    if (connection === 'online') this.recover();
    else if (this.shown() !== null && this.shown() !== 'online') this.shown.set(connection);
    else if (!this.inTrouble) {
      this.inTrouble = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.shown.set(untracked(this.connection)), PATIENCE_MS);
    }
  }

  private recover(): void {
    this.inTrouble = false;
    clearTimeout(this.timer);
    if (this.shown() === null) return;
    this.shown.set('online');
    this.timer = setTimeout(() => this.shown.set(null), GOOD_NEWS_MS);
  }
}
