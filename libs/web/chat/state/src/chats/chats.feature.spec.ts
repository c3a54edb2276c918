import { sampleChat } from '@course-chat/contracts/testing';
import { ChatApiActions, ChatSocketActions } from '../chat.actions';
import { chatsFeature, type ChatsState } from './chats.feature';

const initial = chatsFeature.reducer(undefined, { type: 'init' });

function listed(state: ChatsState, unreadTotal: number, askedAt: number): ChatsState {
  const page = { items: [sampleChat], nextCursor: null, unreadTotal };
  return chatsFeature.reducer(state, ChatApiActions.chatsLoaded({ page, first: true, askedAt }));
}

function told(state: ChatsState, unreadTotal: number, at: number): ChatsState {
  const change = { chatId: sampleChat.id, unreadCount: unreadTotal, unreadTotal, at };
  return chatsFeature.reducer(state, ChatSocketActions.unreadChanged(change));
}

describe('the unread total', () => {
  it('is what the list said when it was asked for after the last word', () => {
    const state = listed(told(listed(initial, 1, 10), 2, 20), 0, 30);
    expect(state.unreadTotal).toBe(0);
  });

  it('stays as it was told when a list asked for earlier answers later', () => {
    const state = listed(told(listed(initial, 1, 10), 0, 30), 1, 20);
    expect(state.unreadTotal).toBe(0);
    expect(state.ids).toEqual([sampleChat.id]);
  });
});
