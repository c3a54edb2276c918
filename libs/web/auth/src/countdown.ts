import { DestroyRef, effect, inject, signal, type Signal } from '@angular/core';
import type { AuthFailure } from './auth-failure';

/** Milliseconds left until a rate-limited request may be tried again; counts down by the second. */
export function countdownOf(failure: Signal<AuthFailure | null>): Signal<number> {
  const left = signal(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  effect(() => {
    clearInterval(timer);
    const wait = failure()?.retryAfterMs ?? 0;
    left.set(wait);
    if (wait <= 0) return;
    const end = Date.now() + wait;
    timer = setInterval(() => {
      left.set(Math.max(0, end - Date.now()));
      if (left() === 0) clearInterval(timer);
    }, 1_000);
  });
  inject(DestroyRef).onDestroy(() => clearInterval(timer));
  return left.asReadonly();
}
