import { HttpErrorResponse } from '@angular/common/http';
import { sessionSchema, type Session } from '@course-chat/contracts';
import type { RefreshAnswer } from './ask-for-session';

/**
 * What was asked for ahead, once; null where nobody asked, or where another tab spoke of the session since. It comes to null
 * without an answer, and rejects as the call itself would have: with an HttpErrorResponse.
 */
export function takeSessionAhead(): (() => Promise<Session | null>) | null {
  const taken = window.askedSession;
  delete window.askedSession;
  taken?.others?.close();
  return taken && !taken.outdated ? async () => sessionOf(await taken.answer) : null;
}

function sessionOf(answer: RefreshAnswer | null): Session | null {
  if (answer && answer.status !== 200) throw new HttpErrorResponse({ status: answer.status, error: answer.body });
  return answer && sessionSchema.parse(answer.body);
}
