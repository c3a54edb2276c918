import { inject, InjectionToken } from '@angular/core';
import type { IDBPDatabase } from 'idb';
import { DeviceDatabase, INDEXED_DB, type DeviceSchema } from '../device/device-database';
import type { OutboxEntry } from './outbox';

/** Where unsent messages survive a reload, apart by person. */
export interface OutboxRepository {
  /** In the order they go out. */
  load(userId: string): Promise<OutboxEntry[]>;
  put(entry: OutboxEntry): Promise<void>;
  remove(clientMessageId: string): Promise<void>;
  clear(userId: string): Promise<void>;
  /** Whether an entry is known to be on this device: any other one ends with the page. */
  keeps(clientMessageId: string): boolean;
}

/** The outbox in IndexedDB. Where the browser refuses one (some private windows), it lasts as long as the page. */
export class IndexedDbOutbox implements OutboxRepository {
  private readonly kept = new Set<string>();
  /** Who has logged out: what of theirs is still on its way to the device comes too late. */
  private readonly gone = new Set<string>();

  constructor(private readonly database: DeviceDatabase) {}

  async load(userId: string): Promise<OutboxEntry[]> {
    this.gone.delete(userId);
    const entries = await this.attempt((db) => db.getAllFromIndex('outbox', 'bySender', userId));
    for (const { clientMessageId } of entries ?? []) this.kept.add(clientMessageId);
    return (entries ?? []).sort((a, b) => a.order - b.order);
  }

  async put(entry: OutboxEntry): Promise<void> {
    if (this.gone.has(entry.senderId)) return;
    const key = await this.attempt((db) => db.put('outbox', entry));
    if (key !== undefined) this.kept.add(key);
  }

  async remove(clientMessageId: string): Promise<void> {
    this.kept.delete(clientMessageId);
    await this.attempt((db) => db.delete('outbox', clientMessageId));
  }

  async clear(userId: string): Promise<void> {
    this.gone.add(userId);
    await this.attempt(async (db) => {
      const transaction = db.transaction('outbox', 'readwrite');
      const keys = await transaction.store.index('bySender').getAllKeys(userId);
      await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
    });
  }

  keeps(clientMessageId: string): boolean {
    return this.kept.has(clientMessageId);
  }

  private attempt<T>(work: (db: IDBPDatabase<DeviceSchema>) => Promise<T>): Promise<T | undefined> {
    return this.database.attempt(work, (error) => {
      // The message itself is in memory and goes out all the same; only surviving a reload is lost.
      console.warn('The outbox could not be kept on this device', (error as Error).name);
    });
  }
}

/** An outbox that forgets: for specs and for places without IndexedDB. */
export class MemoryOutbox implements OutboxRepository {
  readonly entries = new Map<string, OutboxEntry>();

  async load(userId: string): Promise<OutboxEntry[]> {
    return [...this.entries.values()].filter(({ senderId }) => senderId === userId).sort((a, b) => a.order - b.order);
  }

  async put(entry: OutboxEntry): Promise<void> {
    this.entries.set(entry.clientMessageId, entry);
  }

  async remove(clientMessageId: string): Promise<void> {
    this.entries.delete(clientMessageId);
  }

  async clear(userId: string): Promise<void> {
    for (const { clientMessageId } of await this.load(userId)) this.entries.delete(clientMessageId);
  }

  keeps(_clientMessageId: string): boolean {
    return false;
  }
}

export const OUTBOX_REPOSITORY = new InjectionToken<OutboxRepository>('OUTBOX_REPOSITORY', {
  providedIn: 'root',
  factory: () => (inject(INDEXED_DB) === null ? new MemoryOutbox() : new IndexedDbOutbox(inject(DeviceDatabase))),
});
