import { signal } from '@angular/core';

/** How far one has come in a chat: what was on screen, and what of it somebody can have read. */
export class SeenSoFar {
  private readonly shown = signal(0);
  private reported = 0;

  /** The highest seq that was on screen, whether or not anybody looked: what the jump button counts from. */
  readonly shownSeq = this.shown.asReadonly();

  /**
   * @param seq the highest on screen
   * @param watched whether anybody can be looking
   * @returns what has been read now, once; else null
   */
  reach(seq: number, watched: boolean): number | null {
    if (seq > this.shown()) this.shown.set(seq);
    if (!watched || seq <= this.reported) return null;
    this.reported = seq;
    return seq;
  }

  /** A chat opens: everything up to `seq` is known. */
  openAt(seq: number): void {
    this.shown.set(seq);
  }

  startOver(): void {
    this.shown.set(0);
    this.reported = 0;
  }
}
