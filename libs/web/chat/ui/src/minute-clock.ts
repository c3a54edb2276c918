import { DestroyRef, InjectionToken, inject, signal, type Signal } from '@angular/core';

const BEAT_MS = 30_000;

/** The present, good to half a minute: what relative times on screen are counted from. */
export const NOW = new InjectionToken<Signal<Date>>('NOW', {
  providedIn: 'root',
  factory: () => {
    const now = signal(new Date());
    const beat = setInterval(() => now.set(new Date()), BEAT_MS);
    // A tab that slept wakes with yesterday's words.
    const wake = () => document.visibilityState === 'visible' && now.set(new Date());
    document.addEventListener('visibilitychange', wake);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(beat);
      document.removeEventListener('visibilitychange', wake);
    });
    return now.asReadonly();
  },
});
