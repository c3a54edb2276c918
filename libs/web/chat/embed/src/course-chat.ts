import { inject, Injectable } from '@angular/core';
import {
  CHAT_CACHE,
  ChatPageActions,
  ChatSessionActions,
  DeviceDatabase,
  selectUnreadTotal,
  UnsentMessages,
} from '@course-chat/web/chat/state';
import { Store } from '@ngrx/store';

/** What an application around the chat shows and does with it. */
@Injectable({ providedIn: 'root' })
export class CourseChat {
  private readonly store = inject(Store);
  private readonly unsent = inject(UnsentMessages);
  private readonly cache = inject(CHAT_CACHE);
  private readonly device = inject(DeviceDatabase);

  /** Unread messages over all chats: for a badge. */
  readonly unread = this.store.selectSignal(selectUnreadTotal);

  /** Opens the chat about a course with its tutor (for tutors: with a student of it), and makes it if need be. */
  open(courseId: string, personId: string): void {
    this.store.dispatch(ChatPageActions.chatRequested({ courseId, peerId: personId }));
  }

  /** Whether messages wait to be sent, in any tab: what a logout should ask about. */
  hasUnsent(): Promise<boolean> {
    return this.unsent.exist();
  }

  /**
   * At a logout by will: drafts, what waits to be sent and what was kept to read leave this device. Resolves when they are gone,
   * also where the browser keeps nothing; wait for it before the page goes elsewhere, such as to a single sign-out.
   */
  async forget(): Promise<void> {
    this.store.dispatch(ChatSessionActions.ended());
    await this.cache.wipe();
    // The effects have told the device what else to forget: that is done then, too.
    await this.device.settled();
  }
}
