import { DOCUMENT, inject, Injectable, signal } from '@angular/core';

/**
 * Whether a part of the portal that is loaded when it is needed did not come: the connection is away, or a newer version took
 * the place of its file. Going on without a word would leave buttons and links that do nothing.
 */
@Injectable({ providedIn: 'root' })
export class MissingPart {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly missed = signal(false);
  readonly shown = this.missed.asReadonly();

  report(error: unknown): void {
    console.warn('A part of the portal could not be loaded', error);
    this.missed.set(true);
  }

  /** What was typed is a draft on this device, what waits is in the outbox. */
  reload(): void {
    this.window?.location.reload();
  }

  /** Until it happens again; whoever tries again may well get there. */
  later(): void {
    this.missed.set(false);
  }
}
