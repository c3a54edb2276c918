import { Service } from '@angular/core';
import * as z from 'zod/mini';
import { userSchema, type User } from '@course-chat/contracts';
import { pendingLogout } from './pending-logout';

const KEY = 'course-chat.person';
/** As long as a login lasts without use: whoever was away longer has to log in. */
const REMEMBERED_FOR_MS = 30 * 24 * 3_600_000;

const noteSchema = z.object({ user: userSchema, at: z.number() });

/**
 * Who is logged in at this browser, so that a page that starts without a connection knows whose cached chats it may show. It
 * opens nothing at the server: that takes the cookie.
 */
@Service()
export class RememberedPerson {
  /** Null where nobody is, or where a logout has yet to reach the server. */
  get(now = Date.now()): User | null {
    if (pendingLogout.exists()) return null;
    const note = attempt(() => noteSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null')).data);
    return note && now - note.at < REMEMBERED_FOR_MS ? note.user : null;
  }

  remember(user: User): void {
    attempt(() => localStorage.setItem(KEY, JSON.stringify({ user, at: Date.now() })));
  }

  forget(): void {
    attempt(() => localStorage.removeItem(KEY));
  }
}

// Storage may be forbidden or full.
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
