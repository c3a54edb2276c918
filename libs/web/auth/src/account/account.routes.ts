import type { Routes } from '@angular/router';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import * as accountEffects from './account.effects';
import { accountFeature } from './account.feature';
import { AccountPage } from './account-page';

/** `/account`, below whichever frame shows it. */
export const accountRoutes: Routes = [
  { path: '', component: AccountPage, providers: [provideState(accountFeature), provideEffects(accountEffects)] },
];
