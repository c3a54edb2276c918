import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { chatsFeature, ChatPageActions, messagesFeature, typingFeature } from '@course-chat/web/chat/state';
import { ChatList, type ChatFilter, type Side } from '@course-chat/web/chat/ui';
import { presenceFeature } from '@course-chat/web/presence';
import { Store } from '@ngrx/store';
import { CHAT_FEATURE_LABELS } from './labels';
import { matches, passesFilter, rowView, type FilterId, type RowContext } from './row-views';

/** The list of chats, wired to the store. */
@Component({
  selector: 'cc-inbox-pane',
  imports: [ChatList],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <cc-chat-list
      [rows]="rows()"
      [activeId]="activeId()"
      [loading]="loading()"
      [error]="failed()"
      [hasMore]="hasMore()"
      [searching]="searching()"
      [filters]="filters()"
      [activeFilter]="side() === 'tutor' ? filter() : null"
      (searchChanged)="search($event)"
      (loadMore)="store.dispatch(actions.moreChatsNeeded())"
      (newChat)="newChat.emit()"
      (retry)="store.dispatch(actions.listRetried())"
      (filterChanged)="applyFilter($event)"
    />
  `,
  styles: ':host, cc-chat-list { display: block; block-size: 100%; min-block-size: 0; }',
})
export class InboxPane {
  readonly side = input.required<Side>();
  readonly activeId = input<string | null>(null);
  readonly newChat = output<void>();

  protected readonly actions = ChatPageActions;
  protected readonly store = inject(Store);
  private readonly labels = inject(CHAT_FEATURE_LABELS);
  private readonly chats = this.store.selectSignal(chatsFeature.selectChats);
  private readonly state = this.store.selectSignal(chatsFeature.selectChatsState);
  private readonly outbox = this.store.selectSignal(messagesFeature.selectOutbox);
  private readonly typing = this.store.selectSignal(typingFeature.selectByChat);
  private readonly presence = this.store.selectSignal(presenceFeature.selectByUser);

  protected readonly filter = signal<FilterId>('all');
  protected readonly filters = computed<ChatFilter[]>(() =>
    this.side() === 'tutor'
      ? [
          { id: 'all', label: this.labels.filterAll },
          { id: 'unread', label: this.labels.filterUnread },
          { id: 'unanswered', label: this.labels.filterUnanswered },
        ]
      : [],
  );

  protected readonly loading = computed(() => this.state().list.status === 'loading' && this.chats().length === 0);
  protected readonly failed = computed(
    () => this.state().list.status === 'failed' || this.state().search?.status === 'failed',
  );
  protected readonly searching = computed(() => this.state().search?.status === 'loading');
  protected readonly hasMore = computed(() => {
    const { search, list } = this.state();
    return (search ?? list).nextCursor !== null;
  });
  private readonly found = computed(() => {
    const { search, userId } = this.state();
    const shown = this.chats().filter((chat) => passesFilter(chat, this.filter()));
    if (!search) return shown;
    // What is at hand is found at once; the server adds what was not loaded.
    const ids = new Set(search.ids);
    return shown.filter((chat) => ids.has(chat.id) || matches(chat, search.q, userId));
  });
  protected readonly rows = computed(() => {
    const { userId, drafts } = this.state();
    const presence = this.presence();
    const context: RowContext = {
      userId,
      side: this.side(),
      activeId: this.activeId(),
      drafts,
      typing: this.typing(),
      outbox: this.outbox(),
      online: (id) => presence[id]?.online,
    };
    return this.found().map((chat) => rowView(chat, context));
  });

  protected search(q: string): void {
    this.store.dispatch(ChatPageActions.searchChanged({ q }));
  }

  protected applyFilter(id: string): void {
    if (id === 'all' || id === 'unread' || id === 'unanswered') this.filter.set(id);
  }
}
