import { InjectionToken } from '@angular/core';

/** Answers whether messages wait in the outbox: a logout asks first if so. The owner of the outbox provides it. */
export const HAS_UNSENT = new InjectionToken<() => boolean | Promise<boolean>>('HAS_UNSENT', {
  providedIn: 'root',
  factory: () => () => false,
});
