import { NgComponentOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  inject,
  input,
  output,
  signal,
  type OutputEmitterRef,
} from '@angular/core';
import { Icon } from './icon';
import { kindOf } from './kinds/message-kinds';
import { CHAT_UI_LABELS } from './labels';
import { LongPress } from './long-press';
import { MessageActions } from './message-actions';
import type { MessageView } from './models';
import { TICKS } from './ticks';
import { clockTime, fullTime, pageLocale } from './time-text';

/** One message: its text, time, tick and what may be done with it. */
@Component({
  selector: 'cc-message-bubble',
  imports: [Icon, MessageActions, NgComponentOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './message-bubble.html',
  styleUrls: ['./styles/shared.css', './message-bubble.css'],
  hostDirectives: [LongPress],
  host: {
    role: 'article',
    '[attr.tabindex]': 'reachable() ? 0 : -1',
    '[attr.aria-labelledby]': "id('who') + ' ' + id('text') + ' ' + id('meta')",
    '[class.own]': 'message().own',
    '[class.ends-run]': 'endsRun()',
    '(pointerenter)': 'near.set(true)',
    '(pointerleave)': 'near.set(false)',
    '(focusin)': 'focused.set(true)',
    '(focusout)': 'focused.set(false)',
    '(keydown.enter)': 'enter($event)',
    '(keydown.escape)': 'leave($event)',
  },
})
export class MessageBubble {
  readonly message = input.required<MessageView>();
  /** Who wrote it, for those who do not see the side it stands on. */
  readonly authorName = input('');
  /** Whether it is the last of a run by one author: only that one has the square corner. */
  readonly endsRun = input(true);
  /** Whether it is in the tab order. */
  readonly reachable = input(true);

  readonly retry = output<string>();
  readonly discard = output<string>();
  readonly edit = output<string>();
  readonly remove = output<string>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly kind = computed(() => kindOf(this.message()));
  protected readonly bodyInputs = computed(() => ({ message: this.message(), reachable: this.entered() }));
  protected readonly who = computed(() => (this.message().own ? this.labels.youSaid : `${this.authorName()}:`));
  protected readonly failed = computed(() => this.message().delivery === 'failed' && this.message().own);
  protected readonly tick = computed(() => TICKS[this.message().delivery]);
  protected readonly time = computed(() => clockTime(this.message().createdAt, pageLocale()));
  protected readonly exactTime = computed(() => fullTime(this.message().createdAt, pageLocale()));
  /** Whether a pointer is over it. */
  protected readonly near = signal(false);
  protected readonly focused = signal(false);
  /** Whether links and buttons inside are in the tab order: whoever comes from below must not land on what deletes. */
  protected readonly entered = computed(() => this.reachable() && this.focused());
  /** What can be changed always has its buttons; the rest gets them when somebody turns to it. */
  protected readonly hasActions = computed(() => {
    const { deleted, canEdit, canDelete } = this.message();
    return !deleted && !this.failed() && (canEdit || canDelete || this.near() || this.focused());
  });

  constructor() {
    inject(LongPress).longPressed.subscribe(() => this.focus());
  }

  protected id(part: string): string {
    return `cc-${part}-${this.message().clientMessageId}`;
  }

  /** Emits, and keeps the focus on the message: the button that was pressed may be about to go. */
  protected act(what: OutputEmitterRef<string>): void {
    this.focus();
    what.emit(this.message().clientMessageId);
  }

  protected focus(): void {
    this.host.focus({ preventScroll: true });
  }

  /** Enter on the message leads into what can be done with it, Escape back. */
  protected enter(event: Event): void {
    if (event.target !== this.host) return;
    event.preventDefault();
    this.host.querySelector<HTMLElement>('a, button')?.focus();
  }

  protected leave(event: Event): void {
    if (event.target === this.host) return;
    event.stopPropagation();
    this.focus();
  }
}
