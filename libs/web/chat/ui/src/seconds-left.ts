import { DestroyRef, effect, inject, signal, type Signal } from '@angular/core';

/** Whole seconds until a moment of the device's clock in milliseconds, 0 when it has passed or is null. Call in an injection context. */
export function secondsLeft(until: Signal<number | null>): Signal<number> {
  const left = signal(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  effect(() => {
    const end = until();
    clearInterval(timer);
    const count = () => {
      left.set(end === null ? 0 : Math.max(0, Math.ceil((end - Date.now()) / 1_000)));
      if (left() === 0) clearInterval(timer);
    };
    timer = setInterval(count, 250);
    count();
  });
  inject(DestroyRef).onDestroy(() => clearInterval(timer));
  return left.asReadonly();
}
