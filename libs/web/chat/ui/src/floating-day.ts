import { signal } from '@angular/core';
import type { Placed, View } from './list-window';

const FLOATING_DAY_MS = 1_200;
/** Height a floating day pill takes at the top. */
const PILL_PX = 40;

/** The day that floats at the top while one scrolls, gone when the view has rested for a moment. */
export class FloatingDay {
  /** ISO 8601 of the first message on screen; null while nothing floats. */
  readonly of = signal<string | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `opensDay`: whether a row has a day pill of its own, which makes a second one at the same place useless. */
  scrolled(
    placed: readonly Placed[],
    view: View,
    createdAt: (row: Placed) => string | undefined,
    opensDay: (row: Placed) => boolean,
  ): void {
    const row = placed.find(({ bottom }) => bottom > view.top + PILL_PX);
    const pillShown = row !== undefined && row.top > view.top - PILL_PX && opensDay(row);
    this.of.set(row && !pillShown ? (createdAt(row) ?? null) : null);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.of.set(null), FLOATING_DAY_MS);
  }

  hide(): void {
    clearTimeout(this.timer);
    this.of.set(null);
  }
}
