export { ChatApi, toCommandError } from './chat-api';
export {
  ChatApiActions,
  ChatPageActions,
  ChatSessionActions,
  ChatSocketActions,
  ChatSyncActions,
  OutboxActions,
} from './chat.actions';
export { chatsFeature, selectUnreadTotal, type ChatsState, type Contact } from './chats/chats.feature';
export { peerOf, unansweredSince } from './chats/merge-chat';
export { CHAT_CACHE, NoChatCache, type ChatCache } from './device/chat-cache';
export { DeviceDatabase } from './device/device-database';
export { CHAT_SIDE, CHATS_WANTED, CONNECTION_WANTED, CURRENT_USER, type ChatSide } from './current-user';
export { newClientMessageId } from './messages/client-message-id';
export { messagesFeature } from './messages/messages.feature';
export { selectHasUnsent, selectThread, selectThreadItems, type ThreadItem } from './messages/messages.selectors';
export type { Overlay } from './messages/thread';
export { deliveryOf, type Delivery } from './outbox/delivery';
export { entriesOf } from './outbox/outbox';
export { UnsentMessages } from './outbox/unsent-messages';
export { chatEffects, provideChatSlices, provideChatState } from './provide-chat-state';
export { ServerClock } from './server-clock';
export { selectIsTyping, typingFeature } from './typing/typing.feature';
