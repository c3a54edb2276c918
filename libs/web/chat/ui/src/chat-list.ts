import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  ElementRef,
  afterRenderEffect,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { QUERY_MAX_CHARACTERS } from '@course-chat/contracts';
import { ChatFilters } from './chat-filters';
import { ChatRow } from './chat-row';
import { Icon } from './icon';
import { CHAT_UI_LABELS } from './labels';
import type { ChatFilter, ChatRowView, ChatSort } from './models';

/** Further chats are asked for this many pixels ahead. */
const AHEAD_PX = 600;

/** All chats of a person, with search, filters and the way to a new one. */
@Component({
  selector: 'cc-chat-list',
  imports: [ChatFilters, ChatRow, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(keydown)': 'onRowKey($event)' },
  templateUrl: './chat-list.html',
  styleUrls: ['./styles/shared.css', './styles/search.css', './chat-list.css'],
})
export class ChatList {
  /** The rows to show: already searched, filtered and sorted. */
  readonly rows = input.required<readonly ChatRowView[]>();
  readonly activeId = input<string | null>(null);
  /** Whether the first page is on its way. */
  readonly loading = input(false);
  /** Whether loading failed, or the words to say so. */
  readonly error = input<boolean | string | null>(false);
  readonly hasMore = input(false);
  /** Whether further chats are on their way. */
  readonly loadingMore = input(false);
  /** Whether they could not be loaded. */
  readonly moreFailed = input(false);
  /** Whether the server is being asked for the words in the search box. */
  readonly searching = input(false);
  readonly filters = input<readonly ChatFilter[]>([]);
  /** Courses to choose from, beside the filters. */
  readonly courses = input<readonly Pick<ChatFilter, 'id' | 'label'>[]>([]);
  readonly activeCourse = input<string | null>(null);
  readonly sort = input<ChatSort>('newest');
  /** What has to be said about the rows, below them. */
  readonly note = input<string | null>(null);
  readonly activeFilter = input<string | null>(null);

  readonly searchChanged = output<string>();
  readonly loadMore = output<void>();
  readonly newChat = output<void>();
  readonly retry = output<void>();
  readonly filterChanged = output<string>();
  readonly courseChanged = output<string | null>();
  readonly sortChanged = output<ChatSort>();
  /** Away with filter and course. */
  readonly cleared = output<void>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  protected readonly queryMax = QUERY_MAX_CHARACTERS;
  protected readonly bones = [0, 1, 2, 3, 4, 5];
  protected readonly query = signal('');
  protected readonly waits = computed(() => this.loading() || this.searching());
  private readonly filter = computed(() => this.filters().find(({ id }) => id === this.activeFilter()));
  /** Whether a filter or a course leaves rows out. */
  protected readonly narrowed = computed(
    () => this.activeCourse() !== null || this.activeFilter() !== (this.filters()[0]?.id ?? null),
  );
  protected readonly emptyText = computed(() => this.filter()?.emptyText ?? this.labels.noChatsFound);
  protected readonly errorText = computed(() => {
    const error = this.error();
    return error ? (typeof error === 'string' ? error : this.labels.chatsFailed) : null;
  });
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');
  private readonly document = inject(DOCUMENT);
  private askedAt: number | null = null;

  constructor() {
    // A row that moves to another place is taken out of the page on the way, and would lose the focus there.
    let focused: Element | null = null;
    effect(() => {
      this.rows();
      focused = this.document.activeElement;
    });
    afterRenderEffect(() => {
      this.rows();
      const row = this.links().find((link) => link === focused);
      if (row && this.document.activeElement !== row) row.focus({ preventScroll: true });
    });
  }

  protected search(query: string): void {
    this.query.set(query);
    this.searchChanged.emit(query);
  }

  /** Goes to the search box: one types what one looks for. */
  focusSearch(): void {
    this.box().nativeElement.focus();
    this.box().nativeElement.select();
  }

  /** Enter opens the first match, Arrow down goes among them, Escape empties the box. */
  protected onSearchKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const [first] = this.links();
    if (event.key === 'Escape' && this.query()) this.search('');
    else if (event.key === 'Enter' && this.query().trim()) first?.click();
    else if (event.key === 'ArrowDown') first?.focus();
    else return;
    event.preventDefault();
  }

  /** From row to row, and from the first one back to the search box. */
  protected onRowKey(event: KeyboardEvent): void {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = this.links();
    const at = links.findIndex((link) => link === event.target);
    if (at < 0) return;
    const to = at + step;
    event.preventDefault();
    if (to < 0) this.box().nativeElement.focus();
    else links[to]?.focus();
  }

  /** Goes to the row of a chat, if it is there. */
  focusRow(id: string): void {
    const at = this.rows().findIndex((row) => row.id === id);
    this.links()[at]?.focus();
  }

  private links(): HTMLElement[] {
    return [...this.list().nativeElement.querySelectorAll<HTMLElement>('li a')];
  }

  protected onScroll(list: HTMLElement): void {
    const count = this.rows().length;
    const near = list.scrollHeight - list.scrollTop - list.clientHeight < AHEAD_PX;
    // Once for what is there; the button stays for when that failed.
    if (!near || !this.hasMore() || this.waits() || this.askedAt === count) return;
    this.askedAt = count;
    this.more();
  }

  protected more(): void {
    if (!this.loadingMore()) this.loadMore.emit();
  }
}
