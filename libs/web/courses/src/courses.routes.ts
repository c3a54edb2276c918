import { inject } from '@angular/core';
import type { Routes } from '@angular/router';
import { roleGuard } from '@course-chat/web/auth';
import { COURSES_LABELS } from './courses.labels';
import { CoursesPage } from './pages/courses-page';
import { provideCourses } from './provide-courses';

/** A page's title in the language of the page. */
function titled(key: 'catalogue' | 'course' | 'cart' | 'wishlist' | 'taughtTitle') {
  return () => inject(COURSES_LABELS)[key];
}

const coursePages: Routes = [
  {
    path: 'courses',
    title: titled('catalogue'),
    component: CoursesPage,
  },
  {
    path: 'courses/:courseId',
    title: titled('course'),
    loadComponent: async () => (await import('./pages/course-page')).CoursePage,
  },
  {
    path: 'cart',
    title: titled('cart'),
    canActivate: [roleGuard('student')],
    loadComponent: async () => (await import('./pages/cart-page')).CartPage,
  },
  {
    path: 'wishlist',
    title: titled('wishlist'),
    canActivate: [roleGuard('student')],
    loadComponent: async () => (await import('./pages/wishlist-page')).WishlistPage,
  },
];

/**
 * `/courses`, `/courses/:courseId`, `/cart` and `/wishlist`, with their slices. Courses can be looked at by everybody who is
 * logged in.
 */
export const courseRoutes: Routes = [{ path: '', providers: [provideCourses()], children: coursePages }];

/** `courses` inside the tutor's area, which provides the slices. */
export const tutorCourseRoutes: Routes = [
  {
    path: 'courses',
    title: titled('taughtTitle'),
    loadComponent: async () => (await import('./pages/tutor-courses-page')).TutorCoursesPage,
  },
];
