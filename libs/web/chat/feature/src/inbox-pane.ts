import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { chatsFeature, ChatPageActions, messagesFeature, typingFeature } from '@course-chat/web/chat/state';
import { ChatList, ConnectionBanner, type Connection, type ChatFilter, type Side } from '@course-chat/web/chat/ui';
import { presenceFeature } from '@course-chat/web/presence';
import { connectionFeature } from '@course-chat/web/realtime';
import { Store } from '@ngrx/store';
import {
  byActivity,
  choiceOf,
  choose,
  coursesOf,
  EVERYTHING,
  isFilter,
  matches,
  passesFilter,
  simplest,
  type InboxChoice,
} from './inbox-choice';
import { CHAT_FEATURE_LABELS } from './labels';
import { RemovalInSight } from './pending-removal';
import { rowView, type RowContext } from './row-views';

/** A choice that leaves chats out is filled up by itself to this many rows. */
const ROWS_WANTED = 15;
/** So many chats are looked through by themselves for the longest waiting; further ones on request. */
const CHATS_SEARCHED = 600;

/** The list of chats, wired to the store. */
@Component({
  selector: 'cc-inbox-pane',
  imports: [ChatList, ConnectionBanner],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (activeId() === null) {
      <cc-connection-banner [connection]="connection()" />
    }
    <cc-chat-list
      [rows]="rows()"
      [activeId]="activeId()"
      [loading]="loading()"
      [error]="failed()"
      [hasMore]="hasMore()"
      [loadingMore]="loadingMore()"
      [moreFailed]="moreFailed()"
      [searching]="searching()"
      [filters]="filters()"
      [activeFilter]="tutor() ? choice().filter : null"
      [courses]="courses()"
      [activeCourse]="choice().courseId"
      [sort]="choice().sort"
      [note]="note()"
      (searchChanged)="search($event)"
      (loadMore)="store.dispatch(actions.moreChatsNeeded())"
      (newChat)="newChat.emit()"
      (retry)="retry()"
      (filterChanged)="applyFilter($event)"
      (courseChanged)="apply({ courseId: $event })"
      (sortChanged)="apply({ sort: $event })"
      (cleared)="apply({ filter: 'all', courseId: null })"
    />
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      block-size: 100%;
      min-block-size: 0;
    }
    cc-chat-list {
      display: block;
      flex: 1;
      min-block-size: 0;
    }
  `,
})
export class InboxPane {
  readonly side = input.required<Side>();
  readonly activeId = input<string | null>(null);
  readonly newChat = output<void>();

  protected readonly actions = ChatPageActions;
  protected readonly store = inject(Store);
  private readonly labels = inject(CHAT_FEATURE_LABELS);
  private readonly list = viewChild.required(ChatList);
  private readonly chats = this.store.selectSignal(chatsFeature.selectChats);
  private readonly state = this.store.selectSignal(chatsFeature.selectChatsState);
  private readonly outbox = this.store.selectSignal(messagesFeature.selectOutbox);
  private readonly typing = this.store.selectSignal(typingFeature.selectByChat);
  private readonly presence = this.store.selectSignal(presenceFeature.selectKnown);
  private readonly threads = this.store.selectSignal(messagesFeature.selectThreads);
  private readonly removal = inject(RemovalInSight).current;

  private readonly status = this.store.selectSignal(connectionFeature.selectStatus);
  /** Told here while no chat is open, which would tell it above its messages. */
  protected readonly connection = computed<Connection>(() => {
    const status = this.status();
    return status === 'idle' ? 'connecting' : status;
  });

  protected readonly tutor = computed(() => this.side() === 'tutor');
  private readonly address = inject(ActivatedRoute).snapshot.queryParamMap;
  /** The address says how the list begins; from then on the controls do, which only tutors have. */
  protected readonly choice = linkedSignal(() => (this.tutor() ? choiceOf(this.address) : EVERYTHING));
  protected readonly filters = computed<ChatFilter[]>(() =>
    this.tutor()
      ? [
          { id: 'all', label: this.labels.filterAll },
          { id: 'unread', label: this.labels.filterUnread, emptyText: this.labels.nothingUnread },
          { id: 'unanswered', label: this.labels.filterUnanswered, emptyText: this.labels.nothingUnanswered },
        ]
      : [],
  );
  protected readonly courses = computed(() => (this.tutor() ? coursesOf(this.chats()) : []));

  protected readonly loading = computed(() => this.state().list.status === 'loading' && this.chats().length === 0);
  protected readonly failed = computed(() => {
    const { search, list } = this.state();
    return list.status === 'failed' || (search?.status === 'failed' && this.labels.searchFailed);
  });
  protected readonly searching = computed(() => this.state().search?.status === 'loading');
  protected readonly hasMore = computed(() => {
    const { search, list } = this.state();
    return (search ?? list).nextCursor !== null;
  });
  protected readonly loadingMore = computed(() => {
    const { search, list } = this.state();
    return (search ?? list).loadingMore;
  });
  protected readonly moreFailed = computed(() => {
    const { search, list } = this.state();
    return search === null && list.status === 'ready' && list.error !== null;
  });
  /** The open chat, if it was opened from under the filter: it stays in the list until one leaves it. */
  private readonly kept = linkedSignal({
    source: () => ({ id: this.activeId(), filter: this.choice().filter }),
    computation: ({ id, filter }) => {
      const chat = id === null ? undefined : untracked(this.state).entities[id];
      return chat && passesFilter(chat, filter) ? chat.id : null;
    },
  });
  private readonly ordered = computed(() => byActivity(this.chats(), Object.values(this.outbox())));
  private readonly found = computed(() => {
    const { search, userId } = this.state();
    const shown = choose(this.ordered(), this.choice(), this.kept());
    if (!search) return shown;
    // What is at hand is found at once; the server adds what was not loaded.
    const ids = new Set(search.ids);
    return shown.filter((chat) => ids.has(chat.id) || matches(chat, search.q, userId));
  });
  private readonly overlays = computed(() => this.threads()[this.activeId() ?? '']?.overlays);
  protected readonly rows = computed(() => {
    const { userId, drafts } = this.state();
    const presence = this.presence();
    const [activeId, overlays, removal] = [this.activeId(), this.overlays(), this.removal()];
    const context: RowContext = {
      userId,
      side: this.side(),
      activeId,
      drafts,
      typing: this.typing(),
      outbox: this.outbox(),
      online: (id) => presence[id]?.online ?? false,
      overlayOf: (chatId, seq) => {
        if (chatId === removal?.chatId && seq === removal.seq) return { kind: 'delete' };
        return chatId === activeId ? overlays?.[seq] : undefined;
      },
      labels: this.labels,
    };
    return this.found().map((chat) => rowView(chat, context));
  });
  /** Says so when an order or a filter speaks of some of the chats only. */
  protected readonly note = computed(() =>
    this.choice() !== EVERYTHING && this.hasMore() ? this.labels.amongNewest(this.chats().length) : null,
  );

  constructor() {
    effect(() => {
      if (!this.wantsMore()) return;
      untracked(() => this.store.dispatch(ChatPageActions.moreChatsNeeded()));
    });
    // The search box goes with the page: what it asked for must not narrow the list of the next one.
    inject(DestroyRef).onDestroy(() => {
      if (this.state().search) this.search('');
    });
  }

  /** The router address of the chat so many rows below the open one; of the first if none is open. Null at the ends. */
  neighbour(step: number): string | null {
    const rows = this.rows();
    const at = rows.findIndex(({ id }) => id === this.activeId());
    return (at < 0 ? rows[0] : rows[at + step])?.link ?? null;
  }

  focusSearch(): void {
    this.list().focusSearch();
  }

  focusRow(chatId: string): void {
    this.list().focusRow(chatId);
  }

  protected search(q: string): void {
    this.store.dispatch(ChatPageActions.searchChanged({ q }));
  }

  protected retry(): void {
    const { search } = this.state();
    if (search?.status === 'failed') this.search(search.q);
    else this.store.dispatch(ChatPageActions.listRetried());
  }

  protected applyFilter(id: string): void {
    if (isFilter(id)) this.apply({ filter: id });
  }

  protected apply(change: Partial<InboxChoice>): void {
    this.choice.set(simplest({ ...this.choice(), ...change }));
  }

  /** The server knows the order of activity only: what a choice asks for may lie further down. */
  private wantsMore(): boolean {
    const { list, search } = this.state();
    const choice = this.choice();
    if (choice === EVERYTHING || search || list.status !== 'ready' || list.loadingMore || list.error) return false;
    if (list.nextCursor === null) return false;
    return choice.sort === 'waiting' ? this.chats().length < CHATS_SEARCHED : this.found().length < ROWS_WANTED;
  }
}
