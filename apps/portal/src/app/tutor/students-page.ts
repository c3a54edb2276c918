import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import type { TutorStudent } from '@course-chat/contracts';
import { ChatPageActions, chatsFeature } from '@course-chat/web/chat/state';
import { Avatar, folded, Icon } from '@course-chat/web/chat/ui/parts';
import { coursesFeature, OwnCoursesPageActions } from '@course-chat/web/courses';
import { presenceFeature } from '@course-chat/web/presence';
import { PORTAL_LABELS } from '../portal.labels';
import { studentsFeature, StudentsPageActions } from './students.feature';

/** Everybody who is enrolled in a tutor's courses, and the way to write to them. */
@Component({
  selector: 'cc-students-page',
  imports: [Avatar, Icon, RouterLink],
  templateUrl: './students-page.html',
  styleUrls: ['./tutor-page.css', './students-page.css'],
})
export class StudentsPage {
  protected readonly labels = inject(PORTAL_LABELS);
  private readonly store = inject(Store);
  private readonly router = inject(Router);

  /** From the address, so that a course's students are a link. */
  readonly courseId = input<string>();

  protected readonly state = this.store.selectSignal(studentsFeature.selectStudentsState);
  protected readonly courses = this.store.selectSignal(coursesFeature.selectTaught);
  protected readonly presence = this.store.selectSignal(presenceFeature.selectKnown);
  private readonly creation = this.store.selectSignal(chatsFeature.selectCreation);
  protected readonly chosen = computed(() => this.courseId() ?? null);

  /** What is looked for among the students that are loaded. */
  protected readonly query = signal('');
  protected readonly found = computed(() => {
    const words = folded(this.query().trim()).split(/\s+/);
    return this.state().items.filter(({ student }) => words.every((word) => folded(student.name).includes(word)));
  });

  constructor() {
    this.store.dispatch(OwnCoursesPageActions.opened());
    effect(() => {
      const courseId = this.chosen();
      // The request that follows reads the access token, and a token that is renewed is no other course.
      untracked(() => this.store.dispatch(StudentsPageActions.opened({ courseId })));
      this.query.set('');
    });
  }

  protected choose(courseId: string): void {
    void this.router.navigate(['/tutor/students'], { queryParams: courseId ? { courseId } : {} });
  }

  protected more(cursor: string): void {
    if (this.state().status !== 'loadingMore') {
      this.store.dispatch(StudentsPageActions.moreRequested({ courseId: this.chosen(), cursor }));
    }
  }

  protected retry(): void {
    const { items, nextCursor } = this.state();
    if (items.length && nextCursor) this.more(nextCursor);
    else this.store.dispatch(StudentsPageActions.opened({ courseId: this.chosen() }));
  }

  protected write({ course, student }: TutorStudent): void {
    if (this.creation()?.error === null) return;
    this.store.dispatch(ChatPageActions.chatRequested({ courseId: course.id, peerId: student.id }));
  }

  /** What became of the chat asked for with this person. */
  protected asked({ course, student }: TutorStudent): 'opening' | 'failed' | null {
    const creation = this.creation();
    if (creation?.courseId !== course.id || creation.peerId !== student.id) return null;
    return creation.error === null ? 'opening' : 'failed';
  }
}
