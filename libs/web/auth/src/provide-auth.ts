import type { EnvironmentProviders } from '@angular/core';
import { provideState } from '@ngrx/store';
import * as sessionEffects from './auth.effects';
import { authFeature } from './auth.feature';
import * as rememberedPersonEffects from './remembered-person.effects';

/** What keeps the session alive. */
export const authEffects = [sessionEffects, rememberedPersonEffects];

/** The session slice. `authInterceptor` goes into `provideHttpClient` beside it, `authEffects` among the effects. */
export function provideAuth(): EnvironmentProviders {
  return provideState(authFeature);
}
