import { inject } from '@angular/core';
import type { Routes } from '@angular/router';
import { signedOutGuard } from './auth.guards';
import { AUTH_LABELS } from './auth.labels';

/** `/login` and `/register`. The pages are loaded when somebody opens them. */
export const authRoutes: Routes = [
  {
    path: 'login',
    title: () => inject(AUTH_LABELS).logIn,
    canActivate: [signedOutGuard],
    loadComponent: async () => (await import('./login-page/login-page')).LoginPage,
  },
  {
    path: 'register',
    title: () => inject(AUTH_LABELS).registerTitle,
    canActivate: [signedOutGuard],
    loadComponent: async () => (await import('./register-page/register-page')).RegisterPage,
  },
];
