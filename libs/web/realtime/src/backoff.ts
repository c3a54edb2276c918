const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
/** No try follows the last one at once, whatever the dice say. */
const SHORTEST_MS = 100;

/**
 * Milliseconds to wait before try number `attempt` (0 is the first repeat): full jitter under a ceiling that doubles from 1 s
 * to 30 s, so that clients that lost the same server do not come back in step.
 */
export function backoffDelay(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 5));
  return Math.max(SHORTEST_MS, Math.round(random() * ceiling));
}
