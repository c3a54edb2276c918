/**
 * Spreads the calls of one key evenly once there are more of them than a rate allows: the next comes an interval after the
 * one before, so that many at once never stand in the way together. What a key did not use in the last window it may use at once.
 */
export class Pacer {
  /** When the calls of a key so far would be through at the rate. */
  private readonly throughAt = new Map<string, number>();
  private sweepAt = 0;

  /**
   * @param points calls that one key may make in a window without a wait
   * @param lengthMs how long a window is
   * @param longestMs a call never waits longer than this, however many are before it
   */
  constructor(
    private readonly points: number,
    private readonly lengthMs: number,
    private readonly longestMs: number,
  ) {}

  /**
   * Counts one call.
   * @param weight as how many it counts
   * @returns the milliseconds that it has to wait; 0 for most
   */
  waitOf(key: string, weight = 1): number {
    const now = Date.now();
    if (now >= this.sweepAt) this.sweep(now);
    const through = Math.max(now, this.throughAt.get(key) ?? 0) + (weight * this.lengthMs) / this.points;
    const wait = Math.min(Math.max(0, through - now - this.lengthMs), this.longestMs);
    this.throughAt.set(key, Math.min(through, now + this.lengthMs + this.longestMs));
    return wait;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.throughAt.size;
  }

  private sweep(now: number): void {
    this.sweepAt = now + this.lengthMs;
    for (const [key, through] of this.throughAt) if (now >= through) this.throughAt.delete(key);
  }
}
