import { Injectable } from '@nestjs/common';
import { UserDirectory } from '@course-chat/api/auth';
import { decodeCursor, DomainError, encodeCursor, type Principal } from '@course-chat/api/kernel';
import { idSchema, type Course, type CoursePage, type CourseQuery } from '@course-chat/contracts';
import * as z from 'zod/mini';
import { CourseRepository, type CourseFacts } from './course.repository';
import { EnrollmentRepository } from './enrollment.repository';

const pageKeySchema = z.tuple([idSchema]);

/** The catalogue, as the one who asks sees it. */
@Injectable()
export class CourseService {
  constructor(
    private readonly courses: CourseRepository,
    private readonly enrollments: EnrollmentRepository,
    private readonly users: UserDirectory,
  ) {}

  async list(principal: Principal, query: CourseQuery): Promise<CoursePage> {
    const after = query.cursor ? decodeCursor(pageKeySchema, query.cursor)[0] : null;
    const found = await this.courses.page(query.limit + 1, after);
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: await this.view(principal, page),
      nextCursor: found.length > query.limit && last ? encodeCursor([last.id]) : null,
    };
  }

  /** @throws DomainError NOT_FOUND */
  async get(principal: Principal, courseId: string): Promise<Course> {
    const [course] = await this.view(principal, await this.courses.byIds([courseId]));
    if (!course) throw new DomainError('NOT_FOUND');
    return course;
  }

  private async view(principal: Principal, facts: readonly CourseFacts[]): Promise<Course[]> {
    const [tutors, mine] = await Promise.all([
      this.users.byIds(facts.flatMap((course) => course.tutorIds)),
      this.enrollments.activeCourseIds(principal.userId),
    ]);
    const enrolled = new Set(mine);
    return facts.map(({ tutorIds, ...course }) => ({
      ...course,
      tutors: tutorIds.map((id) => tutors.get(id)).filter((tutor) => tutor !== undefined),
      enrolled: enrolled.has(course.id),
    }));
  }
}
