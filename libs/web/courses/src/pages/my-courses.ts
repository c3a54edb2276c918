import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { COURSES_LABELS } from '../courses.labels';
import { OwnCoursesPageActions } from '../state/courses.actions';
import { coursesFeature } from '../state/courses.feature';
import { CourseGrid } from '../ui/course-grid';
import { ListFailed } from '../ui/list-failed';
import { Notice } from '../ui/notice';

/** The courses a student has. */
@Component({
  selector: 'cc-my-courses',
  imports: [CourseGrid, ListFailed, Notice, RouterLink],
  styleUrl: '../ui/controls.css',
  template: `
    <div class="page" [attr.aria-busy]="status() === 'loading'">
      <h1>{{ labels.myCourses }}</h1>
      @if (courses().length || status() === 'loading') {
        <cc-course-grid [courses]="courses()" [pending]="pending()" [priced]="false" />
      } @else if (complete()) {
        <cc-notice [heading]="labels.myCoursesEmpty" [hint]="labels.myCoursesEmptyHint">
          <a class="button" routerLink="/courses">{{ labels.toCatalogue }}</a>
        </cc-notice>
      }
      @if (status() === 'failed') {
        <cc-list-failed (retry)="load()" />
      }
    </div>
  `,
})
export class MyCourses {
  protected readonly labels = inject(COURSES_LABELS);
  private readonly store = inject(Store);

  protected readonly courses = this.store.selectSignal(coursesFeature.selectEnrolled);
  protected readonly status = this.store.selectSignal(coursesFeature.selectStatus);
  protected readonly complete = this.store.selectSignal(coursesFeature.selectComplete);
  protected readonly pending = computed(() => (this.status() === 'loading' && !this.courses().length ? 3 : 0));

  constructor() {
    this.load();
  }

  protected load(): void {
    this.store.dispatch(OwnCoursesPageActions.opened());
  }
}
