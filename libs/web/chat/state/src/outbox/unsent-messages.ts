import { inject, Injectable } from '@angular/core';
import { Store } from '@ngrx/store';
import { OutboxActions } from '../chat.actions';
import { messagesFeature } from '../messages/messages.feature';
import { selectHasUnsent } from '../messages/messages.selectors';
import { OUTBOX_REPOSITORY } from './outbox.repository';

/** What a logout has to ask about. */
@Injectable({ providedIn: 'root' })
export class UnsentMessages {
  private readonly store = inject(Store);
  private readonly repository = inject(OUTBOX_REPOSITORY);
  private readonly userId = this.store.selectSignal(messagesFeature.selectUserId);
  private readonly here = this.store.selectSignal(selectHasUnsent);

  /** Whether messages of the signed-in person wait to be stored; other tabs' too, since a logout takes those off the device. */
  async exist(): Promise<boolean> {
    const userId = this.userId();
    if (this.here() || userId === null) return this.here();
    return (await this.repository.load(userId)).length > 0;
  }

  /** Gives up everything that waits, on this device too. */
  clear(): void {
    this.store.dispatch(OutboxActions.cleared());
  }
}
