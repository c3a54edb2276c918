import { createActionGroup, emptyProps, props } from '@ngrx/store';
import type { Course, CoursePage, Purchase } from '@course-chat/contracts';
import type { CourseFailure } from './course-failure';

const ofCourse = props<{ courseId: string }>();

export const CataloguePageActions = createActionGroup({
  source: 'Catalogue Page',
  events: { Opened: emptyProps(), 'More Requested': props<{ cursor: string }>() },
});

/** The pages that show a selection of every course: a student's own, a tutor's own. */
export const OwnCoursesPageActions = createActionGroup({
  source: 'Own Courses Page',
  events: { Opened: emptyProps() },
});

export const CoursePageActions = createActionGroup({
  source: 'Course Page',
  events: {
    Opened: ofCourse,
    'Buy Pressed': ofCourse,
    'Add To Cart Pressed': ofCourse,
    'Add To Wishlist Pressed': ofCourse,
    'Remove From Wishlist Pressed': ofCourse,
  },
});

export const CartPageActions = createActionGroup({
  source: 'Cart Page',
  events: {
    Opened: props<{ courseIds: readonly string[] }>(),
    'Remove Pressed': ofCourse,
    'Checkout Pressed': props<{ courseIds: readonly string[] }>(),
  },
});

export const WishlistPageActions = createActionGroup({
  source: 'Wishlist Page',
  events: {
    Opened: props<{ courseIds: readonly string[] }>(),
    'Remove Pressed': ofCourse,
    'Move To Cart Pressed': ofCourse,
  },
});

export const CoursesApiActions = createActionGroup({
  source: 'Courses API',
  events: {
    'First Page Loaded': props<{ page: CoursePage }>(),
    'Next Page Loaded': props<{ page: CoursePage }>(),
    'All Loaded': props<{ courses: Course[] }>(),
    'List Failed': emptyProps(),
    'Course Loaded': props<{ course: Course }>(),
    'Course Failed': props<{ courseId: string; failure: CourseFailure }>(),
    Purchased: props<{ purchase: Purchase }>(),
    'Purchase Failed': props<{ courseId: string; failure: CourseFailure }>(),
  },
});

/** What this browser kept for the person who is logged in. */
export const CartStorageActions = createActionGroup({
  source: 'Cart Storage',
  events: { Restored: props<{ cart: readonly string[]; wishlist: readonly string[] }>() },
});
