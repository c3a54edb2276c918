import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Icon } from './icon';
import { CHAT_UI_LABELS } from './labels';
import { linkify } from './linkify';
import type { MessageView } from './models';
import { TICKS } from './ticks';
import { clockTime, fullTime, pageLocale } from './time-text';

/** One message: its text, time, tick and what may be done with it. */
@Component({
  selector: 'cc-message-bubble',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './message-bubble.html',
  styleUrls: ['./styles/shared.css', './message-bubble.css'],
  host: {
    role: 'article',
    '[attr.tabindex]': 'reachable() ? 0 : -1',
    '[attr.aria-labelledby]': "id('who') + ' ' + id('text') + ' ' + id('meta')",
    '[class.own]': 'message().own',
    '[class.ends-run]': 'endsRun()',
  },
})
export class MessageBubble {
  readonly message = input.required<MessageView>();
  /** Who wrote it, for those who do not see the side it stands on. */
  readonly authorName = input('');
  /** Whether it is the last of a run by one author: only that one has the square corner. */
  readonly endsRun = input(true);
  /** Whether links and buttons inside are in the tab order. */
  readonly reachable = input(true);

  readonly retry = output<string>();
  readonly discard = output<string>();
  readonly edit = output<string>();
  readonly remove = output<string>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  protected readonly key = computed(() => this.message().clientMessageId);
  protected readonly parts = computed(() => linkify(this.message().text));
  protected readonly who = computed(() => (this.message().own ? this.labels.youSaid : `${this.authorName()}:`));
  protected readonly failed = computed(() => this.message().delivery === 'failed' && this.message().own);
  protected readonly tick = computed(() => TICKS[this.message().delivery]);
  protected readonly time = computed(() => clockTime(this.message().createdAt, pageLocale()));
  protected readonly exactTime = computed(() => fullTime(this.message().createdAt, pageLocale()));
  protected readonly tabIndex = computed(() => (this.reachable() ? 0 : -1));

  protected id(part: string): string {
    return `cc-${part}-${this.message().clientMessageId}`;
  }
}
