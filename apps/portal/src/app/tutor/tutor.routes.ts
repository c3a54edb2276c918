import { inject } from '@angular/core';
import type { Routes } from '@angular/router';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import { tutorChatRoutes } from '@course-chat/web/chat/feature';
import { provideCourses } from '@course-chat/web/courses';
import { tutorCourseRoutes } from '@course-chat/web/courses/routes';
import { TutorLayout } from '../layout/tutor-layout';
import { PORTAL_LABELS } from '../portal.labels';
import { OverviewPage } from './overview-page';
import * as studentsEffects from './students.effects';
import { studentsFeature } from './students.feature';

/** The tutor's area, below `/tutor`. */
export const tutorRoutes: Routes = [
  {
    path: '',
    component: TutorLayout,
    providers: [provideCourses(), provideState(studentsFeature), provideEffects(studentsEffects)],
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: () => inject(PORTAL_LABELS).overview,
        component: OverviewPage,
      },
      {
        path: 'students',
        title: () => inject(PORTAL_LABELS).students,
        loadComponent: async () => (await import('./students-page')).StudentsPage,
      },
      ...tutorCourseRoutes,
      {
        path: 'chats',
        title: () => inject(PORTAL_LABELS).chatsShort,
        children: tutorChatRoutes,
      },
    ],
  },
];
