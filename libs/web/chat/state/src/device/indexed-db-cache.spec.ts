import 'fake-indexeddb/auto';
import { TestBed } from '@angular/core/testing';
import { sampleChat, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import { IDBFactory } from 'fake-indexeddb';
import { IndexedDbOutbox } from '../outbox/outbox.repository';
import type { OutboxEntry } from '../outbox/outbox';
import { messageOf, range } from '../testing/fake-store';
import { CACHED_LIST_FOR_MS, CACHED_THREADS, copyOfList, type CachedThread } from './chat-cache';
import { DeviceDatabase, INDEXED_DB } from './device-database';
import { IndexedDbChatCache } from './indexed-db-cache';

const [ana, ben] = [sampleStudent.id, sampleTutor.id];
const list = copyOfList([{ ...sampleChat, peer: { ...sampleChat.peer, online: true } }], 3, 'c7');
const threadOf = (last: number, rev = 0, id = sampleChat.id): CachedThread => ({
  chat: { ...sampleChat, id },
  messages: range(1, last).map((message) => ({ ...message, chatId: id })),
  rev,
});

describe(IndexedDbChatCache.name, () => {
  let now = 1_000;
  let cache: IndexedDbChatCache;

  const open = () => new IndexedDbChatCache(TestBed.inject(DeviceDatabase), () => now);
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
    now = 1_000;
    cache = open();
  });

  it('gives back what was kept, with nobody online', async () => {
    await cache.claim(ana);
    await cache.write(ana, { list, threads: [threadOf(3, 2)] });
    expect(await cache.readList(ana)).toMatchObject({ unreadTotal: 3, cursor: 'c7', chats: [{ id: sampleChat.id }] });
    expect((await cache.readList(ana))?.chats[0]?.peer.online).toBe(false);
    expect(await cache.readThread(ana, sampleChat.id)).toEqual(threadOf(3, 2));
    expect(await cache.readThread(ana, 'f'.repeat(24))).toBeNull();
  });

  it('gives nothing to the next person, and nothing back to the one before', async () => {
    await cache.claim(ana);
    await cache.write(ana, { list, threads: [threadOf(3)] });
    expect(await cache.readList(ben)).toBeNull();
    expect(await cache.readThread(ben, sampleChat.id)).toBeNull();
    await cache.claim(ben);
    expect(await cache.readThread(ana, sampleChat.id)).toBeNull();
    await cache.claim(ana);
    expect(await cache.readList(ana)).toBeNull();
  });

  it('drops what a tab writes that has not heard of the logout', async () => {
    await cache.claim(ana);
    await cache.wipe();
    await cache.write(ana, { list, threads: [threadOf(3)] });
    await cache.claim(ana);
    expect(await cache.readList(ana)).toBeNull();
    expect(await cache.readThread(ana, sampleChat.id)).toBeNull();
  });

  it('keeps what is further along, whichever tab writes last', async () => {
    await cache.claim(ana);
    await cache.write(ana, { list: null, threads: [threadOf(5, 4)] });
    await cache.write(ana, { list: null, threads: [threadOf(4, 4)] });
    await cache.write(ana, { list: null, threads: [threadOf(5, 3)] });
    expect(await cache.readThread(ana, sampleChat.id)).toEqual(threadOf(5, 4));
  });

  it('is bounded: the threads that were used longest ago go', async () => {
    await cache.claim(ana);
    const idOf = (n: number) => n.toString(16).padStart(24, '0');
    for (let n = 0; n <= CACHED_THREADS; n++) {
      now++;
      await cache.write(ana, { list: null, threads: [threadOf(1, 0, idOf(n))] });
    }
    expect(await cache.readThread(ana, idOf(0))).toBeNull();
    expect(await cache.readThread(ana, idOf(1))).not.toBeNull();
    expect(await cache.readThread(ana, idOf(CACHED_THREADS))).not.toBeNull();
  });

  it('takes no list that is too old to catch up from, and none of another shape', async () => {
    await cache.claim(ana);
    await cache.write(ana, { list, threads: [{ ...threadOf(1), messages: [{ ...messageOf(1), seq: 'x' }] } as never] });
    expect(await cache.readThread(ana, sampleChat.id)).toBeNull();
    now += CACHED_LIST_FOR_MS;
    expect(await cache.readList(ana)).toBeNull();
  });

  it('gives way to what waits to be sent when the disk is full, and does not try again', async () => {
    await cache.claim(ana);
    await cache.write(ana, { list, threads: [threadOf(3)] });
    const put = jest.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await cache.write(ana, { list, threads: [threadOf(4)] });
    const tried = put.mock.calls.length;
    await cache.write(ana, { list, threads: [threadOf(5)] });
    expect(put.mock.calls).toHaveLength(tried);
    put.mockRestore();
    expect(await open().readThread(ana, sampleChat.id)).toBeNull();
  });

  it('goes on keeping after a write that failed for a passing reason', async () => {
    await cache.claim(ana);
    await cache.write(ana, { list, threads: [threadOf(3)] });
    const put = jest.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('the disk was slow', 'UnknownError');
    });
    await cache.write(ana, { list, threads: [threadOf(4)] });
    put.mockRestore();
    expect(await cache.readThread(ana, sampleChat.id)).toEqual(threadOf(3));
    await cache.write(ana, { list, threads: [threadOf(5)] });
    expect(await cache.readThread(ana, sampleChat.id)).toEqual(threadOf(5));
  });

  it('lives beside the outbox, which no wiping touches', async () => {
    const outbox = new IndexedDbOutbox(TestBed.inject(DeviceDatabase));
    const entry = { clientMessageId: 'x', senderId: ana, order: 1, text: 'waits' } as OutboxEntry;
    await outbox.put(entry);
    await cache.claim(ana);
    await cache.wipe();
    expect(await outbox.load(ana)).toEqual([entry]);
  });
});

describe(IndexedDbOutbox.name, () => {
  it('keeps nothing that comes after the logout, until the person is back', async () => {
    globalThis.indexedDB = new IDBFactory();
    const outbox = new IndexedDbOutbox(TestBed.inject(DeviceDatabase));
    const entry = { clientMessageId: 'x', senderId: ana, order: 1, text: 'written behind a slow disk' } as OutboxEntry;
    await outbox.clear(ana);
    await outbox.put(entry);
    expect(await outbox.load(ana)).toEqual([]);
    await outbox.put(entry);
    expect(await outbox.load(ana)).toEqual([entry]);
  });
});

describe(DeviceDatabase.name, () => {
  it('says when everything asked before is done: the page may be left then', async () => {
    globalThis.indexedDB = new IDBFactory();
    const database = TestBed.inject(DeviceDatabase);
    let done = false;
    void database.attempt(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      done = true;
    });
    await database.settled();
    expect(done).toBe(true);
  });

  it('keeps nothing and breaks nothing where the browser has no database', async () => {
    TestBed.configureTestingModule({ providers: [{ provide: INDEXED_DB, useValue: null }] });
    const cache = new IndexedDbChatCache(TestBed.inject(DeviceDatabase));
    await cache.claim(ana);
    await cache.write(ana, { list, threads: [] });
    expect(await cache.readList(ana)).toBeNull();
  });

  it('goes on without one that cannot be opened, and finds it once it can', async () => {
    const factory = (globalThis.indexedDB = new IDBFactory());
    const database = TestBed.inject(DeviceDatabase);
    const failures: string[] = [];
    const fails = jest.spyOn(factory, 'open').mockImplementation(() => {
      throw new DOMException('private', 'InvalidStateError');
    });
    const names = () =>
      database.attempt(
        async (db) => [...db.objectStoreNames],
        (error) => failures.push(String(error)),
      );
    expect(await names()).toBeUndefined();
    expect(failures).toHaveLength(1);
    fails.mockRestore();
    expect(await names()).toEqual(['lists', 'outbox', 'owner', 'threads']);
  });

  it('takes over the outbox of the version before', async () => {
    globalThis.indexedDB = new IDBFactory();
    (await openVersion1()).close();
    const outbox = new IndexedDbOutbox(TestBed.inject(DeviceDatabase));
    expect(await outbox.load(ana)).toHaveLength(1);
  });

  describe('that an older tab holds', () => {
    const attempt = (database: DeviceDatabase) => database.attempt(async (db) => db.version);
    const comesBack = async (database: DeviceDatabase) => {
      while ((await attempt(database)) === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    let older: IDBDatabase;
    beforeEach(async () => {
      globalThis.indexedDB = new IDBFactory();
      older = await openVersion1();
    });
    afterEach(() => {
      jest.useRealTimers();
      older.close();
    });

    it('answers every attempt, and is there when that tab is gone', async () => {
      const database = TestBed.inject(DeviceDatabase);
      for (let n = 0; n < 3; n++) expect(await attempt(database)).toBeUndefined();
      older.close();
      await comesBack(database);
      expect(await new IndexedDbOutbox(database).load(ana)).toHaveLength(1);
    });

    it('answers behind another tab that waits for it, though the browser says nothing', async () => {
      await attempt(TestBed.inject(DeviceDatabase));
      const behind = TestBed.runInInjectionContext(() => new DeviceDatabase());
      jest.useFakeTimers();
      let answered = false;
      void attempt(behind).then(() => (answered = true));
      for (let seconds = 0; seconds < 10 && !answered; seconds++) await jest.advanceTimersByTimeAsync(1_000);
      expect(answered).toBe(true);
      jest.useRealTimers();
      expect(await attempt(behind)).toBeUndefined();
      older.close();
      await comesBack(behind);
    });
  });
});

/** What a tab of the version before has open, with one message in its outbox. */
function openVersion1(): Promise<IDBDatabase> {
  return new Promise((resolve) => {
    const request = indexedDB.open('course-chat', 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('outbox', { keyPath: 'clientMessageId' });
      store.createIndex('bySender', 'senderId');
      store.put({ clientMessageId: 'old', senderId: ana, order: 1 });
    };
    request.onsuccess = () => resolve(request.result);
  });
}
