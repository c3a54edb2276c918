import { HttpErrorResponse } from '@angular/common/http';
import { sessionSchema, type Session } from '@course-chat/contracts';
import { PendingLogout } from './pending-logout';
import { openSessionChannel } from './session-channel';
import { inTurn, REFRESH_TIMEOUT_MS } from './session-turn';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What was asked for and is not taken yet. */
interface Asked {
  /** Comes to null without an answer. */
  readonly answer: Promise<Answer | null>;
  /** What other tabs say of the session until the application listens itself. */
  readonly others: BroadcastChannel | null;
  /** Whether they said something: the session may be another one by now, or none. */
  outdated: boolean;
}

let asked: Asked | null = null;

/**
 * Asks for the session of this browser while the application is still starting, which then need not wait for it: for the
 * page's first lines. A logout that has yet to reach the server goes first, so then nothing is asked.
 */
export function askForSession(): void {
  if (new PendingLogout().exists()) return;
  const asking: Asked = { answer: inTurn(ask).catch(() => null), others: openSessionChannel(), outdated: false };
  asking.others?.addEventListener('message', () => (asking.outdated = true));
  asked = asking;
}

/**
 * What was asked for, once; null where nobody asked, or where another tab spoke of the session since. It comes to null without
 * an answer, and rejects as the call itself would have: with an HttpErrorResponse.
 */
export function takeSessionAhead(): (() => Promise<Session | null>) | null {
  const taken = asked;
  asked = null;
  taken?.others?.close();
  return taken && !taken.outdated ? async () => sessionOf(await taken.answer) : null;
}

function sessionOf(answer: Answer | null): Session | null {
  if (answer && answer.status !== 200) throw new HttpErrorResponse({ status: answer.status, error: answer.body });
  return answer && sessionSchema.parse(answer.body);
}

async function ask(): Promise<Answer> {
  const response = await fetch('/api/auth/refresh', {
    method: 'POST',
    body: '{}',
    headers: { 'Content-Type': 'application/json', 'ngsw-bypass': 'true' },
    signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS),
  });
  return { status: response.status, body: await response.json() };
}
