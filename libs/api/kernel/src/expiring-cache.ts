import { BoundedMap } from './bounded-map';

interface Entry<V> {
  readonly value: Promise<V>;
  readonly expiresAt: number;
  /** When a caller makes it be loaded anew without waiting for that. */
  renewAt: number;
}

/** How long a renewal waits for others: loads of one tick can share a query. */
const GATHER_MS = 250;

/**
 * Remembers loaded values for a short time. It stores promises, so that callers who ask while a load is under way
 * wait for the same one and go on in the order they came. A failed load is forgotten at once.
 */
export class ExpiringCache<V> {
  private readonly entries: BoundedMap<string, Entry<V>>;
  private readonly renewals: (() => void)[] = [];

  /**
   * @param ttlMs how long a value is believed, in milliseconds
   * @param maxEntries the oldest entry goes when there are more
   * @param renewAfterMs the age at which a value that is asked for is loaded anew while it is still believed, so that
   *   nobody waits for what is asked for often
   */
  constructor(
    private readonly ttlMs: number,
    maxEntries: number,
    private readonly renewAfterMs = ttlMs,
  ) {
    this.entries = new BoundedMap(maxEntries);
  }

  get(key: string, load: () => Promise<V>): Promise<V> {
    const now = Date.now();
    const known = this.entries.get(key);
    if (!known || known.expiresAt <= now) return this.remember(key, load(), now);
    if (known.renewAt <= now) this.renewSoon(key, known, load);
    return known.value;
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }

  /** @param at when its load began: from then on it may be old */
  private remember(key: string, value: Promise<V>, at: number): Promise<V> {
    this.entries.set(key, { value, expiresAt: at + this.ttlMs, renewAt: at + this.renewAfterMs });
    value.catch(() => {
      if (this.entries.get(key)?.value === value) this.entries.delete(key);
    });
    return value;
  }

  private renewSoon(key: string, known: Entry<V>, load: () => Promise<V>): void {
    known.renewAt = Infinity;
    const isFirst = this.renewals.push(() => this.renew(key, known, load)) === 1;
    if (isFirst) setTimeout(() => this.renewals.splice(0).forEach((renew) => renew()), GATHER_MS).unref();
  }

  /** What was forgotten meanwhile stays forgotten; when the load fails, the value is believed to its end. */
  private renew(key: string, known: Entry<V>, load: () => Promise<V>): void {
    const at = Date.now();
    load().then(
      (value) => {
        if (this.entries.get(key) === known) void this.remember(key, Promise.resolve(value), at);
      },
      () => undefined,
    );
  }
}
