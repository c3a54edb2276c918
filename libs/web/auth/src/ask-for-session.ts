import { pendingLogout } from './pending-logout';
import { inTurn, openSessionChannel, REFRESH_TIMEOUT_MS } from './session-tabs';

/** What the server said to a refresh, as it came. */
export interface RefreshAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What was asked for and is not taken yet. */
export interface AskedSession {
  /** Comes to null without an answer. */
  readonly answer: Promise<RefreshAnswer | null>;
  /** What other tabs say of the session until the application listens itself. */
  readonly others: BroadcastChannel | null;
  /** Whether they said something: the session may be another one by now, or none. */
  outdated: boolean;
}

declare global {
  interface Window {
    /** Asked for by a script of its own, so that it does not wait for the application's. */
    askedSession?: AskedSession;
  }
}

/**
 * Asks for the session of this browser while the application is still on its way, which then need not wait for it. A logout
 * that has yet to reach the server goes first, so then nothing is asked.
 */
export function askForSession(): void {
  if (pendingLogout.exists()) return;
  const asked: AskedSession = { answer: inTurn(ask).catch(() => null), others: openSessionChannel(), outdated: false };
  asked.others?.addEventListener('message', () => (asked.outdated = true));
  window.askedSession = asked;
}

async function ask(): Promise<RefreshAnswer> {
  const response = await fetch('/api/auth/refresh', {
    method: 'POST',
    body: '{}',
    headers: { 'Content-Type': 'application/json', 'ngsw-bypass': 'true' },
    signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS),
  });
  return { status: response.status, body: await response.json() };
}
