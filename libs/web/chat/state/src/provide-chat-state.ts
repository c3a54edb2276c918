import { makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import * as chatsEffects from './chats/chats.effects';
import { chatsFeature } from './chats/chats.feature';
import * as draftsEffects from './drafts/drafts.effects';
import * as messagesEffects from './messages/messages.effects';
import { messagesFeature } from './messages/messages.feature';
import { markDelivered, markRead } from './messages/receipts.effects';
import * as syncEffects from './messages/sync.effects';
import * as outboxEffects from './outbox/outbox.effects';
import * as sessionEffects from './session.effects';
import * as typingEffects from './typing/typing.effects';
import { typingFeature } from './typing/typing.feature';

/**
 * The slices and effects of the chat. Belongs where the whole application sees it, since the unread badge is on every page.
 * Needs `provideRealtime()`, `providePresence()`, a router, an HttpClient and `CURRENT_USER`.
 */
export function provideChatState(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideState(chatsFeature),
    provideState(messagesFeature),
    provideState(typingFeature),
    provideEffects(
      chatsEffects,
      messagesEffects,
      syncEffects,
      { markDelivered, markRead },
      outboxEffects,
      draftsEffects,
      typingEffects,
    ),
    // Last, so that everything else listens when the session starts.
    provideEffects(sessionEffects),
  ]);
}
