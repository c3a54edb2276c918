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

/** The effects of the chat, for an application that registers them itself. */
export const chatEffects = [
  chatsEffects,
  messagesEffects,
  syncEffects,
  { markDelivered, markRead },
  cacheEffects,
  outboxEffects,
  draftsEffects,
  typingEffects,
  // Last, so that everything else listens when the session starts.
  sessionEffects,
];

/** The slices of the chat, and what keeps it on the device. */
export function provideChatSlices(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideState(chatsFeature),
    provideState(messagesFeature),
    provideState(typingFeature),
    { provide: CHAT_CACHE, useFactory: lazyCache },
  ]);
}

/**
 * The slices and effects of the chat. Belongs where the whole application sees it, since the unread badge is on every page.
 * Needs `provideRealtime()`, `providePresence()`, a router, an HttpClient and `CURRENT_USER`.
 */
export function provideChatState(): EnvironmentProviders {
  return makeEnvironmentProviders([provideChatSlices(), provideEffects(...chatEffects)]);
}

function lazyCache(): LazyChatCache {
  const database = inject(DeviceDatabase);
  return new LazyChatCache(async () => new (await import('./device/storage')).IndexedDbChatCache(database));
}
