import {
  Component,
  computed,
  effect,
  inject,
  input,
  type ElementRef,
  viewChild,
  afterNextRender,
  Injector,
  untracked,
} from '@angular/core';
import { Title } from '@angular/platform-browser';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { selectUser } from '@course-chat/web/auth';
import { Avatar } from '@course-chat/web/chat/ui/parts';
import { listed, pageLocale } from '@course-chat/web/language';
import { COURSES_LABELS } from '../courses.labels';
import { cartFeature } from '../state/cart.feature';
import { CoursePageActions } from '../state/courses.actions';
import { coursesFeature } from '../state/courses.feature';
import { wishlistFeature } from '../state/wishlist.feature';
import { CourseCover } from '../ui/course-cover';
import { Notice } from '../ui/notice';
import { Price } from '../ui/price';
import { DOCUMENT_TITLE } from './document-title';
import { TutorButtons } from './tutor-buttons';

/** One course: what it is about, and what one can do with it. */
@Component({
  selector: 'cc-course-page',
  imports: [Avatar, CourseCover, Notice, Price, RouterLink, TutorButtons],
  templateUrl: './course-page.html',
  styleUrls: ['../ui/controls.css', './course-page.css'],
})
export class CoursePage {
  protected readonly labels = inject(COURSES_LABELS);
  private readonly store = inject(Store);
  private readonly injector = inject(Injector);

  readonly courseId = input.required<string>();

  private readonly state = this.store.selectSignal(coursesFeature.selectCoursesState);
  private readonly user = this.store.selectSignal(selectUser);
  private readonly cart = this.store.selectSignal(cartFeature.selectCourseIds);
  private readonly wishlist = this.store.selectSignal(wishlistFeature.selectCourseIds);
  private readonly actions = viewChild<ElementRef<HTMLElement>>('actions');

  protected readonly course = computed(() => this.state().entities[this.courseId()]);
  protected readonly unread = computed(() => this.state().unread[this.courseId()]);
  protected readonly buying = computed(() => this.state().buying.includes(this.courseId()));
  protected readonly refused = computed(() => this.state().refused[this.courseId()]);
  protected readonly inCart = computed(() => this.cart().includes(this.courseId()));
  protected readonly wished = computed(() => this.wishlist().includes(this.courseId()));
  protected readonly teaches = computed(() => this.course()?.tutors.some(({ id }) => id === this.user()?.id) ?? false);
  protected readonly student = computed(() => this.user()?.role === 'student');
  protected readonly tutorNames = computed(() => listed(this.course()?.tutors.map(({ name }) => name) ?? []));
  protected readonly justBought = computed(() => this.state().purchasedAt[this.courseId()] !== undefined);
  protected readonly ownedText = computed(() => {
    const at = this.state().purchasedAt[this.courseId()];
    if (!at) return this.labels.owned;
    const date = new Intl.DateTimeFormat(pageLocale(), { dateStyle: 'long' });
    return this.labels.ownedSince(date.format(new Date(at)));
  });

  constructor() {
    const title = inject(Title);
    const documentTitle = inject(DOCUMENT_TITLE);
    effect(() => {
      const courseId = this.courseId();
      // The request that follows reads the access token, and a token that is renewed is no other course.
      untracked(() => this.store.dispatch(CoursePageActions.opened({ courseId })));
    });
    effect(() => {
      const course = this.course();
      if (course) title.setTitle(documentTitle(course.title));
    });
    let before: boolean | undefined;
    effect(() => {
      const enrolled = this.course()?.enrolled;
      if (before === false && enrolled && this.justBought()) {
        this.focusNext('button');
      }
      before = enrolled;
    });
  }

  protected reload(): void {
    this.store.dispatch(CoursePageActions.opened({ courseId: this.courseId() }));
  }

  protected buy(): void {
    if (!this.buying()) this.store.dispatch(CoursePageActions.buyPressed({ courseId: this.courseId() }));
  }

  protected addToCart(): void {
    this.store.dispatch(CoursePageActions.addToCartPressed({ courseId: this.courseId() }));
    this.focusNext('a[href="/cart"]');
  }

  /** What was pressed is about to go: the focus goes to what takes its place. */
  private focusNext(selector: string): void {
    const focus = () => this.actions()?.nativeElement.querySelector<HTMLElement>(selector)?.focus();
    afterNextRender(focus, { injector: this.injector });
  }

  protected toggleWish(): void {
    const courseId = this.courseId();
    this.store.dispatch(
      this.wished()
        ? CoursePageActions.removeFromWishlistPressed({ courseId })
        : CoursePageActions.addToWishlistPressed({ courseId }),
    );
  }
}
