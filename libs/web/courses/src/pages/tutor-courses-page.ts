import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { COURSES_LABELS } from '../courses.labels';
import { OwnCoursesPageActions } from '../state/courses.actions';
import { coursesFeature } from '../state/courses.feature';
import { CourseCover } from '../ui/course-cover';
import { ListFailed } from '../ui/list-failed';
import { Notice } from '../ui/notice';

/** The courses a tutor teaches, each with the way to its students. */
@Component({
  selector: 'cc-tutor-courses-page',
  imports: [CourseCover, ListFailed, Notice, RouterLink],
  styleUrls: ['../ui/controls.css', './rows.css'],
  template: `
    <div class="page" [attr.aria-busy]="status() === 'loading'">
      <h1>{{ labels.taughtTitle }}</h1>
      <ul class="rows">
        @for (course of courses(); track course.id) {
          <li class="card">
            <cc-course-cover [courseId]="course.id" />
            <div class="text">
              <h2>
                <a [routerLink]="['/courses', course.id]">{{ course.title }}</a>
              </h2>
              <p class="summary muted" dir="auto">{{ course.summary }}</p>
            </div>
            <a class="button alt" routerLink="/tutor/students" [queryParams]="{ courseId: course.id }">{{
              labels.seeStudents
            }}</a>
          </li>
        }
        @for (bone of bones(); track bone) {
          <li aria-hidden="true"><span class="bone"></span></li>
        }
      </ul>
      @if (complete() && !courses().length) {
        <cc-notice [heading]="labels.taughtEmpty" [hint]="labels.taughtEmptyHint" />
      }
      @if (status() === 'failed') {
        <cc-list-failed (retry)="load()" />
      }
    </div>
  `,
})
export class TutorCoursesPage {
  protected readonly labels = inject(COURSES_LABELS);
  private readonly store = inject(Store);

  protected readonly courses = this.store.selectSignal(coursesFeature.selectTaught);
  protected readonly status = this.store.selectSignal(coursesFeature.selectStatus);
  protected readonly complete = this.store.selectSignal(coursesFeature.selectComplete);
  protected readonly bones = computed(() => (this.status() === 'loading' && !this.courses().length ? [1, 2] : []));

  constructor() {
    this.load();
  }

  protected load(): void {
    this.store.dispatch(OwnCoursesPageActions.opened());
  }
}
