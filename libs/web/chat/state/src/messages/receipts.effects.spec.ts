import { sampleChat, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import { CommandError, ConnectionSocketActions } from '@course-chat/web/realtime';
import type { ChatSocket } from '../chat-socket';
import { ChatApiActions, ChatPageActions, ChatSocketActions } from '../chat.actions';
import { FakeStore, messageOf, range } from '../testing/fake-store';
import { DELIVERED_EVERY_MS, markDelivered, markRead, READ_EVERY_MS } from './receipts.effects';

const chatId = sampleChat.id;

describe('receipts', () => {
  let store: FakeStore;
  let socket: { online: boolean; markRead: jest.Mock; markDelivered: jest.Mock };
  let told: [string, number][];

  beforeEach(() => {
    jest.useFakeTimers();
    store = new FakeStore();
    told = [];
    const mark = (kind: string) =>
      jest.fn(async (id: string, seq: number) => {
        told.push([kind, seq]);
        return { chatId: id, readSeq: kind === 'read' ? seq : 0, deliveredSeq: seq, unreadCount: 0 };
      });
    socket = { online: true, markRead: mark('read'), markDelivered: mark('delivered') };
    const asSocket = socket as unknown as ChatSocket;
    store.run(
      markRead(store.actions$, asSocket, store.snapshot, () => 1),
      markDelivered(store.actions$, asSocket, store.snapshot),
    );
    store.start();
    const chat = { ...sampleChat, lastSeq: 9, me: { readSeq: 1, deliveredSeq: 9 }, unreadCount: 3 };
    store.dispatch(ChatApiActions.chatLoaded({ chat, askedAt: 0 }));
  });

  afterEach(() => {
    store.stop();
    jest.useRealTimers();
  });

  const seen = (seq: number) => store.dispatch(ChatPageActions.seenUpTo({ chatId, seq }));
  const me = () => store.chats.entities[chatId]?.me;

  it('tells what was seen at once, then no more often than allowed, the last position always', async () => {
    for (const seq of [2, 3, 4, 5]) seen(seq);
    await jest.advanceTimersByTimeAsync(READ_EVERY_MS * 2);
    expect(told).toEqual([
      ['read', 2],
      ['read', 5],
    ]);
    expect(me()?.readSeq).toBe(5);
  });

  it('never tells of more than was seen, nor of what is known to be read', async () => {
    seen(4);
    await jest.advanceTimersByTimeAsync(READ_EVERY_MS * 2);
    seen(4);
    seen(3);
    await jest.advanceTimersByTimeAsync(READ_EVERY_MS * 2);
    expect(told).toEqual([['read', 4]]);
  });

  it('tells on reconnect what was seen while offline', async () => {
    socket.online = false;
    seen(6);
    await jest.advanceTimersByTimeAsync(READ_EVERY_MS * 2);
    expect(told).toEqual([]);
    socket.online = true;
    store.dispatch(ConnectionSocketActions.online({ at: 1 }));
    await jest.advanceTimersByTimeAsync(READ_EVERY_MS * 2);
    expect(told).toEqual([['read', 6]]);
  });

  it('keeps the position where the command failed', async () => {
    socket.markRead.mockRejectedValueOnce(new CommandError('TIMEOUT', ''));
    seen(3);
    await jest.advanceTimersByTimeAsync(READ_EVERY_MS * 2);
    expect(me()?.readSeq).toBe(1);
    store.dispatch(ConnectionSocketActions.online({ at: 1 }));
    await jest.advanceTimersByTimeAsync(READ_EVERY_MS * 2);
    expect(me()?.readSeq).toBe(3);
  });

  it('tells again by itself what failed for the moment, and then the newest position', async () => {
    socket.markRead
      .mockRejectedValueOnce(new CommandError('UNAVAILABLE', '', { retryAfterMs: 700 }))
      .mockRejectedValueOnce(new CommandError('TIMEOUT', ''));
    seen(3);
    await jest.advanceTimersByTimeAsync(500);
    seen(5);
    await jest.advanceTimersByTimeAsync(300);
    expect(socket.markRead.mock.calls).toEqual([
      [chatId, 3],
      [chatId, 5],
    ]);
    expect(me()?.readSeq).toBe(1);
    await jest.advanceTimersByTimeAsync(2_500);
    expect(told).toEqual([['read', 5]]);
    expect(me()?.readSeq).toBe(5);
  });

  it('does not tell again what is refused for good, until there is more to tell', async () => {
    socket.markRead.mockRejectedValueOnce(new CommandError('NOT_FOUND', ''));
    seen(3);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(socket.markRead).toHaveBeenCalledTimes(1);
    seen(4);
    await jest.advanceTimersByTimeAsync(READ_EVERY_MS * 2);
    expect(told).toEqual([['read', 4]]);
  });

  it('acknowledges a burst of messages of the other side with two commands', async () => {
    for (const message of range(10, 19))
      store.dispatch(ChatSocketActions.messageCreated({ message: { ...message, senderId: sampleTutor.id } }));
    await jest.advanceTimersByTimeAsync(DELIVERED_EVERY_MS * 2);
    expect(told).toEqual([
      ['delivered', 10],
      ['delivered', 19],
    ]);
  });

  it('does not acknowledge own messages', async () => {
    store.dispatch(ChatSocketActions.messageCreated({ message: messageOf(10, { senderId: sampleStudent.id }) }));
    await jest.advanceTimersByTimeAsync(DELIVERED_EVERY_MS * 2);
    expect(told).toEqual([]);
  });

  it('does not acknowledge what is held back behind a hole', async () => {
    store.dispatch(ChatPageActions.chatOpened({ chatId, seq: null }));
    store.dispatch(
      ChatApiActions.historyLoaded({
        chatId,
        page: { items: range(1, 9), hasOlder: false, hasNewer: false },
        place: 'newest',
        baseRev: 0,
      }),
    );
    store.dispatch(ChatSocketActions.messageCreated({ message: messageOf(11, { senderId: sampleTutor.id }) }));
    await jest.advanceTimersByTimeAsync(DELIVERED_EVERY_MS * 2);
    expect(told).toEqual([]);
  });

  it('acknowledges what came while this device was away, when the list loads', async () => {
    const chat = { ...sampleChat, id: 'b'.repeat(24), lastSeq: 4, unreadCount: 2, me: { readSeq: 2, deliveredSeq: 2 } };
    store.dispatch(
      ChatApiActions.chatsLoaded({
        page: { items: [chat], nextCursor: null, unreadTotal: 2 },
        first: true,
        askedAt: 0,
      }),
    );
    await jest.advanceTimersByTimeAsync(DELIVERED_EVERY_MS * 2);
    expect(told).toEqual([['delivered', 4]]);
  });
});
