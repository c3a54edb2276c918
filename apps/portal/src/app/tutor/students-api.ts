import { HttpClient } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { map, type Observable } from 'rxjs';
import { STUDENT_PAGE, studentPageSchema, type StudentPage } from '@course-chat/contracts';

/** `GET /api/tutors/chats/students`. */
@Service()
export class StudentsApi {
  private readonly http = inject(HttpClient);

  list(courseId: string | null, cursor?: string): Observable<StudentPage> {
    const params = { limit: STUDENT_PAGE.default, ...(courseId && { courseId }), ...(cursor && { cursor }) };
    return this.http.get('/api/tutors/chats/students', { params }).pipe(map((body) => studentPageSchema.parse(body)));
  }
}
