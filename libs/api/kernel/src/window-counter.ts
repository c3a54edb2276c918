/**
 * Counts calls by key, in windows of one length that begin with a key's first call. No timer and no promise: it runs
 * several times for every command.
 */
export class WindowCounter {
  private readonly windows = new Map<string, { count: number; endsAt: number }>();
  private sweepAt = 0;

  /**
   * @param points calls that one key may make in a window
   * @param lengthMs how long a window is
   */
  constructor(
    private readonly points: number,
    private readonly lengthMs: number,
  ) {}

  /** Counts one call. @returns 0 when it is allowed, else the milliseconds until the key may call again */
  count(key: string): number {
    const now = Date.now();
    if (now >= this.sweepAt) this.sweep(now);
    const window = this.windows.get(key);
    if (!window || now >= window.endsAt) {
      this.windows.set(key, { count: 1, endsAt: now + this.lengthMs });
      return 0;
    }
    window.count++;
    return window.count > this.points ? window.endsAt - now : 0;
  }

  /** The milliseconds until a key may call again; 0 while it has calls left. Counts nothing. */
  waitOf(key: string): number {
    const window = this.windows.get(key);
    return window && window.count >= this.points ? Math.max(0, window.endsAt - Date.now()) : 0;
  }

  /** Lets a key begin anew. */
  forget(key: string): void {
    this.windows.delete(key);
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.windows.size;
  }

  /** Once a window: what is remembered never exceeds the keys of two windows. */
  private sweep(now: number): void {
    this.sweepAt = now + this.lengthMs;
    for (const [key, { endsAt }] of this.windows) if (now >= endsAt) this.windows.delete(key);
  }
}
