import type { CommandPayload, SyncResult } from '@course-chat/contracts';
import { sampleChat } from '@course-chat/contracts/testing';
import { CommandError, ConnectionSocketActions } from '@course-chat/web/realtime';
import type { ChatSocket } from '../chat-socket';
import { ChatApiActions, ChatPageActions, ChatSocketActions, ChatSyncActions } from '../chat.actions';
import { FakeStore, messageOf, range, settle } from '../testing/fake-store';
import { catchUp, findHoles } from './sync.effects';

const chatId = sampleChat.id;
type Ask = CommandPayload<'sync'>;

class FakeSocket {
  online = true;
  asks: Ask[] = [];
  answers: ((ask: Ask) => SyncResult | Promise<SyncResult>)[] = [];

  async sync(ask: Ask): Promise<SyncResult> {
    this.asks.push(ask);
    return this.answers.shift()?.(ask) ?? { cursor: 'c1', more: false, chats: [] };
  }
}

describe('catching up', () => {
  let store: FakeStore;
  let socket: FakeSocket;
  let waits: number[];

  beforeEach(() => {
    store = new FakeStore();
    socket = new FakeSocket();
    waits = [];
    store.run(
      findHoles(store.actions$, store.snapshot),
      catchUp(
        store.actions$,
        socket as unknown as ChatSocket,
        store.snapshot,
        async (ms) => void waits.push(ms),
        () => 1,
      ),
    );
  });
  afterEach(() => store.stop());

  function open(id: string, last: number): void {
    const items = range(1, last).map((message) => ({ ...message, chatId: id }));
    store.dispatch(ChatPageActions.chatOpened({ chatId: id, seq: null }));
    store.dispatch(
      ChatApiActions.historyLoaded({
        chatId: id,
        page: { items, hasOlder: false, hasNewer: false },
        place: 'newest',
        baseRev: 2,
      }),
    );
  }

  async function start(): Promise<void> {
    store.start();
    await settle();
    socket.asks = [];
  }

  const online = () => store.dispatch(ConnectionSocketActions.online({ at: 1 }));
  const created = (seq: number) => store.dispatch(ChatSocketActions.messageCreated({ message: messageOf(seq) }));
  const answer = (
    status: 'ok' | 'reset',
    messages: SyncResult['chats'][0]['messages'],
    lastSeq: number,
  ): SyncResult => ({
    cursor: 'c2',
    more: false,
    chats: [{ chat: { ...sampleChat, lastSeq, lastRev: 2 }, status, messages }],
  });

  it('asks again with a new connection, however long it would have waited', async () => {
    store.stop();
    store = new FakeStore();
    const never = () => new Promise<void>(() => undefined);
    store.run(catchUp(store.actions$, socket as unknown as ChatSocket, store.snapshot, never, () => 1));
    socket.answers = [() => Promise.reject(new CommandError('TIMEOUT', 'no answer'))];
    store.start();
    await settle();
    expect(socket.asks).toHaveLength(1);
    online();
    await settle();
    expect(socket.asks).toHaveLength(2);
  });

  it('tells on connect what is applied of every chat held, and refreshes the list once', async () => {
    await start();
    open(chatId, 5);
    online();
    await settle();
    expect(socket.asks).toEqual([{ cursor: 'c1', chats: [{ chatId, seq: 5, rev: 2 }] }]);
    expect(store.dispatched.filter(({ type }) => type === ChatSyncActions.caughtUp.type)).toHaveLength(1);
  });

  it('names at most fifty chats a call', async () => {
    await start();
    for (let n = 0; n < 120; n++) open(n.toString(16).padStart(24, '0'), 1);
    online();
    await settle(60);
    expect(socket.asks.map(({ chats }) => chats.length)).toEqual([50, 50, 20]);
  });

  it('follows more, each time from where it has come to', async () => {
    await start();
    open(chatId, 5);
    socket.answers = [
      () => ({ ...answer('ok', [messageOf(6)], 7), more: true }),
      () => answer('ok', [messageOf(7)], 7),
    ];
    online();
    await settle();
    expect(socket.asks.map(({ chats, cursor }) => [cursor, chats[0]?.seq])).toEqual([
      ['c1', 5],
      ['c2', 6],
    ]);
    expect(store.messages.threads[chatId]?.window).toEqual({ from: 1, to: 7 });
  });

  it('holds a message back behind a hole, asks for what is missing, and then shows both', async () => {
    await start();
    open(chatId, 5);
    socket.answers = [() => answer('ok', [messageOf(6), messageOf(7)], 7)];
    created(7);
    expect(store.messages.threads[chatId]?.window?.to).toBe(5);
    await settle();
    expect(socket.asks).toEqual([{ cursor: 'c1', chats: [{ chatId, seq: 5, rev: 2 }] }]);
    expect(store.messages.threads[chatId]?.window?.to).toBe(7);
  });

  it('does nothing while events come without holes', async () => {
    await start();
    open(chatId, 5);
    for (const seq of [6, 7, 8]) created(seq);
    await settle();
    expect(socket.asks).toEqual([]);
  });

  it('listens to a digest that differs, and not to one that agrees', async () => {
    await start();
    store.dispatch(ChatSocketActions.digestReceived({ cursor: 'c1' }));
    await settle();
    expect(socket.asks).toHaveLength(0);
    store.dispatch(ChatSocketActions.digestReceived({ cursor: 'c9' }));
    await settle();
    expect(socket.asks).toHaveLength(1);
  });

  it('refreshes the list when it learns of an unread count that nobody told of, and only then', async () => {
    await start();
    const lists = () => store.dispatched.filter(({ type }) => type === ChatSyncActions.caughtUp.type).length;
    const counted = (unreadCount: number): SyncResult => ({
      cursor: `c${unreadCount}`,
      more: false,
      chats: [{ chat: { ...sampleChat, unreadCount }, status: 'ok', messages: [] }],
    });
    store.dispatch(ChatApiActions.chatLoaded({ chat: { ...sampleChat, unreadCount: 3 }, askedAt: 1 }));
    socket.answers = [() => counted(3), () => counted(0)];
    store.dispatch(ChatSocketActions.digestReceived({ cursor: 'c8' }));
    await settle();
    expect(lists()).toBe(0);
    store.dispatch(ChatSocketActions.digestReceived({ cursor: 'c9' }));
    await settle();
    expect(lists()).toBe(1);
  });

  it('catches up when the tab wakes', async () => {
    await start();
    store.dispatch(ChatSyncActions.tabWoke());
    await settle();
    expect(socket.asks).toHaveLength(1);
  });

  it('starts a thread over where too much was missed', async () => {
    await start();
    open(chatId, 5);
    socket.answers = [() => answer('reset', [], 900)];
    online();
    await settle();
    expect(store.messages.threads[chatId]).toMatchObject({ window: null, loading: 'newest', rev: 2 });
  });

  it('runs one at a time and once more for everything asked meanwhile', async () => {
    await start();
    let release: (result: SyncResult) => void = () => undefined;
    socket.answers = [() => new Promise((resolve) => (release = resolve))];
    for (let n = 0; n < 5; n++) store.dispatch(ChatSyncActions.tabWoke());
    await settle();
    expect(socket.asks).toHaveLength(1);
    release({ cursor: 'c2', more: false, chats: [] });
    await settle();
    expect(socket.asks).toHaveLength(2);
  });

  it('waits as asked after a refusal and then asks the same again', async () => {
    await start();
    open(chatId, 5);
    socket.answers = [() => Promise.reject(new CommandError('RATE_LIMITED', 'slow', { retryAfterMs: 700 }))];
    online();
    await settle(40);
    expect(waits).toEqual([700]);
    expect(socket.asks.map(({ chats }) => chats[0]?.seq)).toEqual([5, 5]);
  });

  it('asks nothing while offline or while nobody is signed in', async () => {
    online();
    socket.online = false;
    store.start();
    store.dispatch(ChatSyncActions.tabWoke());
    await settle();
    expect(socket.asks).toEqual([]);
  });
});
