import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';

/** A student joined or left a course; without a student, the course's tutors changed. */
export interface EnrollmentChange {
  readonly courseId: string;
  readonly studentId?: string;
}

/** Tells the other modules of this node what changed, after it is stored. */
@Injectable()
export class EnrollmentChanges {
  private readonly subject = new Subject<EnrollmentChange>();
  readonly stream = this.subject.asObservable();

  announce(change: EnrollmentChange): void {
    this.subject.next(change);
  }
}
