import { makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import * as authEffects from './auth.effects';
import { authFeature } from './auth.feature';
import * as rememberedPersonEffects from './remembered-person.effects';

/** The session slice and what keeps it alive. `authInterceptor` goes into `provideHttpClient` beside it. */
export function provideAuth(): EnvironmentProviders {
  return makeEnvironmentProviders([provideState(authFeature), provideEffects(authEffects, rememberedPersonEffects)]);
}
