import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { MessageView } from './models';

/** The messages of one chat. Holds a window of rows in the DOM, however long the chat is. */
@Component({ selector: 'cc-message-list', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
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
}
