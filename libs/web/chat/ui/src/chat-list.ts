import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { QUERY_MAX_CHARACTERS } from '@course-chat/contracts';
import { ChatRow } from './chat-row';
import { Icon } from './icon';
import { CHAT_UI_LABELS } from './labels';
import type { ChatFilter, ChatRowView } from './models';

/** Further chats are asked for this many pixels ahead. */
const AHEAD_PX = 600;

/** All chats of a person, with search, filters and the way to a new one. */
@Component({
  selector: 'cc-chat-list',
  imports: [ChatRow, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
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
  /** Whether the server is being asked for the words in the search box. */
  readonly searching = input(false);
  readonly filters = input<readonly ChatFilter[]>([]);
  readonly activeFilter = input<string | null>(null);

  readonly searchChanged = output<string>();
  readonly loadMore = output<void>();
  readonly newChat = output<void>();
  readonly retry = output<void>();
  readonly filterChanged = output<string>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  protected readonly queryMax = QUERY_MAX_CHARACTERS;
  protected readonly bones = [0, 1, 2, 3, 4, 5];
  protected readonly query = signal('');
  protected readonly waits = computed(() => this.loading() || this.searching());
  /** Whether fewer rows than there are may be the person's own wish. */
  protected readonly narrowed = computed(
    () => this.query().trim() !== '' || this.activeFilter() !== (this.filters()[0]?.id ?? null),
  );
  protected readonly errorText = computed(() => {
    const error = this.error();
    return error ? (typeof error === 'string' ? error : this.labels.chatsFailed) : null;
  });
  private askedAt: number | null = null;

  protected search(query: string): void {
    this.query.set(query);
    this.searchChanged.emit(query);
  }

  protected onScroll(list: HTMLElement): void {
    const count = this.rows().length;
    const near = list.scrollHeight - list.scrollTop - list.clientHeight < AHEAD_PX;
    // Once for what is there; the button stays for when that failed.
    if (!near || !this.hasMore() || this.waits() || this.askedAt === count) return;
    this.askedAt = count;
    this.loadMore.emit();
  }
}
