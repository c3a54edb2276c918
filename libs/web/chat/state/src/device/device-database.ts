import { inject, Injectable, InjectionToken } from '@angular/core';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { OutboxEntry } from '../outbox/outbox';
import type { CachedList, CachedThread } from './chat-cache';

/** What this browser keeps of the chats: what waits to be sent, and what was read. */
export interface DeviceSchema extends DBSchema {
  outbox: { key: string; value: OutboxEntry; indexes: { bySender: string } };
  /** Whose the copies are: nobody else's are read or written. */
  owner: { key: 'owner'; value: { id: 'owner'; userId: string } };
  lists: { key: string; value: StoredList };
  threads: { key: [string, string]; value: StoredThread; indexes: { byUse: [string, number] } };
}

/** Copies with their keys; `keptAt` is the device's clock in milliseconds. */
export type StoredList = CachedList & { userId: string; keptAt: number };
export type StoredThread = CachedThread & { userId: string; chatId: string; keptAt: number };

const NAME = 'course-chat';
const VERSION = 2;
/** An open that takes longer, in milliseconds, is held up. */
const OPEN_WITHIN_MS = 5_000;

/** The browser's databases; null where there are none, as in some private windows. */
export const INDEXED_DB = new InjectionToken<IDBFactory | null>('INDEXED_DB', {
  providedIn: 'root',
  factory: () => {
    try {
      return globalThis.indexedDB ?? null;
    } catch {
      return null;
    }
  },
});

/**
 * The one database of this browser. Nothing that is shown depends on it: every way of it to fail (private mode, quota, another
 * tab of another version) ends in `undefined`, and the page goes on with what is in memory.
 */
@Injectable({ providedIn: 'root' })
export class DeviceDatabase {
  private readonly factory = inject(INDEXED_DB);
  private opened: Promise<IDBPDatabase<DeviceSchema>> | undefined;
  private readonly underWay = new Set<Promise<unknown>>();

  /** What `work` brings, undefined where it failed. */
  attempt<T>(
    work: (db: IDBPDatabase<DeviceSchema>) => Promise<T>,
    onFailure?: (error: unknown) => void,
  ): Promise<T | undefined> {
    const answer = this.answer(work, onFailure);
    const done = () => this.underWay.delete(answer);
    this.underWay.add(answer);
    answer.then(done, done);
    return answer;
  }

  /** Resolves when every attempt of before is over, however it ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  private async answer<T>(
    work: (db: IDBPDatabase<DeviceSchema>) => Promise<T>,
    onFailure?: (error: unknown) => void,
  ): Promise<T | undefined> {
    if (this.factory === null) return undefined;
    try {
      return await work(await (this.opened ??= this.open()));
    } catch (error) {
      onFailure?.(error);
      return undefined;
    }
  }

  /** Fails while others hold the database up. The request stays with the browser, and its answer is used when it comes. */
  private open(): Promise<IDBPDatabase<DeviceSchema>> {
    return new Promise((resolve, reject) => {
      const request = this.request(() => reject(new DOMException('Held by another tab', 'BlockedError')));
      request.then(resolve, reject);
      request.then(
        () => (this.opened = request),
        () => this.forget(),
      );
    });
  }

  /** `heldUp`: an older tab has the database open. Another request would wait behind this one for ever. */
  private async request(heldUp: () => void): Promise<IDBPDatabase<DeviceSchema>> {
    // Loaded when it is first needed: nothing that is painted first waits for it.
    const { openDB } = await import('./storage');
    // Behind the request of another tab that is held up, the browser does not even say `blocked`.
    const timer = setTimeout(heldUp, OPEN_WITHIN_MS);
    try {
      return await openDB<DeviceSchema>(NAME, VERSION, {
        upgrade,
        blocked: heldUp,
        // A newer version wants it: it comes first, and this tab goes on without.
        blocking: (_current, _wanted, event) => {
          (event.target as IDBDatabase).close();
          this.forget();
        },
        terminated: () => this.forget(),
      });
    } finally {
      clearTimeout(timer);
    }
  }

  private forget(): void {
    this.opened = undefined;
  }
}

function upgrade(db: IDBPDatabase<DeviceSchema>, from: number): void {
  if (from < 1) {
    db.createObjectStore('outbox', { keyPath: 'clientMessageId' }).createIndex('bySender', 'senderId');
  }
  if (from < 2) {
    db.createObjectStore('owner', { keyPath: 'id' });
    db.createObjectStore('lists', { keyPath: 'userId' });
    // Serves IndexedDbChatCache.write(): which copies were used longest ago.
    db.createObjectStore('threads', { keyPath: ['userId', 'chatId'] }).createIndex('byUse', ['userId', 'keptAt']);
  }
}
