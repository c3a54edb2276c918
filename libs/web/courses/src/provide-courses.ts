import { makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import * as cartEffects from './state/cart.effects';
import { cartFeature } from './state/cart.feature';
import * as coursesEffects from './state/courses.effects';
import { coursesFeature } from './state/courses.feature';
import { wishlistFeature } from './state/wishlist.feature';

/** The slices of courses, cart and wishlist. Needs `provideAuth()`. */
export function provideCourses(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideState(coursesFeature),
    provideState(cartFeature),
    provideState(wishlistFeature),
    provideEffects(coursesEffects, cartEffects),
  ]);
}
