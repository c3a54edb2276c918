import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import { CartStorageActions, CoursePageActions, CoursesApiActions, WishlistPageActions } from './courses.actions';
import { coursesFeature } from './courses.feature';

/** The courses a person wants to remember, in the order they were added. */
export interface WishlistState {
  readonly courseIds: readonly string[];
}

export const initialWishlistState: WishlistState = { courseIds: [] };

export const wishlistFeature = createFeature({
  name: 'wishlist',
  reducer: createReducer(
    initialWishlistState,
    on(CartStorageActions.restored, (_, { wishlist }): WishlistState => ({ courseIds: wishlist })),
    on(CoursePageActions.addToWishlistPressed, (state, { courseId }): WishlistState => ({
      courseIds: [...remove(state, courseId).courseIds, courseId],
    })),
    on(
      CoursePageActions.removeFromWishlistPressed,
      WishlistPageActions.removePressed,
      WishlistPageActions.moveToCartPressed,
      (state, { courseId }) => remove(state, courseId),
    ),
    on(CoursesApiActions.purchased, (state, { purchase }) => remove(state, purchase.courseId)),
    on(CoursesApiActions.courseLoaded, (state, { course }) => (course.enrolled ? remove(state, course.id) : state)),
    on(CoursesApiActions.courseFailed, (state, { courseId, failure }) =>
      failure === 'missing' ? remove(state, courseId) : state,
    ),
  ),
  extraSelectors: ({ selectCourseIds }) => ({
    selectCourses: createSelector(selectCourseIds, coursesFeature.selectEntities, (ids, entities) =>
      ids.flatMap((id) => entities[id] ?? []),
    ),
  }),
});

function remove(state: WishlistState, courseId: string): WishlistState {
  if (!state.courseIds.includes(courseId)) return state;
  return { courseIds: state.courseIds.filter((id) => id !== courseId) };
}
