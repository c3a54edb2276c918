import { Routes } from '@angular/router';

export const routes: Routes = [
  {
    path: '**',
    title: 'Page not found',
    loadComponent: async () => (await import('./not-found/not-found')).NotFound,
  },
];
