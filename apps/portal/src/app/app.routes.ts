import { inject } from '@angular/core';
import type { Routes } from '@angular/router';
import { authRoutes, roleGuard, signedInGuard, startGuard } from '@course-chat/web/auth';
import { studentChatRoutes } from '@course-chat/web/chat/feature';
import { DOCUMENT_TITLE } from '@course-chat/web/courses/document-title';
import { StudentLayout } from './layout/student-layout';
import { PORTAL_LABELS } from './portal.labels';
import { documentTitle } from './state/badged-title';

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
    title: () => inject(PORTAL_LABELS).noAccess,
    canActivate: [signedInGuard],
    loadComponent: async () => (await import('./pages/no-access')).NoAccess,
  },
  {
    path: '',
    canActivate: [signedInGuard],
    component: StudentLayout,
    children: [
      {
        path: 'chats',
        title: () => inject(PORTAL_LABELS).chatsShort,
        canActivate: [roleGuard('student')],
        children: studentChatRoutes,
      },
      {
        path: 'account',
        title: () => inject(PORTAL_LABELS).account,
        loadChildren: async () => (await import('./account.routes')).accountRoutes,
      },
      {
        // Last: the router looks into it for every address that it does not find above.
        path: '',
        providers: [{ provide: DOCUMENT_TITLE, useFactory: documentTitle }],
        // Named itself, since a file here that passes it on would be fetched before it.
        loadChildren: async () => (await import('@course-chat/web/courses/routes')).courseRoutes,
      },
    ],
  },
  {
    path: '**',
    title: () => inject(PORTAL_LABELS).notFound,
    loadComponent: async () => (await import('./pages/not-found')).NotFound,
  },
];
