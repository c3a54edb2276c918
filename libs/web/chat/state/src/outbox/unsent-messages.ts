import { inject, Injectable } from '@angular/core';
import { Store } from '@ngrx/store';
import { OutboxActions } from '../chat.actions';
import { selectHasUnsent } from '../messages/messages.selectors';

/** What a logout has to ask about. */
@Injectable({ providedIn: 'root' })
export class UnsentMessages {
  private readonly store = inject(Store);
  /** Whether messages of the signed-in person wait to be stored. */
  readonly hasUnsent = this.store.selectSignal(selectHasUnsent);

  /** Gives up everything that waits, on this device too. */
  clear(): void {
    this.store.dispatch(OutboxActions.cleared());
  }
}
