import { inject, Injectable } from '@angular/core';
import { Store } from '@ngrx/store';
import { chatsFeature, type ChatsState } from './chats/chats.feature';
import { messagesFeature, type MessagesState } from './messages/messages.feature';

/** The slices as they are now, for effects that decide by them. A spec passes two functions. */
@Injectable({ providedIn: 'root' })
export class ChatSnapshot {
  private readonly store = inject(Store);
  readonly chats: () => ChatsState = this.store.selectSignal(chatsFeature.selectChatsState);
  readonly messages: () => MessagesState = this.store.selectSignal(messagesFeature.selectMessagesState);
}
