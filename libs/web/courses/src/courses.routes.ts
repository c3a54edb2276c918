import type { Routes } from '@angular/router';
import { roleGuard } from '@course-chat/web/auth';
import { provideCourses } from './provide-courses';

const coursePages: Routes = [
  {
    path: 'courses',
    title: 'Courses',
    loadComponent: async () => (await import('./pages/courses-page')).CoursesPage,
  },
  {
    path: 'courses/:courseId',
    title: 'Course',
    loadComponent: async () => (await import('./pages/course-page')).CoursePage,
  },
  {
    path: 'cart',
    title: 'Cart',
    canActivate: [roleGuard('student')],
    loadComponent: async () => (await import('./pages/cart-page')).CartPage,
  },
  {
    path: 'wishlist',
    title: 'Wishlist',
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
    title: 'Courses',
    loadComponent: async () => (await import('./pages/tutor-courses-page')).TutorCoursesPage,
  },
];
