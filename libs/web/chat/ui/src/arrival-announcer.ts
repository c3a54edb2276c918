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
import { arrivedSince, failedSince } from './arrivals';
import { kindOf } from './kinds/message-kinds';
import { CHAT_UI_LABELS } from './labels';
import type { MessageView } from './models';

/** What arrives within this time is told in one sentence. */
const BATCH_MS = 600;

/** Speaks what happens in a thread: politely what arrives, at once what could not be sent. Nothing of it is visible. */
@Component({
  selector: 'cc-arrival-announcer',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="status" aria-live="polite">{{ polite() }}</div>
    <div role="alert" aria-live="assertive">{{ urgent() }}</div>
  `,
  styles: `
    :host {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  `,
})
export class ArrivalAnnouncer {
  readonly messages = input.required<readonly MessageView[]>();
  readonly peerName = input.required<string>();
  /** The chat that is open; null while it opens, when nothing is news. */
  readonly chatId = input.required<string | null>();
  /** Whether the end of the list is the end of the chat: a later page of history is no news. */
  readonly live = input(true);

  protected readonly polite = signal('');
  protected readonly urgent = signal('');
  private readonly labels = inject(CHAT_UI_LABELS);
  private heard: { chatId: string; live: boolean; messages: readonly MessageView[] } | null = null;
  private batch: MessageView[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      const [chatId, messages, live] = [this.chatId(), this.messages(), this.live()];
      untracked(() => this.hear(chatId, messages, live));
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  private hear(chatId: string | null, messages: readonly MessageView[], live: boolean): void {
    const before = this.heard;
    this.heard = chatId === null ? null : { chatId, live, messages };
    if (!this.heard || before?.chatId !== chatId) {
      clearTimeout(this.timer);
      this.batch = [];
      this.polite.set('');
      this.urgent.set('');
      return;
    }
    if (failedSince(before.messages, messages).length > 0) this.urgent.set(this.labels.notSent);
    else if (messages[messages.length - 1]?.delivery !== 'failed') this.urgent.set('');
    if (!before.live) return;
    const arrived = arrivedSince(before.messages, messages);
    if (arrived.length === 0) return;
    this.batch.push(...arrived);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.speak(), BATCH_MS);
  }

  private speak(): void {
    const [only] = this.batch;
    const name = this.peerName();
    const text =
      this.batch.length === 1 && only
        ? this.labels.announceOne(name, kindOf(only).plainText(only, this.labels))
        : this.labels.announceMany(name, this.batch.length);
    this.batch = [];
    // The same words twice would be no change, and no change is not spoken.
    this.polite.set(text === this.polite() ? `${text}\u00a0` : text);
  }
}
