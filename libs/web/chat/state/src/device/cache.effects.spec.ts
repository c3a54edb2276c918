import type { ChatPage } from '@course-chat/contracts';
import { sampleChat, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import {
  ChatApiActions,
  ChatCacheActions,
  ChatPageActions,
  ChatSessionActions,
  ChatSocketActions,
  ChatSyncActions,
  OutboxActions,
} from '../chat.actions';
import { emptyThread, hasHole, shownMessages } from '../messages/thread';
import { FakeStore, messageOf, range, settle } from '../testing/fake-store';
import { forget, keep, restoreList, restoreThread } from './cache.effects';
import { CACHED_MESSAGES, type CacheChanges, type CachedList, type CachedThread, type ChatCache } from './chat-cache';

const me = sampleStudent.id;
const chatId = sampleChat.id;
const at = '2026-11-22T15:00:00.000Z';

/** A device that remembers; what is written is listed. */
class MemoryCache implements ChatCache {
  owner: string | null = null;
  list: CachedList | null = null;
  threads = new Map<string, CachedThread>();
  writes: CacheChanges[] = [];

  async claim(userId: string): Promise<void> {
    if (this.owner !== userId) await this.wipe();
    this.owner = userId;
  }
  async readList(userId: string) {
    return this.owner === userId ? this.list : null;
  }
  async readThread(userId: string, id: string) {
    return this.owner === userId ? (this.threads.get(id) ?? null) : null;
  }
  async write(_userId: string, changes: CacheChanges): Promise<void> {
    this.writes.push(changes);
    this.list = changes.list ?? this.list;
    for (const thread of changes.threads) this.threads.set(thread.chat.id, thread);
  }
  async wipe(): Promise<void> {
    this.owner = this.list = null;
    this.threads.clear();
  }
}

describe('what this device remembers', () => {
  let store: FakeStore;
  let cache: MemoryCache;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    cache = new MemoryCache();
    boot();
  });
  afterEach(() => {
    store.stop();
    jest.useRealTimers();
  });

  /** A page that starts on the same device. */
  function boot(): void {
    store?.stop();
    store = new FakeStore();
    store.run(
      restoreList(store.actions$, cache),
      restoreThread(store.actions$, cache, store.snapshot),
      keep(store.actions$, cache, store.snapshot, document, 1_000),
      forget(store.actions$, cache),
    );
  }

  const open = (seq: number | null = null) => store.dispatch(ChatPageActions.chatOpened({ chatId, seq }));
  const page = (items = range(1, 3)) => ({ items, hasOlder: (items[0]?.seq ?? 1) > 1, hasNewer: false });
  const loaded = (items = range(1, 3)) =>
    store.dispatch(ChatApiActions.historyLoaded({ chatId, page: page(items), place: 'newest', baseRev: 0 }));
  const chats = (change: Partial<ChatPage> = {}, chat = { ...sampleChat, lastSeq: 3, lastRev: 0 }) =>
    store.dispatch(
      ChatApiActions.chatsLoaded({
        page: { items: [chat], nextCursor: 'next', unreadTotal: 2, ...change },
        first: true,
        askedAt: 1,
      }),
    );
  const synced = (cursor: string, more = false) =>
    store.dispatch(
      ChatSyncActions.synced({ result: { cursor, more, chats: [] }, named: [], since: store.chats.cursor }),
    );
  const pass = async (ms = 1_000) => {
    await jest.advanceTimersByTimeAsync(ms);
    await settle();
  };
  const shown = () => store.messages.threads[chatId]?.window ?? null;

  /** A visit in which a chat was read, and everything was written down. */
  async function visit(items = range(1, 3)): Promise<void> {
    store.start();
    await settle();
    chats();
    synced('c1');
    open();
    loaded(items);
    await pass();
  }

  it('shows list and chat before the server answers, and with nothing but them while it does not', async () => {
    await visit();
    boot();
    store.start();
    open();
    await settle();
    expect(store.chats.list).toMatchObject({ status: 'ready', fromDevice: true, nextCursor: null });
    expect(store.chats).toMatchObject({ ids: [chatId], unreadTotal: 2, cursor: 'c1', remembered: [chatId] });
    expect(shown()).toEqual({ from: 1, to: 3 });
    store.dispatch(ChatApiActions.chatsFailed({ first: true, code: 'DISCONNECTED' }));
    store.dispatch(ChatApiActions.historyFailed({ chatId, place: 'newest', code: 'DISCONNECTED' }));
    expect(store.chats.list.status).toBe('ready');
    expect(store.messages.threads[chatId]).toMatchObject({ error: null, loading: null, window: { from: 1, to: 3 } });
  });

  it('takes the server’s word as soon as there is one: the list reaches as far down as it says', async () => {
    await visit();
    boot();
    store.start();
    await settle();
    chats({ nextCursor: 'fresh', unreadTotal: 5 });
    expect(store.chats.list).toMatchObject({ fromDevice: false, nextCursor: 'fresh' });
    expect(store.chats).toMatchObject({ unreadTotal: 5, remembered: [] });
  });

  it('knows after catching up that what was not spoken of is as it was', async () => {
    await visit();
    boot();
    store.start();
    await settle();
    synced('c2', true);
    expect(store.chats.remembered).toEqual([chatId]);
    synced('c3');
    expect(store.chats).toMatchObject({ cursor: 'c3', remembered: [] });
  });

  it('comes too late after the server, and changes nothing then', async () => {
    await visit();
    const [list, thread] = [cache.list, cache.threads.get(chatId)];
    boot();
    store.start();
    await settle();
    chats({}, { ...sampleChat, lastSeq: 9 });
    synced('c8');
    open();
    loaded(range(5, 9));
    const before = [store.chats, store.messages];
    if (list) store.dispatch(ChatCacheActions.listRestored({ userId: me, list }));
    if (thread) store.dispatch(ChatCacheActions.threadRestored({ userId: me, thread }));
    expect([store.chats, store.messages]).toEqual(before);
  });

  it('asks for what it has missed where the page joins what it remembers, and drops what the page is far from', async () => {
    await visit();
    boot();
    store.start();
    open();
    await settle();
    loaded(range(3, 6));
    expect(shown()).toEqual({ from: 1, to: 6 });
    store.dispatch(ChatSessionActions.lapsed());
    await settle();

    boot();
    await visit();
    boot();
    store.start();
    open();
    await settle();
    loaded(range(40, 50));
    expect(shown()).toEqual({ from: 40, to: 50 });
    expect(store.messages.threads[chatId]?.messages.size).toBe(11);
  });

  it('knows that a change is missing in what it remembers, until catching up brings it', async () => {
    await visit();
    boot();
    store.start();
    open();
    await settle();
    const page = { items: range(2, 4), hasOlder: true, hasNewer: false };
    store.dispatch(ChatApiActions.historyLoaded({ chatId, page, place: 'newest', baseRev: 2 }));
    const thread = () => store.messages.threads[chatId] ?? emptyThread;
    expect(hasHole(thread())).toBe(true);
    const edited = messageOf(1, { rev: 2, text: 'edited meanwhile' });
    const chat = { ...sampleChat, lastSeq: 4, lastRev: 2 };
    const result = { cursor: 'c2', more: false, chats: [{ chat, status: 'ok' as const, messages: [edited] }] };
    store.dispatch(ChatSyncActions.synced({ result, named: [chatId], since: store.chats.cursor }));
    expect(hasHole(thread())).toBe(false);
    expect(shownMessages(thread()).map(({ text }) => text)[0]).toBe('edited meanwhile');
  });

  it('does not show the end of a chat to who follows a link to another place in it', async () => {
    await visit(range(10, 20));
    boot();
    store.start();
    open(4);
    await settle();
    expect(shown()).toBeNull();
    open(15);
    await settle();
    expect(shown()).toEqual({ from: 10, to: 20 });
  });

  it('writes a burst once, and only what has changed', async () => {
    await visit();
    expect(cache.writes).toHaveLength(1);
    for (let seq = 4; seq < 40; seq++)
      store.dispatch(ChatSocketActions.messageCreated({ message: messageOf(seq, { senderId: sampleTutor.id }) }));
    store.dispatch(ChatPageActions.draftChanged({ chatId, text: 'no news' }));
    await pass();
    expect(cache.writes).toHaveLength(2);
    expect(cache.threads.get(chatId)?.messages.at(-1)?.seq).toBe(39);
    store.dispatch(ChatPageActions.draftChanged({ chatId, text: 'none either' }));
    await pass();
    expect(cache.writes).toHaveLength(2);
  });

  it('writes at once when the page may be going away', async () => {
    await visit();
    store.dispatch(ChatSocketActions.messageCreated({ message: messageOf(4) }));
    const hidden = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    hidden.mockRestore();
    expect(cache.threads.get(chatId)?.messages.at(-1)?.seq).toBe(4);
  });

  it('keeps the newest messages of a long chat, and none of history that is only scrolled through', async () => {
    await visit(range(1, CACHED_MESSAGES + 50));
    expect(cache.threads.get(chatId)?.messages).toHaveLength(CACHED_MESSAGES);
    expect(cache.threads.get(chatId)?.messages.at(-1)?.seq).toBe(CACHED_MESSAGES + 50);
    boot();
    store.start();
    await settle();
    chats({}, { ...sampleChat, lastSeq: 900 });
    synced('c2');
    store.dispatch(ChatPageActions.chatOpened({ chatId, seq: 500 }));
    const around = { items: range(480, 520), hasOlder: true, hasNewer: true };
    store.dispatch(ChatApiActions.historyLoaded({ chatId, page: around, place: 'around', baseRev: 0 }));
    await pass();
    expect(cache.threads.get(chatId)?.messages.at(-1)?.seq).toBe(CACHED_MESSAGES + 50);
  });

  it('is gone when the login is over, by will or not, and nothing is written after it', async () => {
    for (const over of [ChatSessionActions.ended(), ChatSessionActions.lapsed()]) {
      boot();
      await visit();
      store.dispatch(ChatSocketActions.messageCreated({ message: messageOf(4) }));
      const writes = cache.writes.length;
      store.dispatch(over);
      await pass();
      expect(cache).toMatchObject({ owner: null, list: null });
      expect(cache.threads.size).toBe(0);
      expect(cache.writes).toHaveLength(writes);
    }
  });

  it('is not what another person sees', async () => {
    await visit();
    boot();
    store.start(sampleTutor);
    open();
    await settle();
    expect(store.chats.ids).toEqual([]);
    expect(shown()).toBeNull();
  });

  it('does not show a message twice that was stored while the page went away', async () => {
    const mine = messageOf(3, { senderId: me, clientMessageId: '33333333-0000-4000-8000-000000000000' });
    const entry = {
      ...{ clientMessageId: mine.clientMessageId, chatId, senderId: me, text: mine.text, createdAt: at },
      ...{ state: 'sending' as const, attempts: 1, failure: null, order: 1, seq: null },
    };
    await visit([...range(1, 2), mine]);
    for (const outboxFirst of [true, false]) {
      boot();
      store.start();
      open();
      if (outboxFirst) store.dispatch(OutboxActions.restored({ entries: [entry] }));
      await settle();
      if (!outboxFirst) store.dispatch(OutboxActions.restored({ entries: [entry] }));
      expect(shown()).toEqual({ from: 1, to: 3 });
      expect(store.messages.outbox).toEqual({});
    }
  });
});
