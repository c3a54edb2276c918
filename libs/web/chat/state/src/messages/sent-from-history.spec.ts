import { sampleChat, sampleStudent } from '@course-chat/contracts/testing';
import { ChatApiActions, ChatPageActions, OutboxActions } from '../chat.actions';
import { chatsFeature } from '../chats/chats.feature';
import { FakeStore, messageOf, range } from '../testing/fake-store';
import { messagesFeature } from './messages.feature';
import { selectThreadItems } from './messages.selectors';
import type { PagePlace } from './thread';

const chatId = sampleChat.id;
const clientMessageId = '22222222-0000-4000-8000-000000000001';

/** Somebody reads 11..15 of 40 messages and sends one. */
describe('a message that is sent while history is on screen', () => {
  let store: FakeStore;
  const page = (from: number, to: number, place: PagePlace, hasNewer = true) =>
    store.dispatch(
      ChatApiActions.historyLoaded({
        chatId,
        page: { items: range(from, to), hasOlder: from > 1, hasNewer },
        place,
        baseRev: 0,
      }),
    );
  const fail = (place: PagePlace = 'newest') =>
    store.dispatch(ChatApiActions.historyFailed({ chatId, place, code: 'UNAVAILABLE' }));
  const shown = () =>
    selectThreadItems(chatId)({
      [chatsFeature.name]: store.chats,
      [messagesFeature.name]: store.messages,
    }).map(({ text }) => text);
  const thread = () => store.messages.threads[chatId];
  const mine = (seq: number) => messageOf(seq, { clientMessageId, senderId: sampleStudent.id, text: 'mine' });

  beforeEach(() => {
    store = new FakeStore();
    store.start();
    store.dispatch(ChatPageActions.chatOpened({ chatId, seq: 12 }));
    page(11, 15, 'around');
    store.dispatch(
      ChatPageActions.messageSubmitted({ chatId, clientMessageId, text: 'mine', at: '2026-11-22T15:00:00.000Z' }),
    );
  });

  it('stays on screen when the end of the chat cannot be loaded, and says so', () => {
    fail();
    expect(shown().at(-1)).toBe('mine');
    expect(thread()).toMatchObject({ loading: null, error: 'UNAVAILABLE' });
  });

  it.each([true, false])(
    'stays when it is stored meanwhile (before the failure: %s), and once the end comes',
    (before) => {
      store.dispatch(OutboxActions.sendStarted({ clientMessageId }));
      if (!before) fail();
      store.dispatch(OutboxActions.stored({ message: mine(41) }));
      if (before) fail();
      expect(shown().at(-1)).toBe('mine');
      store.dispatch(ChatPageActions.reloadRequested({ chatId }));
      expect(shown().at(-1)).toBe('mine');
      page(30, 40, 'newest', false);
      expect(shown().filter((text) => text === 'mine')).toHaveLength(1);
      expect(thread()).toMatchObject({ error: null, live: true, window: { from: 30, to: 41 } });
      expect(store.messages.outbox).toEqual({});
    },
  );

  it('stays while older pages are read, until the end is reached', () => {
    fail();
    store.dispatch(ChatPageActions.olderNeeded({ chatId }));
    page(5, 10, 'older');
    expect(shown().at(-1)).toBe('mine');
    expect(thread()?.error).toBe('UNAVAILABLE');
    page(16, 40, 'newer', false);
    expect(thread()).toMatchObject({ error: null, live: true });
  });

  it.each<[string, () => void]>([
    ['comes', () => page(5, 10, 'older')],
    ['fails', () => fail('older')],
  ])('stays when a page of older ones %s that was asked for before', (_, older) => {
    older();
    expect(shown().at(-1)).toBe('mine');
    expect(thread()?.loading).toBe('newest');
    page(30, 40, 'newest', false);
    expect(shown().at(-1)).toBe('mine');
    expect(thread()?.loading).toBeNull();
  });

  it('is no reason to complain about the edges', () => {
    page(30, 40, 'newest', false);
    store.dispatch(ChatPageActions.olderNeeded({ chatId }));
    fail('older');
    expect(thread()).toMatchObject({ loading: null, error: null });
  });
});
