import type { Session } from '@course-chat/contracts';

/** A token is replaced this long before it expires. */
export const REFRESH_AHEAD_MS = 60_000;
// A wrong clock of this machine must not make a loop of refreshes, and a timer takes at most 2^31 ms.
const REFRESH_MIN_MS = 20_000;
const REFRESH_MAX_MS = 24 * 3_600_000;

/** How long to wait before the next refresh of a session received at `now`. */
export function refreshDelay({ expiresAt }: Pick<Session, 'expiresAt'>, now: number): number {
  const delay = Date.parse(expiresAt) - now - REFRESH_AHEAD_MS;
  return Math.min(Math.max(Number.isNaN(delay) ? 0 : delay, REFRESH_MIN_MS), REFRESH_MAX_MS);
}

/** How long to wait before try `attempt` (1, 2, 3...): 1 s doubling to 30 s, anywhere below it. */
export function backoff(attempt: number, random = Math.random()): number {
  return Math.min(1_000 * 2 ** (attempt - 1), 30_000) * (0.5 + random / 2);
}
