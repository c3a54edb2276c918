import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  afterNextRender,
  afterRenderEffect,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { countUnseen } from './arrivals';
import { ArrivalAnnouncer } from './arrival-announcer';
import { FloatingDay } from './floating-day';
import { Icon } from './icon';
import { CHAT_UI_LABELS } from './labels';
import { ListFocus } from './list-focus';
import {
  exactIndex,
  followMessages,
  grewOutOfSight,
  openList,
  type ListSource,
  type ListState,
  type Placement,
} from './list-state';
import { ListViewport } from './list-viewport';
import { END_SLACK_PX, highestSeen, landedOn, nextRange, rangeAround, rowsToOpen, tailRange } from './list-window';
import { MessageBubble } from './message-bubble';
import { buildRows, dividerIndex, sameRows, type MessageRow } from './message-rows';
import { NOW } from './minute-clock';
import type { MessageView } from './models';
import { PageAsker } from './page-asker';
import { SeenSoFar } from './seen-so-far';
import { dayLabel, pageLocale } from './time-text';

const FLASH_MS = 2_000;
/** A view that has not moved for this long has come to rest. */
const REST_MS = 200;

/**
 * The messages of one chat. Holds a window of rows in the DOM, however long the chat is, and keeps what is on screen
 * in its place (see ListViewport). Which rows: list-state.ts. Scroll arithmetic: list-window.ts.
 */
@Component({
  selector: 'cc-message-list',
  imports: [ArrivalAnnouncer, Icon, MessageBubble],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './message-list.html',
  styleUrls: ['./styles/shared.css', './message-list.css'],
  host: {
    '(document:visibilitychange)': 'reportSeen()',
    '(window:focus)': 'reportSeen()',
  },
})
export class MessageList {
  /** Ascending: stored ones by seq, then what waits to be stored. */
  readonly messages = input.required<readonly MessageView[]>();
  readonly peerName = input.required<string>();
  /** A new one starts over: scroll position, announcements, what was seen. */
  readonly chatId = input.required<string>();
  readonly hasOlder = input(false);
  readonly loadingOlder = input(false);
  readonly hasNewer = input(false);
  readonly loadingNewer = input(false);
  /** Whether the first page is on its way. */
  readonly loading = input(false);
  /** Whether loading failed, or the words to say so. */
  readonly error = input<boolean | string | null>(false);
  /** The first unread seq as it was when the chat opened; the divider stays there. */
  readonly firstUnreadSeq = input<number | null>(null);
  /** Whether the other one is writing. */
  readonly typing = input(false);
  /** The message to jump to and to flash. */
  readonly targetSeq = input<number | null>(null);

  readonly olderNeeded = output<void>();
  readonly newerNeeded = output<void>();
  /** `Jump to latest` was pressed while newer pages are not loaded: load the newest page. */
  readonly latestNeeded = output<void>();
  /** The highest seq that was on screen in a visible, focused window. Grows only, within one chat. */
  readonly seenUpTo = output<number>();
  readonly retry = output<string>();
  readonly discard = output<string>();
  readonly edit = output<string>();
  readonly remove = output<string>();
  /** `Retry` after loading failed. */
  readonly reload = output<void>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  private readonly now = inject(NOW);
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');
  private readonly above = viewChild.required<ElementRef<HTMLElement>>('above');
  private readonly rowsBox = viewChild.required<ElementRef<HTMLElement>>('rowsBox');
  private readonly below = viewChild.required<ElementRef<HTMLElement>>('below');
  private readonly tail = viewChild.required<ElementRef<HTMLElement>>('tail');

  private readonly source = computed<ListSource>(() => ({
    chatId: this.chatId(),
    messages: this.messages(),
    hasOlder: this.hasOlder(),
    hasNewer: this.hasNewer(),
    firstUnreadSeq: this.firstUnreadSeq(),
    targetSeq: this.targetSeq(),
    rowsToOpen: rowsToOpen(globalThis.innerHeight),
  }));
  private readonly state = linkedSignal<ListSource, ListState>({
    source: this.source,
    computation: (source, before) =>
      before ? followMessages(before.value, source, untracked(this.stuck)) : openList(source),
  });
  private readonly divider = computed(() => dividerIndex(this.messages(), this.firstUnreadSeq(), this.hasOlder()));
  protected readonly rows = computed(() => buildRows(this.messages(), this.state().range, this.divider()), {
    equal: sameRows,
  });
  protected readonly atStart = computed(() => !this.hasOlder() && !this.loading() && this.messages().length > 0);
  protected readonly empty = computed(() => this.messages().length === 0);
  protected readonly errorText = computed(() => {
    const error = this.error();
    return error ? (typeof error === 'string' ? error : this.labels.messagesFailed) : null;
  });

  /** Whether the view stays at the end when something is added there. */
  protected readonly stuck = signal(true);
  private readonly seen = new SeenSoFar();
  protected readonly unseen = computed(() => (this.stuck() ? 0 : countUnseen(this.messages(), this.seen.shownSeq())));
  protected readonly jumpVisible = computed(() => !this.empty() && (!this.stuck() || this.hasNewer()));
  /** How many new messages the divider speaks of, as it was when the chat opened. */
  protected readonly newCount = signal(0);
  private readonly floating = new FloatingDay();
  protected readonly floatingDay = computed(() => {
    const createdAt = this.stuck() ? null : this.floating.of();
    return createdAt === null ? null : this.dayText(createdAt);
  });
  protected readonly flashKey = signal<string | null>(null);
  protected readonly focus = new ListFocus({
    messages: this.messages,
    rows: this.rows,
    scroller: () => this.scroller().nativeElement,
    viewport: () => this.viewport,
    bring: (index, key) => this.show(rangeAround(index, this.messages().length), { key, align: 'center' }, false),
  });
  protected readonly announcedFrom = signal<string | null>(null);

  /** Widths of the bubbles that stand in while loading, in percent. */
  protected readonly bones = [46, 58, 34, 62, 40, 52] as const;

  private viewport: ListViewport | null = null;
  private settled: ListState | null = null;
  private settledRows: readonly MessageRow[] = [];
  private openedChat: string | null = null;
  private handledTarget: number | null = null;
  private readonly pages = new PageAsker();
  private wantsLatest = false;
  private flashTimer: ReturnType<typeof setTimeout> | undefined;
  private restTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const destroyed = inject(DestroyRef);
    // Listened to by hand: a template listener would check the component on every pixel scrolled.
    afterNextRender(() => {
      const scroller = this.scroller().nativeElement;
      const onScroll = () => this.scrolled();
      const onTouch = () => this.touched();
      const passive = { passive: true };
      scroller.addEventListener('scroll', onScroll, passive);
      scroller.addEventListener('wheel', onTouch, passive);
      scroller.addEventListener('touchmove', onTouch, passive);
      const sizes = new ResizeObserver(() => this.settle());
      for (const part of [this.scroller(), this.rowsBox(), this.tail()]) sizes.observe(part.nativeElement);
      destroyed.onDestroy(() => {
        scroller.removeEventListener('scroll', onScroll);
        scroller.removeEventListener('wheel', onTouch);
        scroller.removeEventListener('touchmove', onTouch);
        sizes.disconnect();
        clearTimeout(this.flashTimer);
        clearTimeout(this.restTimer);
        this.floating.hide();
      });
    });
    afterRenderEffect({
      mixedReadWrite: () => {
        this.state();
        this.typing();
        this.loadingOlder();
        this.loadingNewer();
        this.loading();
        untracked(() => this.settleIfNeeded());
      },
    });
  }

  /** Goes to the newest message, loading it first if need be. */
  protected jumpToLatest(): void {
    if (this.hasNewer()) {
      this.wantsLatest = true;
      this.latestNeeded.emit();
    }
    this.show(tailRange(this.messages().length), null, true);
    this.focus.reset();
    // The button goes, and the focus would go with it.
    this.scroller().nativeElement.focus({ preventScroll: true });
  }

  protected dayText(createdAt: string): string {
    return dayLabel(createdAt, this.now(), this.labels, pageLocale());
  }

  /** Emits how far has been read, if anybody can be reading. */
  protected reportSeen(): void {
    const viewport = this.viewport;
    if (!viewport || this.openedChat !== this.chatId()) return;
    const watched = document.visibilityState === 'visible' && document.hasFocus();
    const read = this.seen.reach(highestSeen(viewport.placed, viewport.view), watched);
    if (read !== null) this.seenUpTo.emit(read);
  }

  /** Many messages may come in while one reads further up, and each measurement costs a layout. */
  private settleIfNeeded(): void {
    const [before, state] = [this.settled, this.state()];
    if (before && this.settledRows === this.rows() && !this.stuck() && grewOutOfSight(before, state))
      this.settled = state;
    else this.settle();
  }

  /** Puts everything in its place after the DOM or a size changed. */
  private settle(): void {
    const state = this.state();
    const viewport = (this.viewport ??= this.createViewport());
    if (this.settled?.source.chatId !== state.source.chatId) this.startOver(viewport);
    const before = this.settled;
    this.settled = state;
    this.settledRows = this.rows();
    if (state.follows > (before?.follows ?? 0)) this.stuck.set(true);
    viewport.settle({
      rows: this.rows(),
      count: state.source.messages.length,
      grownBefore: state.grownBefore - (before?.grownBefore ?? state.grownBefore),
      place: state.place === before?.place ? null : state.place,
      stuck: this.stuck() && state.range.end === state.source.messages.length,
    });
    if (this.openedChat !== state.source.chatId) this.open(viewport, state);
    this.goToTarget(state);
    this.followLatest(state);
    this.focus.follow();
    this.afterMove(viewport);
  }

  private createViewport(): ListViewport {
    return new ListViewport({
      scroller: this.scroller().nativeElement,
      content: this.content().nativeElement,
      above: this.above().nativeElement,
      rows: this.rowsBox().nativeElement,
      below: this.below().nativeElement,
    });
  }

  private startOver(viewport: ListViewport): void {
    viewport.reset();
    this.settled = null;
    this.pages.reset();
    this.openedChat = this.handledTarget = null;
    this.wantsLatest = false;
    this.stuck.set(true);
    this.seen.startOver();
    this.floating.hide();
    this.flashKey.set(null);
    this.focus.reset();
    this.announcedFrom.set(null);
  }

  /** Places a chat that opens: at the divider if more than a screen is unread, else at the end. Once more for each page until loading is over. */
  private open(viewport: ListViewport, state: ListState): void {
    const { messages, chatId, firstUnreadSeq, targetSeq } = state.source;
    if (messages.length === 0) return;
    const divider = dividerIndex(messages, firstUnreadSeq, state.source.hasOlder);
    const row = divider >= 0 ? viewport.placed.find((placed) => placed.index === divider) : undefined;
    const end = viewport.placed[viewport.placed.length - 1]?.bottom ?? 0;
    const longUnread = row && (state.range.end < messages.length || end - row.top > viewport.view.height);
    if (exactIndex(messages, targetSeq) < 0) {
      this.stuck.set(!longUnread);
      if (row && longUnread) viewport.put({ key: row.key, align: 'start' }, state.range.start);
      else viewport.scrollToEnd();
    }
    this.newCount.set(divider < 0 ? 0 : messages.slice(divider).filter((message) => !message.own).length);
    const last = messages.reduceRight<number | null>((found, message) => found ?? message.seq, null) ?? 0;
    this.seen.openAt(firstUnreadSeq === null ? last : firstUnreadSeq - 1);
    if (!this.loading()) this.openingEnds(chatId);
  }

  private openingEnds(chatId: string): void {
    this.openedChat = chatId;
    this.announcedFrom.set(chatId);
  }

  private goToTarget({ source }: ListState): void {
    if (source.targetSeq === this.handledTarget) return;
    if (source.targetSeq === null) {
      this.handledTarget = null;
      return;
    }
    const index = exactIndex(source.messages, source.targetSeq);
    const message = source.messages[index];
    if (!message) return;
    this.handledTarget = source.targetSeq;
    this.stuck.set(false);
    this.place(index, { key: message.clientMessageId, align: 'center' });
    this.flashKey.set(message.clientMessageId);
    clearTimeout(this.flashTimer);
    this.flashTimer = setTimeout(() => this.flashKey.set(null), FLASH_MS);
  }

  /** The newest page was asked for and is there. */
  private followLatest({ source }: ListState): void {
    if (!this.wantsLatest || source.hasNewer) return;
    this.wantsLatest = false;
    this.show(tailRange(source.messages.length), null, true);
  }

  private place(index: number, place: Placement): void {
    const { range } = this.state();
    if (index >= range.start && index < range.end) this.viewport?.put(place, range.start);
    else this.show(rangeAround(index, this.messages().length), place, false);
  }

  private show(range: ListState['range'], place: Placement | null, follow: boolean): void {
    this.state.update((state) => ({ ...state, range, place, follows: state.follows + (follow ? 1 : 0) }));
  }

  private scrolled(): void {
    const viewport = this.viewport;
    // The rows on screen are not the ones of the state yet: the settlement that follows will look.
    if (!viewport || this.state() !== this.settled) return;
    // The browser scrolled because the list grew or shrank: that is nobody's wish to leave the end.
    if (viewport.resized) return this.settle();
    const { range, source } = this.state();
    const atEnd = range.end === source.messages.length && !source.hasNewer && viewport.distanceFromEnd <= END_SLACK_PX;
    if (atEnd !== this.stuck() && this.openedChat === source.chatId) this.stuck.set(atEnd);
    this.showFloatingDay(viewport);
    this.afterMove(viewport);
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.focus.rest(), REST_MS);
  }

  /** Someone took the list in hand: what still loads does not place it any more. */
  private touched(): void {
    if (this.messages().length > 0) this.openingEnds(this.chatId());
  }

  /** What follows from a new position: other rows, other pages, more that was seen. */
  private afterMove(viewport: ListViewport): void {
    const { source } = this.state();
    const count = source.messages.length;
    const { placed, view } = viewport;
    if (view.height === 0 || this.state() !== this.settled) return;
    const landed = landedOn(placed, view, count, viewport.contentHeight);
    const key = landed === null ? undefined : source.messages[landed]?.clientMessageId;
    if (landed !== null && viewport.distanceFromEnd <= END_SLACK_PX) {
      // Someone dragged or jumped to the very end of what was only estimated: that is where they want to be.
      this.show(tailRange(count), null, true);
    } else if (landed !== null && key !== undefined) {
      this.show(rangeAround(landed, count), { key, align: 'keep' }, false);
    } else {
      const range = nextRange(placed, view, count, viewport.averageHeight);
      if (range) this.show(range, this.state().place, false);
    }
    this.askForPages(viewport);
    this.reportSeen();
  }

  private askForPages(viewport: ListViewport): void {
    const { messages } = this.state().source;
    const firstKey = messages[0]?.clientMessageId;
    const lastKey = messages[messages.length - 1]?.clientMessageId;
    if (firstKey === undefined || lastKey === undefined || this.openedChat !== this.chatId()) return;
    const [hasOlder, loadingOlder] = [this.hasOlder(), this.loadingOlder()];
    const [hasNewer, loadingNewer] = [this.hasNewer(), this.loadingNewer()];
    const loaded = { firstKey, lastKey, hasOlder, loadingOlder, hasNewer, loadingNewer };
    const { older, newer } = this.pages.ask(loaded, viewport.view, viewport.distanceFromEnd);
    if (older) this.olderNeeded.emit();
    if (newer) this.newerNeeded.emit();
  }

  private showFloatingDay({ placed, view }: ListViewport): void {
    this.floating.scrolled(
      placed,
      view,
      (row) => this.messages()[row.index]?.createdAt,
      (row) => this.rows().some((shown) => shown.key === row.key && shown.opensDay),
    );
  }
}
