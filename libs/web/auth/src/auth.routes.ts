import type { Routes } from '@angular/router';
import { signedOutGuard } from './auth.guards';

/** `/login` and `/register`. The pages are loaded when somebody opens them. */
export const authRoutes: Routes = [
  {
    path: 'login',
    title: 'Log in',
    canActivate: [signedOutGuard],
    loadComponent: async () => (await import('./login-page/login-page')).LoginPage,
  },
  {
    path: 'register',
    title: 'Create your account',
    canActivate: [signedOutGuard],
    loadComponent: async () => (await import('./register-page/register-page')).RegisterPage,
  },
];
