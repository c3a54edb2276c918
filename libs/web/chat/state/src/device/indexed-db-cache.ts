import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { CACHED_LIST_FOR_MS, CACHED_THREADS, type CacheChanges, type CachedThread, type ChatCache } from './chat-cache';
import { parseList, parseThread } from './parse-copies';
import type { DeviceDatabase, DeviceSchema } from './device-database';

type Stores = StoreNames<DeviceSchema>[];
type Writing = IDBPTransaction<DeviceSchema, Stores, 'readwrite'>;

const COPIES: Stores = ['owner', 'lists', 'threads'];

/**
 * The cache in IndexedDB. Every transaction asks first whose the copies are: what a tab writes that has not heard of a logout
 * yet is dropped, and the next person at this browser reads nothing.
 */
export class IndexedDbChatCache implements ChatCache {
  /** Whether there was no room: what cannot be kept is not tried again and again. */
  private full = false;

  constructor(
    private readonly database: DeviceDatabase,
    private readonly now: () => number = Date.now,
  ) {}

  async claim(userId: string): Promise<void> {
    await this.attempt(async (db) => {
      const transaction = writing(db);
      const owner = await transaction.objectStore('owner').get('owner');
      if (owner?.userId !== userId) {
        await empty(transaction);
        await transaction.objectStore('owner').put({ id: 'owner', userId });
      }
      await transaction.done;
    });
  }

  async readList(userId: string) {
    const found = await this.attempt(async (db) => {
      const transaction = db.transaction(['owner', 'lists']);
      const owner = await transaction.objectStore('owner').get('owner');
      return owner?.userId === userId ? transaction.objectStore('lists').get(userId) : undefined;
    });
    return found && this.now() - found.keptAt < CACHED_LIST_FOR_MS ? parseList(found) : null;
  }

  async readThread(userId: string, chatId: string): Promise<CachedThread | null> {
    const found = await this.attempt(async (db) => {
      const transaction = db.transaction(['owner', 'threads']);
      const owner = await transaction.objectStore('owner').get('owner');
      return owner?.userId === userId ? transaction.objectStore('threads').get([userId, chatId]) : undefined;
    });
    return parseThread(found);
  }

  async write(userId: string, { list, threads }: CacheChanges): Promise<void> {
    if (this.full) return;
    const keeping = async (db: IDBPDatabase<DeviceSchema>) => {
      const transaction = writing(db);
      const owner = await transaction.objectStore('owner').get('owner');
      if (owner?.userId === userId) {
        if (list) await transaction.objectStore('lists').put({ ...list, userId, keptAt: this.now() });
        for (const thread of threads) await this.keep(transaction, userId, thread);
        await forgetLongestUnused(transaction, userId);
      }
      await transaction.done;
    };
    // Whatever else fails may pass: what was kept before stays as it is, and the next change is tried again.
    await this.database.attempt(keeping, (error) => (this.full = isFull(error)));
    // The room belongs to what waits to be sent.
    if (this.full) await this.wipe();
  }

  async wipe(): Promise<void> {
    await this.attempt(async (db) => {
      const transaction = writing(db);
      await empty(transaction);
      await transaction.done;
    });
  }

  /** Another tab may have come further meanwhile: what it wrote stays. */
  private async keep(transaction: Writing, userId: string, thread: CachedThread): Promise<void> {
    const threads = transaction.objectStore('threads');
    const chatId = thread.chat.id;
    const before = await threads.get([userId, chatId]);
    if (before && (lastSeq(before) > lastSeq(thread) || before.rev > thread.rev)) return;
    await threads.put({ ...thread, userId, chatId, keptAt: this.now() });
  }

  private attempt<T>(work: (db: IDBPDatabase<DeviceSchema>) => Promise<T>): Promise<T | undefined> {
    return this.database.attempt(work);
  }
}

function isFull(error: unknown): boolean {
  return (error as { name?: unknown } | null)?.name === 'QuotaExceededError';
}

function writing(db: IDBPDatabase<DeviceSchema>): Writing {
  return db.transaction(COPIES, 'readwrite');
}

async function empty(transaction: Writing): Promise<void> {
  await Promise.all(COPIES.map((store) => transaction.objectStore(store).clear()));
}

async function forgetLongestUnused(transaction: Writing, userId: string): Promise<void> {
  const threads = transaction.objectStore('threads');
  const range = IDBKeyRange.bound([userId, 0], [userId, Number.MAX_SAFE_INTEGER]);
  const keys = await threads.index('byUse').getAllKeys(range);
  const tooMany = keys.slice(0, Math.max(0, keys.length - CACHED_THREADS));
  await Promise.all(tooMany.map((key) => threads.delete(key)));
}

function lastSeq({ messages }: CachedThread): number {
  return messages.at(-1)?.seq ?? 0;
}
