import type { Routes } from '@angular/router';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import { provideCourses, tutorCourseRoutes } from '@course-chat/web/courses';
import { TutorLayout } from '../layout/tutor-layout';
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
        title: 'Overview',
        loadComponent: async () => (await import('./overview-page')).OverviewPage,
      },
      {
        path: 'students',
        title: 'Students',
        loadComponent: async () => (await import('./students-page')).StudentsPage,
      },
      ...tutorCourseRoutes,
      {
        path: 'chats',
        title: 'Chats',
        loadChildren: async () => (await import('@course-chat/web/chat/feature')).tutorChatRoutes,
      },
    ],
  },
];
