/** Least time between two rounds of a busy server: what happens to a chat meanwhile is written and told once. */
const INTERVAL_MS = 250;
/** Longest time, however slow the database is. */
const INTERVAL_MAX_MS = 1_000;
/** Rounds take at most this share of the time: what is derived must not slow down what it is derived from. */
const SHARE = 1 / 10;

/** How long a loop of rounds rests after a round that took so many milliseconds. */
export function pauseAfter(tookMs: number): number {
  return Math.min(INTERVAL_MAX_MS, Math.max(INTERVAL_MS, tookMs / SHARE - tookMs));
}
