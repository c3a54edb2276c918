import { backoffDelay, ConnectionSocketActions, type CommandError } from '@course-chat/web/realtime';
import { ofType, type Actions } from '@ngrx/effects';
import { firstValueFrom, from, map, race } from 'rxjs';

/** A timer; a spec gives its own. */
export type Wait = (ms: number) => Promise<void>;
export const realWait: Wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits before another try: as long as the server said, else a growing time, but that not past a new connection: with
 * one, what failed before may go well.
 * @param failures how often it was tried before, from 0
 * @param random 0 to 1
 */
export async function pauseBeforeRetry(
  actions$: Actions,
  wait: Wait,
  random: () => number,
  failures: number,
  { retryAfterMs }: CommandError,
): Promise<void> {
  if (retryAfterMs !== undefined) return wait(retryAfterMs);
  const online = actions$.pipe(
    ofType(ConnectionSocketActions.online),
    map(() => undefined),
  );
  const waited = from(wait(backoffDelay(failures, random)));
  return firstValueFrom(race(online, waited), { defaultValue: undefined });
}
