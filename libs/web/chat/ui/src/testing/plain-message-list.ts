import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Icon } from '../icon';
import { CHAT_UI_LABELS } from '../labels';
import { MessageBubble } from '../message-bubble';
import { buildRows, dividerIndex } from '../message-rows';
import { NOW } from '../minute-clock';
import type { MessageView } from '../models';
import { dayLabel, pageLocale } from '../time-text';

const SCREENS_AHEAD = 1.5;
const END_SLACK_PX = 24;

/**
 * What the list of messages is measured against: the same bubbles and the same pages in a plain `@for`, as such lists are
 * usually written. Everything that was loaded stays in the DOM, and the browser's own scroll anchoring keeps the place. The
 * configuration `plain-list` of the portal's build puts it where the product has its `message-list.ts`.
 */
@Component({
  selector: 'cc-message-list',
  imports: [Icon, MessageBubble],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div
      #scroller
      class="scroller"
      role="log"
      aria-live="off"
      tabindex="0"
      [attr.aria-label]="labels.messagesWith(peerName())"
    >
      @for (row of rows(); track row.key) {
        <div class="row" [class.apart]="row.startsRun">
          @if (row.opensDay) {
            <p class="day">
              <span>{{ dayText(row.message.createdAt) }}</span>
            </p>
          }
          @if (row.firstUnread) {
            <p class="divider">{{ labels.newMessagesBelow }}</p>
          }
          <cc-message-bubble
            [message]="row.message"
            [authorName]="peerName()"
            [endsRun]="row.endsRun"
            (retry)="retry.emit($event)"
            (discard)="discard.emit($event)"
            (edit)="edit.emit($event)"
            (remove)="remove.emit($event)"
          />
        </div>
      }
      @if (typing()) {
        <p class="day">{{ labels.personIsTyping(peerName()) }}</p>
      }
    </div>
    @if (!stuck()) {
      <button type="button" class="jump" [attr.aria-label]="labels.jumpToLatest" (click)="toEnd()">
        <cc-icon name="down" />
      </button>
    }
  `,
  styleUrls: ['../styles/shared.css', '../message-list.css'],
  styles: '.scroller.scroller { overflow-anchor: auto; padding: 8px clamp(12px, 5vw, 72px) 16px; }',
})
export class MessageList {
  readonly messages = input.required<readonly MessageView[]>();
  readonly peerName = input.required<string>();
  readonly chatId = input.required<string>();
  readonly hasOlder = input(false);
  readonly loadingOlder = input(false);
  readonly hasNewer = input(false);
  readonly loadingNewer = input(false);
  readonly loading = input(false);
  readonly error = input<boolean | string | null>(false);
  readonly firstUnreadSeq = input<number | null>(null);
  readonly typing = input(false);
  readonly targetSeq = input<number | null>(null);

  readonly olderNeeded = output<void>();
  readonly newerNeeded = output<void>();
  readonly latestNeeded = output<void>();
  readonly seenUpTo = output<number>();
  readonly retry = output<string>();
  readonly discard = output<string>();
  readonly edit = output<string>();
  readonly remove = output<string>();
  readonly reload = output<void>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  private readonly now = inject(NOW);
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  protected readonly stuck = signal(true);
  protected readonly rows = computed(() => {
    const messages = this.messages();
    const divider = dividerIndex(messages, this.firstUnreadSeq(), this.hasOlder());
    return buildRows(messages, { start: 0, end: messages.length }, divider);
  });
  private shownChat: string | null = null;
  private firstKey: string | undefined;
  private seen = 0;
  private listening = false;

  constructor() {
    afterRenderEffect({
      mixedReadWrite: () => {
        const messages = this.messages();
        const chatId = this.chatId();
        this.typing();
        untracked(() => this.follow(chatId, messages));
      },
    });
  }

  protected toEnd(): void {
    const scroller = this.scroller().nativeElement;
    scroller.scrollTop = scroller.scrollHeight;
  }

  protected dayText(createdAt: string): string {
    return dayLabel(createdAt, this.now(), this.labels, pageLocale());
  }

  private follow(chatId: string, messages: readonly MessageView[]): void {
    const scroller = this.scroller().nativeElement;
    if (!this.listening) {
      this.listening = true;
      // As the product does: a template listener would check the component on every pixel scrolled.
      scroller.addEventListener('scroll', () => this.scrolled(), { passive: true });
    }
    if (this.shownChat !== chatId) {
      this.shownChat = chatId;
      this.seen = 0;
      this.stuck.set(true);
    }
    const firstKey = messages[0]?.clientMessageId;
    const grewBefore = this.firstKey !== undefined && firstKey !== this.firstKey;
    this.firstKey = firstKey;
    if (this.stuck()) this.toEnd();
    // At the very top the browser anchors nothing: a pixel below it does.
    else if (grewBefore && scroller.scrollTop === 0) scroller.scrollTop = 1;
    this.report(scroller);
  }

  private scrolled(): void {
    const scroller = this.scroller().nativeElement;
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    this.stuck.set(left <= END_SLACK_PX);
    if (scroller.scrollTop === 0 && this.hasOlder()) scroller.scrollTop = 1;
    const ahead = SCREENS_AHEAD * scroller.clientHeight;
    if (this.hasOlder() && !this.loadingOlder() && scroller.scrollTop < ahead) this.olderNeeded.emit();
    if (this.hasNewer() && !this.loadingNewer() && left < ahead) this.newerNeeded.emit();
    this.report(scroller);
  }

  /** Everything up to the end was seen once the end was. */
  private report(scroller: HTMLElement): void {
    if (!this.stuck() || scroller.clientHeight === 0) return;
    const last = this.messages().reduceRight<number | null>((found, { seq }) => found ?? seq, null) ?? 0;
    if (last <= this.seen) return;
    this.seen = last;
    this.seenUpTo.emit(last);
  }
}
