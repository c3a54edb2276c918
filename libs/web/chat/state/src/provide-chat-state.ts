import { inject, makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import * as chatsEffects from './chats/chats.effects';
import { chatsFeature } from './chats/chats.feature';
import * as cacheEffects from './device/cache.effects';
import { CHAT_CACHE } from './device/chat-cache';
import { DeviceDatabase } from './device/device-database';
import { LazyChatCache } from './device/lazy-cache';
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
      cacheEffects,
      outboxEffects,
      draftsEffects,
      typingEffects,
    ),
    { provide: CHAT_CACHE, useFactory: lazyCache },
    // Last, so that everything else listens when the session starts.
    provideEffects(sessionEffects),
  ]);
}

function lazyCache(): LazyChatCache {
  const database = inject(DeviceDatabase);
  return new LazyChatCache(async () => new (await import('./device/indexed-db-cache')).IndexedDbChatCache(database));
}
