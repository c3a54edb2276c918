import { DomainError } from '@course-chat/api/kernel';

/** One turn of a key every so often, and nobody who waits longer than that; times in milliseconds. */
export interface PaceOptions {
  readonly everyMs: number;
  readonly longestMs: number;
  /** Most keys that are remembered; those whose turn is past go first. */
  readonly remembered: number;
}

/** Gives out turns, one after the other for each key. */
export class Pace {
  private readonly nextTurns = new Map<string, number>();

  constructor(private readonly options: PaceOptions) {}

  /**
   * Takes the next turn of a key.
   * @returns how long until it comes, in milliseconds
   * @throws DomainError RATE_LIMITED when the line is too long
   */
  reserve(key: string, now = Date.now()): number {
    const turn = Math.max(now, this.nextTurns.get(key) ?? 0);
    if (turn - now > this.options.longestMs) {
      throw new DomainError('RATE_LIMITED', { message: 'Too many calls', retryAfterMs: turn - now });
    }
    this.nextTurns.delete(key);
    this.nextTurns.set(key, turn + this.options.everyMs);
    if (this.nextTurns.size > this.options.remembered) this.forgetPast(now);
    return turn - now;
  }

  private forgetPast(now: number): void {
    for (const [key, turn] of this.nextTurns) if (turn <= now) this.nextTurns.delete(key);
    // All of them have a line: the oldest loses it.
    while (this.nextTurns.size > this.options.remembered) {
      this.nextTurns.delete(this.nextTurns.keys().next().value as string);
    }
  }
}
