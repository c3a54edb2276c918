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

  /** What `work` brings, undefined where it failed. */
  async attempt<T>(
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

  private async open(): Promise<IDBPDatabase<DeviceSchema>> {
    const forget = () => (this.opened = undefined);
    try {
      // Loaded when it is first needed: nothing that is painted first waits for it.
      const { openDB } = await import('idb');
      return await new Promise((resolve, reject) => {
        openDB<DeviceSchema>(NAME, VERSION, {
          upgrade,
          // A tab that runs an older version holds the database: without it for now.
          blocked: () => reject(new DOMException('Held by an older tab', 'BlockedError')),
          // A newer version wants it: it comes first, and this tab goes on without.
          blocking: (_current, _wanted, event) => {
            (event.target as IDBDatabase).close();
            forget();
          },
          terminated: forget,
        }).then(resolve, reject);
      });
    } catch (error) {
      forget();
      throw error;
    }
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
