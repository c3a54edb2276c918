import { Injectable } from '@nestjs/common';
import { ExpiringCache } from '@course-chat/api/kernel';
import { CourseRepository, type CourseFacts } from './course.repository';
import { EnrollmentChanges } from './enrollment-changes';

/** How long a course is believed on a node that missed the news of its change. */
const BELIEVED_MS = 5_000;
/** A course that is asked for often is read again before it is too old: nobody waits for it. */
const RENEWED_AFTER_MS = BELIEVED_MS / 2;
const REMEMBERED_COURSES = 10_000;

/** Courses by id, for everything that shows a title or asks who teaches. */
@Injectable()
export class CourseDirectory {
  private readonly cache = new ExpiringCache<CourseFacts | null>(BELIEVED_MS, REMEMBERED_COURSES, RENEWED_AFTER_MS);

  constructor(
    private readonly courses: CourseRepository,
    changes: EnrollmentChanges,
  ) {
    changes.known.subscribe(({ courseId }) => this.cache.forget(courseId));
  }

  byId(id: string): Promise<CourseFacts | null> {
    return this.cache.get(id, () => this.courses.byId(id));
  }
}
