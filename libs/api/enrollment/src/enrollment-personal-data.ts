import { Injectable } from '@nestjs/common';
import { PersonalData, type PersonalDataHolder } from '@course-chat/api/auth';
import type { OwnEnrollment } from '@course-chat/contracts';
import { CourseDirectory } from './course-directory';
import { CourseRepository } from './course.repository';
import { EnrollmentChanges } from './enrollment-changes';
import { EnrollmentRepository } from './enrollment.repository';

/** What is kept of a person as a student or a tutor of courses. */
@Injectable()
export class EnrollmentPersonalData implements PersonalDataHolder {
  readonly sections = { enrollments: (userId: string) => this.enrollmentsOf(userId) };

  constructor(
    private readonly enrollments: EnrollmentRepository,
    private readonly courses: CourseRepository,
    private readonly directory: CourseDirectory,
    private readonly changes: EnrollmentChanges,
    data: PersonalData,
  ) {
    data.register(this);
  }

  /** Purchases are the shop's to keep for its books; here they only opened chats, which are read-only from now on. */
  async erase(userId: string): Promise<void> {
    for (const { courseId } of await this.enrollments.ofStudent(userId)) {
      await this.enrollments.remove(userId, courseId);
      this.changes.announce({ courseId, studentId: userId });
    }
    for (const courseId of await this.courses.idsOfTutor(userId)) {
      await this.courses.removeTutor(courseId, userId);
      this.changes.announce({ courseId });
    }
  }

  private async *enrollmentsOf(userId: string): AsyncIterable<OwnEnrollment> {
    for (const { courseId, status, purchasedAt } of await this.enrollments.ofStudent(userId)) {
      const title = (await this.directory.byId(courseId))?.title ?? '';
      yield { course: { id: courseId, title }, status, purchasedAt: purchasedAt.toISOString() };
    }
  }
}
