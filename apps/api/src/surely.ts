import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseAway } from '@course-chat/api/kernel';

const RETRY_MS = 500;

/** Tries again for as long as the database is away: a start waits for it. */
export async function surely(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await delay(RETRY_MS);
    }
  }
}
