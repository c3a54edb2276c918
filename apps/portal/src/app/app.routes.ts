import type { Routes } from '@angular/router';
import { authRoutes, roleGuard, signedInGuard, startGuard } from '@course-chat/web/auth';
import { courseRoutes } from '@course-chat/web/courses';

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
      ...courseRoutes,
      {
        path: 'chats',
        title: 'Chats',
        canActivate: [roleGuard('student')],
        loadChildren: async () => (await import('@course-chat/web/chat/feature')).studentChatRoutes,
      },
    ],
  },
  {
    path: '**',
    title: 'Page not found',
    loadComponent: async () => (await import('./pages/not-found')).NotFound,
  },
];
