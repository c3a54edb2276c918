import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { COURSES_LABELS } from '../courses.labels';
import { WishlistPageActions } from '../state/courses.actions';
import { coursesFeature } from '../state/courses.feature';
import { wishlistFeature } from '../state/wishlist.feature';
import { CourseCover } from '../ui/course-cover';
import { ListFailed } from '../ui/list-failed';
import { Notice } from '../ui/notice';
import { Price } from '../ui/price';
import { loadWhenRestored } from './load-when-restored';

/** The courses somebody wants to remember. */
@Component({
  selector: 'cc-wishlist-page',
  imports: [CourseCover, ListFailed, Notice, Price, RouterLink],
  templateUrl: './wishlist-page.html',
  styleUrls: ['../ui/controls.css', './rows.css'],
})
export class WishlistPage {
  protected readonly labels = inject(COURSES_LABELS);
  private readonly store = inject(Store);

  private readonly ids = this.store.selectSignal(wishlistFeature.selectCourseIds);
  private readonly unread = this.store.selectSignal(coursesFeature.selectUnread);
  protected readonly courses = this.store.selectSignal(wishlistFeature.selectCourses);
  /** The courses not read yet, and whether reading them failed. */
  protected readonly missing = computed(() =>
    this.ids().filter((id) => !this.courses().some((course) => course.id === id)),
  );
  protected readonly failed = computed(() => this.missing().some((id) => this.unread()[id] !== undefined));

  constructor() {
    loadWhenRestored(this.ids, (courseIds) => WishlistPageActions.opened({ courseIds }));
  }

  protected retry(): void {
    this.store.dispatch(WishlistPageActions.opened({ courseIds: this.ids() }));
  }

  protected remove(courseId: string): void {
    this.store.dispatch(WishlistPageActions.removePressed({ courseId }));
  }

  protected moveToCart(courseId: string): void {
    this.store.dispatch(WishlistPageActions.moveToCartPressed({ courseId }));
  }
}
