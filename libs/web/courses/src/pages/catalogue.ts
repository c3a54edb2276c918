import { Component, computed, inject } from '@angular/core';
import { Store } from '@ngrx/store';
import { COURSES_LABELS } from '../courses.labels';
import { CataloguePageActions } from '../state/courses.actions';
import { coursesFeature } from '../state/courses.feature';
import { CourseGrid } from '../ui/course-grid';
import { ListFailed } from '../ui/list-failed';
import { Notice } from '../ui/notice';

/** Every course on offer. */
@Component({
  selector: 'cc-catalogue',
  imports: [CourseGrid, ListFailed, Notice],
  styleUrl: '../ui/controls.css',
  styles: '.more { display: grid; justify-items: center; margin-block-start: 28px; }',
  template: `
    <div class="page" [attr.aria-busy]="status() === 'loading'">
      <h1>{{ labels.catalogue }}</h1>
      @if (courses().length || status() === 'loading') {
        <cc-course-grid [courses]="courses()" [pending]="pending()" />
      } @else if (status() === 'loaded') {
        <cc-notice [heading]="labels.catalogueEmpty" [hint]="labels.catalogueEmptyHint" />
      }
      @if (status() === 'failed') {
        <cc-list-failed (retry)="retry()" />
      } @else if (cursor()) {
        <div class="more">
          <button type="button" class="button alt" [attr.aria-disabled]="status() === 'loading'" (click)="more()">
            {{ status() === 'loading' ? labels.loading : labels.more }}
          </button>
        </div>
      }
    </div>
  `,
})
export class Catalogue {
  protected readonly labels = inject(COURSES_LABELS);
  private readonly store = inject(Store);

  protected readonly courses = this.store.selectSignal(coursesFeature.selectCatalogue);
  protected readonly status = this.store.selectSignal(coursesFeature.selectStatus);
  protected readonly cursor = this.store.selectSignal(coursesFeature.selectNextCursor);
  protected readonly pending = computed(() => (this.status() === 'loading' && !this.courses().length ? 6 : 0));

  constructor() {
    this.store.dispatch(CataloguePageActions.opened());
  }

  protected more(): void {
    const cursor = this.cursor();
    if (cursor && this.status() !== 'loading') this.store.dispatch(CataloguePageActions.moreRequested({ cursor }));
  }

  protected retry(): void {
    const cursor = this.cursor();
    this.store.dispatch(
      cursor && this.courses().length ? CataloguePageActions.moreRequested({ cursor }) : CataloguePageActions.opened(),
    );
  }
}
