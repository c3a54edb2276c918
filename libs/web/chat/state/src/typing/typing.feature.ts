import { ConnectionSocketActions } from '@course-chat/web/realtime';
import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import { ChatPageActions, ChatSessionActions, ChatSocketActions } from '../chat.actions';

/** Who is writing, by chat. */
export interface TypingState {
  byChat: Readonly<Record<string, string>>;
}

const initial: TypingState = { byChat: {} };

function stopped(state: TypingState, chatId: string, userId: string): TypingState {
  if (state.byChat[chatId] !== userId) return state;
  const { [chatId]: _gone, ...byChat } = state.byChat;
  return { byChat };
}

/** The typing slice. It empties itself: by a stop, a message, an expiry, a closed chat or a lost connection. */
export const typingFeature = createFeature({
  name: 'typing',
  reducer: createReducer(
    initial,
    on(ChatSocketActions.typingStarted, (state, { chatId, userId }): TypingState => ({
      byChat: { ...state.byChat, [chatId]: userId },
    })),
    on(ChatSocketActions.typingStopped, ChatSocketActions.typingExpired, (state, { chatId, userId }) =>
      stopped(state, chatId, userId),
    ),
    on(ChatSocketActions.messageCreated, (state, { message }) => stopped(state, message.chatId, message.senderId)),
    // Whoever left the room hears no stop any more.
    on(ChatPageActions.chatClosed, (state, { chatId }) => stopped(state, chatId, state.byChat[chatId] ?? '')),
    on(
      ConnectionSocketActions.offline,
      ConnectionSocketActions.idle,
      ChatSessionActions.lapsed,
      ChatSessionActions.ended,
      () => initial,
    ),
  ),
});

/** Whether the other one is writing in a chat. */
export function selectIsTyping(chatId: string) {
  return createSelector(typingFeature.selectByChat, (byChat) => byChat[chatId] !== undefined);
}
