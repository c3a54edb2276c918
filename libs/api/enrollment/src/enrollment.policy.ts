import { Injectable } from '@nestjs/common';
import { DomainError, ExpiringCache, type Principal } from '@course-chat/api/kernel';
import type { Access } from '@course-chat/contracts';
import { CourseDirectory } from './course-directory';
import { EnrollmentChanges } from './enrollment-changes';
import { EnrollmentRepository } from './enrollment.repository';

/** Who a chat joins, about what: all that the policy needs to know of one. */
export interface ChatMembers {
  readonly courseId: string;
  readonly studentId: string;
  readonly tutorId: string;
}

/** How long an enrolment is believed on a node that missed the news of its change. */
const BELIEVED_MS = 5_000;
/** A chat that is written to must not wait for the enrolment to be read again. */
const RENEWED_AFTER_MS = BELIEVED_MS / 2;
const REMEMBERED_ENROLMENTS = 100_000;

/** The only place that knows who may talk to whom. */
@Injectable()
export class EnrollmentPolicy {
  private readonly enrolled = new ExpiringCache<boolean>(BELIEVED_MS, REMEMBERED_ENROLMENTS, RENEWED_AFTER_MS);

  constructor(
    private readonly enrollments: EnrollmentRepository,
    private readonly courses: CourseDirectory,
    changes: EnrollmentChanges,
  ) {
    changes.known.subscribe(({ studentId, courseId }) => {
      if (studentId) this.enrolled.forget(`${studentId}.${courseId}`);
    });
  }

  /** Whether the user is one of the two members. */
  isMember(userId: string, chat: ChatMembers): boolean {
    return userId === chat.studentId || userId === chat.tutorId;
  }

  /** @throws DomainError NOT_FOUND: what is not yours does not exist for you. */
  assertMember<C extends ChatMembers>(principal: Pick<Principal, 'userId'>, chat: C | null): asserts chat is C {
    if (!chat || !this.isMember(principal.userId, chat)) throw new DomainError('NOT_FOUND');
  }

  /** Reading what one is no member of: for administrators alone, and whoever calls this records it. @throws DomainError FORBIDDEN */
  assertMayModerate(principal: Principal): void {
    if (principal.role !== 'admin') throw new DomainError('FORBIDDEN');
  }

  /** @throws DomainError NOT_FOUND for strangers, READ_ONLY after a refund or when the tutor has left the course. */
  async assertMayWrite(principal: Principal, chat: ChatMembers): Promise<void> {
    this.assertMember(principal, chat);
    if ((await this.accessOf(chat)) === 'read_only') {
      throw new DomainError('READ_ONLY', { message: 'This chat can be read but not written to' });
    }
  }

  /**
   * The tutor comes first: a tutor must not learn from the answer who has bought a course of others.
   * @throws DomainError NOT_FOUND for a course or tutor that is not there to choose, NOT_ENROLLED before a purchase.
   */
  async assertMayOpen(chat: ChatMembers): Promise<void> {
    const course = await this.courses.byId(chat.courseId);
    if (!course?.tutorIds.includes(chat.tutorId)) throw new DomainError('NOT_FOUND');
    if (!(await this.enrollments.isActive(chat.studentId, chat.courseId))) {
      throw new DomainError('NOT_ENROLLED', { message: 'The student does not have this course' });
    }
  }

  /** @throws DomainError NOT_FOUND when the course is not one of the tutor's. */
  async assertTeaches(tutorId: string, courseId: string): Promise<void> {
    const course = await this.courses.byId(courseId);
    if (!course?.tutorIds.includes(tutorId)) throw new DomainError('NOT_FOUND');
  }

  /** What may be done in a chat now: derived from the purchase and the course, never stored beside them. */
  async accessOf(chat: ChatMembers): Promise<Access> {
    const [enrolled, course] = await Promise.all([
      this.enrolled.get(`${chat.studentId}.${chat.courseId}`, () =>
        this.enrollments.isActive(chat.studentId, chat.courseId),
      ),
      this.courses.byId(chat.courseId),
    ]);
    return enrolled && course?.tutorIds.includes(chat.tutorId) ? 'active' : 'read_only';
  }
}
