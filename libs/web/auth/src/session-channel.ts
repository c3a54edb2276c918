import { Service } from '@angular/core';
import { Observable, share } from 'rxjs';
import * as z from 'zod/mini';
import { sessionSchema } from '@course-chat/contracts';
import { openSessionChannel } from './session-tabs';

const noteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('session'), session: sessionSchema }),
  z.object({ kind: z.literal('loggedOut') }),
]);
/** What one tab tells the others of its browser. */
export type SessionNote = z.infer<typeof noteSchema>;

/** The tabs of one browser share one cookie, so they tell each other what became of the session. */
@Service()
export class SessionChannel {
  private readonly channel = openSessionChannel();

  /** What other tabs say. A note this version cannot read is ignored: a tab of another version may be open. */
  readonly notes = new Observable<SessionNote>((subscriber) => {
    const listener = ({ data }: MessageEvent) => {
      const note = noteSchema.safeParse(data);
      if (note.success) subscriber.next(note.data);
    };
    this.channel?.addEventListener('message', listener);
    return () => this.channel?.removeEventListener('message', listener);
  }).pipe(share());

  post(note: SessionNote): void {
    this.channel?.postMessage(note);
  }
}
