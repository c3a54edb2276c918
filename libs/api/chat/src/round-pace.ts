/** Least time between two rounds of a busy server: what happens to a chat meanwhile is written and told once. */
const INTERVAL_MS = 250;
/** Longest time, however much there is to do and however slow the database is. */
const INTERVAL_MAX_MS = 1_000;
/** With more written than this a second, rounds are fewer: the more chats in one, the more of their messages it spares. */
const CHATS_PER_SECOND = 40;
/** Rounds take at most this share of the time: what is derived must not slow down what it is derived from. */
const SHARE = 1 / 10;

/** How long a loop of rounds rests after a round that took so many milliseconds, and in which it wrote so many chats. */
export function pauseAfter(tookMs: number, chats = 0): number {
  const wanted = Math.max(INTERVAL_MS, (chats * 1000) / CHATS_PER_SECOND, tookMs / SHARE - tookMs);
  return Math.min(INTERVAL_MAX_MS, wanted);
}
