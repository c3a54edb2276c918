import { makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import * as presenceEffects from './presence.effects';
import { presenceFeature } from './presence.feature';

/** The presence slice. Needs `provideRealtime()`. */
export function providePresence(): EnvironmentProviders {
  return makeEnvironmentProviders([provideState(presenceFeature), provideEffects(presenceEffects)]);
}
