import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, UserDirectory } from '@course-chat/api/auth';
import { Clock, DomainError, type Principal } from '@course-chat/api/kernel';
import type { EnrollmentEvent, Purchase } from '@course-chat/contracts';
import { CourseDirectory } from './course-directory';
import { CourseRepository } from './course.repository';
import { EnrollmentChanges } from './enrollment-changes';
import { ENROLLMENT_OPTIONS, type EnrollmentOptions } from './enrollment-options';
import { EnrollmentRepository } from './enrollment.repository';

/** How far a shop's clock may be ahead: news from further ahead would outlast whatever happens until then. */
const AHEAD_MAX_MS = 5 * 60_000;

/** Purchases and refunds, from the demo checkout and from a shop. */
@Injectable()
export class EnrollmentService {
  constructor(
    private readonly enrollments: EnrollmentRepository,
    private readonly courses: CourseRepository,
    private readonly directory: CourseDirectory,
    private readonly users: UserDirectory,
    private readonly changes: EnrollmentChanges,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(ENROLLMENT_OPTIONS) private readonly options: EnrollmentOptions,
  ) {}

  /** The demo checkout: no money moves. Buying twice answers the first purchase. */
  async purchase(principal: Principal, courseId: string): Promise<Purchase> {
    if (!this.options.demoCheckout) throw new DomainError('FORBIDDEN', { message: 'The demo checkout is closed' });
    await this.assertCourse(courseId);
    const { userId } = principal;
    const at = this.clock.now();
    if (await this.enrollments.isNews(userId, courseId, 'active', at)) {
      await this.audit.note('enrolled', { actorId: userId, subjectId: userId, courseId, detail: 'demo checkout' });
    }
    const { purchasedAt, changed } = await this.enrollments.enroll(userId, courseId, at);
    if (changed) this.changes.announce({ courseId, studentId: userId });
    return { courseId, purchasedAt: purchasedAt.toISOString() };
  }

  /**
   * Applies a shop's event once; news older than what is known changes nothing.
   * @throws DomainError NOT_FOUND for an unknown course, CONFLICT for a second event under one id, VALIDATION_FAILED for
   * news of a time to come.
   */
  async apply(event: EnrollmentEvent): Promise<void> {
    const digest = createHash('sha256').update(JSON.stringify(event)).digest('hex');
    const applied = await this.enrollments.appliedDigest(event.eventId);
    if (applied === digest) return;
    if (applied) throw new DomainError('CONFLICT', { message: 'Another event has this eventId' });
    const at = this.pastOf(event);
    await this.assertCourse(event.courseId);
    const student = await this.users.studentByEmail(event.student.email, event.student.name);
    if (student.role !== 'student') throw new DomainError('CONFLICT', { message: 'This address is not a student' });
    const status = event.type === 'enrolled' ? 'active' : 'refunded';
    if (await this.enrollments.isNews(student.id, event.courseId, status, at)) {
      // The event's id leads to the shop's own record.
      const detail = `shop event ${event.eventId}`;
      await this.audit.note(event.type, { subjectId: student.id, courseId: event.courseId, detail });
    }
    if (event.type === 'enrolled') await this.enrollments.enroll(student.id, event.courseId, at);
    else await this.enrollments.refund(student.id, event.courseId, at);
    // Also when nothing changed: a node that was killed here before may have changed it and told nobody.
    this.changes.announce({ courseId: event.courseId, studentId: student.id });
    await this.enrollments.rememberEvent(event.eventId, digest);
  }

  /** Changes who teaches a course. @throws DomainError NOT_FOUND */
  async setTutors(courseId: string, tutorIds: readonly string[]): Promise<void> {
    await this.assertCourse(courseId);
    await this.audit.note('tutors_changed', { courseId, detail: tutorIds.join(' ') || 'none' });
    if (!(await this.courses.setTutors(courseId, tutorIds))) throw new DomainError('NOT_FOUND');
    this.changes.announce({ courseId });
  }

  /** When an event happened. @throws DomainError VALIDATION_FAILED when that is still to come. */
  private pastOf({ at }: EnrollmentEvent): Date {
    const time = new Date(at);
    if (time.getTime() <= this.clock.now().getTime() + AHEAD_MAX_MS) return time;
    throw new DomainError('VALIDATION_FAILED', {
      fields: [{ path: 'at', message: "More than 5 minutes ahead of this server's clock" }],
    });
  }

  private async assertCourse(courseId: string): Promise<void> {
    if (!(await this.directory.byId(courseId))) throw new DomainError('NOT_FOUND');
  }
}
