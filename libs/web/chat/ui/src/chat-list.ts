import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { ChatFilter, ChatRowView } from './models';

/** All chats of a person, with search, filters and the way to a new one. */
@Component({ selector: 'cc-chat-list', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
export class ChatList {
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
}
