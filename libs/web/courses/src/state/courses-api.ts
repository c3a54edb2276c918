import { HttpClient } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { map, type Observable } from 'rxjs';
import {
  courseSchema,
  coursePageSchema,
  purchaseSchema,
  type Course,
  type CoursePage,
  type Purchase,
} from '@course-chat/contracts';

/** The routes of `/api/courses`. */
@Service()
export class CoursesApi {
  private readonly http = inject(HttpClient);

  list(params: { limit: number; cursor?: string }): Observable<CoursePage> {
    return this.http.get('/api/courses', { params }).pipe(map((body) => coursePageSchema.parse(body)));
  }

  get(courseId: string): Observable<Course> {
    return this.http.get(`/api/courses/${encodeURIComponent(courseId)}`).pipe(map((body) => courseSchema.parse(body)));
  }

  purchase(courseId: string): Observable<Purchase> {
    return this.http
      .post(`/api/courses/${encodeURIComponent(courseId)}/purchase`, {})
      .pipe(map((body) => purchaseSchema.parse(body)));
  }
}
