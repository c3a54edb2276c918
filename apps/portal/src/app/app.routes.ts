import type { Routes } from '@angular/router';
import { authRoutes, roleGuard, signedInGuard, startGuard } from '@course-chat/web/auth';

export const routes: Routes = [
  { path: '', pathMatch: 'full', canActivate: [startGuard], children: [] },
  ...authRoutes,
  {
    path: 'tutor',
    canActivate: [roleGuard('tutor')],
    loadChildren: async () => (await import('./tutor/tutor.routes')).tutorRoutes,
  },
  {
    path: 'no-access',
    title: 'No access',
    canActivate: [signedInGuard],
    loadComponent: async () => (await import('./pages/no-access')).NoAccess,
  },
  {
    path: '',
    canActivate: [signedInGuard],
    loadComponent: async () => (await import('./layout/student-layout')).StudentLayout,
    children: [
      {
        path: 'chats',
        title: 'Chats',
        canActivate: [roleGuard('student')],
        loadChildren: async () => (await import('@course-chat/web/chat/feature')).studentChatRoutes,
      },
      // Last: the router looks into it for every address that it does not find above.
      { path: '', loadChildren: async () => (await import('./course.routes')).courseRoutes },
    ],
  },
  {
    path: '**',
    title: 'Page not found',
    loadComponent: async () => (await import('./pages/not-found')).NotFound,
  },
];
