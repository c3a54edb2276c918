import { InjectionToken } from '@angular/core';

/** Where the course in the head of a chat leads to for students; null where the application has no page for it. */
export const COURSE_LINK = new InjectionToken<(courseId: string) => string | null>('COURSE_LINK', {
  providedIn: 'root',
  factory: () => (courseId) => `/courses/${courseId}`,
});
