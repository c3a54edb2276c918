import { DestroyRef, DOCUMENT, inject, Service, signal } from '@angular/core';

/** How long a deletion can be taken back. It is sent after that. */
export const UNDO_MS = 5_000;

/** A message that is gone from the screen and not yet for the other side. */
export interface Removal {
  chatId: string;
  seq: number;
  clientMessageId: string;
}

/** What can still be taken back, for everything that shows the message. */
@Service()
export class RemovalInSight {
  readonly current = signal<Removal | null>(null);
}

/**
 * A deletion that can still be taken back. It is sent when its time is over, when another one begins, when its chat is left,
 * and when somebody logs out or the page goes away: whoever deleted something and closed the tab wants it deleted.
 */
export class PendingRemoval {
  private readonly pending = inject(RemovalInSight).current;
  readonly current = this.pending.asReadonly();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Call in an injection context: it ends with its component. */
  constructor(private readonly send: (removal: Removal) => void) {
    const window = inject(DOCUMENT).defaultView;
    const commit = () => this.commit();
    window?.addEventListener('pagehide', commit);
    inject(DestroyRef).onDestroy(() => {
      window?.removeEventListener('pagehide', commit);
      this.commit();
    });
  }

  begin(removal: Removal): void {
    this.commit();
    this.pending.set(removal);
    this.release();
  }

  undo(): void {
    this.hold();
    this.pending.set(null);
  }

  commit(): void {
    const removal = this.pending();
    this.undo();
    if (removal) this.send(removal);
  }

  /** Stops the time for as long as somebody is on the button. */
  hold(): void {
    clearTimeout(this.timer);
  }

  release(): void {
    this.hold();
    this.timer = setTimeout(() => this.commit(), UNDO_MS);
  }
}
