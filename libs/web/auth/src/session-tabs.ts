// The tabs of one browser share one cookie. Nothing here needs the application: it runs before that has arrived, too.
const NAME = 'course-chat.session';
/** A refresh without an answer gives up after this time, so that it never blocks the other tabs for good. */
export const REFRESH_TIMEOUT_MS = 10_000;

/**
 * Runs what touches the session when it is this tab's turn: each refresh makes the cookie of the one before it worthless.
 * Web Locks exist only on secure origins; elsewhere a tab relies on the server's grace for a cookie just replaced.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return typeof navigator !== 'undefined' && navigator.locks ? navigator.locks.request(NAME, work) : work();
}

/** Null where a browser has none: each tab then finds out by itself. */
export function openSessionChannel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);
}
