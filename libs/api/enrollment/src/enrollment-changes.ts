import { Injectable } from '@nestjs/common';
import { RealtimeHub } from '@course-chat/api/realtime';
import { merge, Subject, type Observable } from 'rxjs';

/** A student joined or left a course; without a student, the course's tutors changed. */
export interface EnrollmentChange {
  readonly courseId: string;
  readonly studentId?: string;
}

/** Tells the other modules, and the other nodes, what changed after it is stored. */
@Injectable()
export class EnrollmentChanges {
  private readonly subject = new Subject<EnrollmentChange>();
  /** Changes made on this node: whoever tells people about them listens here, so that they are told once. */
  readonly made = this.subject.asObservable();
  /** Changes made on any node: whoever remembers something that may now be wrong listens here. */
  readonly known: Observable<EnrollmentChange>;

  constructor(private readonly hub: RealtimeHub) {
    this.known = merge(this.made, hub.fromNodes('enrollment_changed'));
  }

  announce(change: EnrollmentChange): void {
    this.hub.tellNodes('enrollment_changed', change);
    this.subject.next(change);
  }
}
