import { ConnectionSocketActions } from '@course-chat/web/realtime';
import { ofType, type Actions } from '@ngrx/effects';
import { firstValueFrom, from, map, race } from 'rxjs';

/** A timer; a spec gives its own. */
export type Wait = (ms: number) => Promise<void>;
export const realWait: Wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits before another try, but not past a new connection: with that, what failed before may go well. */
export async function untilOnline(actions$: Actions, waited: Promise<void>): Promise<void> {
  const online = actions$.pipe(
    ofType(ConnectionSocketActions.online),
    map(() => undefined),
  );
  await firstValueFrom(race(online, from(waited)), { defaultValue: undefined });
}
