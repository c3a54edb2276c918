import { DestroyRef, Directive, inject, output } from '@angular/core';

/** A finger that stays this long without moving asks for what can be done. */
const LONG_PRESS_MS = 450;
/** A finger is never quite still. */
const TREMOR_PX = 10;

/** Says that a finger rested on its element. */
@Directive({
  selector: '[ccLongPress]',
  host: {
    '(pointerdown)': 'begin($event)',
    '(pointermove)': 'move($event)',
    '(pointerup)': 'end()',
    '(pointercancel)': 'end()',
    '(pointerleave)': 'end()',
  },
})
export class LongPress {
  readonly longPressed = output<void>();
  private start: { x: number; y: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected begin({ pointerType, clientX, clientY, isPrimary }: PointerEvent): void {
    this.end();
    if (pointerType !== 'touch' || !isPrimary) return;
    this.start = { x: clientX, y: clientY };
    this.timer = setTimeout(() => this.longPressed.emit(), LONG_PRESS_MS);
  }

  protected move({ clientX, clientY }: PointerEvent): void {
    if (this.start && Math.hypot(clientX - this.start.x, clientY - this.start.y) > TREMOR_PX) this.end();
  }

  protected end(): void {
    clearTimeout(this.timer);
    this.start = null;
  }
}
