import {
  EnvironmentInjector,
  inject,
  provideAppInitializer,
  runInInjectionContext,
  type EnvironmentProviders,
} from '@angular/core';
import { EffectSources, type FunctionalEffect } from '@ngrx/effects';
import { nextTask } from './next-task';

/** After how many milliseconds a task ends: a phone takes about four times as long. */
const SLICE_MS = 6;

/**
 * Registers effects before the application starts, as `provideEffects` does, but a few at a time: many in one piece hold a
 * phone for longer than a tap can wait.
 */
export function provideEffectsInTasks(effects: readonly Record<string, FunctionalEffect>[]): EnvironmentProviders {
  return provideAppInitializer(async () => {
    const injector = inject(EnvironmentInjector);
    const sources = inject(EffectSources);
    await nextTask();
    let since = performance.now();
    for (const some of effects) {
      if (performance.now() - since > SLICE_MS) {
        await nextTask();
        since = performance.now();
      }
      runInInjectionContext(injector, () => sources.addEffects(some));
    }
    await nextTask();
  });
}
