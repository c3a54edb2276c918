import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { COURSES_LABELS } from '../courses.labels';
import { cartFeature } from '../state/cart.feature';
import { CartPageActions } from '../state/courses.actions';
import { coursesFeature } from '../state/courses.feature';
import { CourseCover } from '../ui/course-cover';
import { ListFailed } from '../ui/list-failed';
import { Notice } from '../ui/notice';
import { Price } from '../ui/price';
import { loadWhenRestored } from './load-when-restored';
import { TutorButtons } from './tutor-buttons';

/** What is about to be bought; after the checkout, the way to the tutors. */
@Component({
  selector: 'cc-cart-page',
  imports: [CourseCover, ListFailed, Notice, Price, RouterLink, TutorButtons],
  templateUrl: './cart-page.html',
  styleUrls: ['../ui/controls.css', './rows.css', './cart-page.css'],
})
export class CartPage {
  protected readonly labels = inject(COURSES_LABELS);
  private readonly store = inject(Store);

  private readonly ids = this.store.selectSignal(cartFeature.selectCourseIds);
  private readonly buyingIds = this.store.selectSignal(coursesFeature.selectBuying);
  protected readonly courses = this.store.selectSignal(cartFeature.selectCourses);
  protected readonly bought = this.store.selectSignal(cartFeature.selectBoughtCourses);
  protected readonly refused = this.store.selectSignal(coursesFeature.selectRefused);
  private readonly unread = this.store.selectSignal(coursesFeature.selectUnread);

  protected readonly total = computed(() => this.courses().reduce((sum, { priceCents }) => sum + priceCents, 0));
  protected readonly buying = computed(() => this.ids().some((id) => this.buyingIds().includes(id)));
  /** The courses not read yet, and whether reading them failed. */
  protected readonly missing = computed(() =>
    this.ids().filter((id) => !this.courses().some((course) => course.id === id)),
  );
  protected readonly failed = computed(() => this.missing().some((id) => this.unread()[id] !== undefined));

  constructor() {
    loadWhenRestored(this.ids, (courseIds) => CartPageActions.opened({ courseIds }));
  }

  protected retry(): void {
    this.store.dispatch(CartPageActions.opened({ courseIds: this.ids() }));
  }

  protected remove(courseId: string): void {
    this.store.dispatch(CartPageActions.removePressed({ courseId }));
  }

  protected checkOut(): void {
    const courseIds = this.courses().map(({ id }) => id);
    if (!this.buying()) this.store.dispatch(CartPageActions.checkoutPressed({ courseIds }));
  }
}
