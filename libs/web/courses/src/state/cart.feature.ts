import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import {
  CartPageActions,
  CartStorageActions,
  CoursePageActions,
  CoursesApiActions,
  WishlistPageActions,
} from './courses.actions';
import { coursesFeature } from './courses.feature';

/** The courses a person is about to buy, in the order they were added. */
export interface CartState {
  readonly courseIds: readonly string[];
  /** What a checkout of this visit bought: the cart page offers the tutors of these. */
  readonly bought: readonly string[];
}

export const initialCartState: CartState = { courseIds: [], bought: [] };

export const cartFeature = createFeature({
  name: 'cart',
  reducer: createReducer(
    initialCartState,
    on(CartStorageActions.restored, (state, { cart }): CartState => ({ ...state, courseIds: cart })),
    on(CoursePageActions.addToCartPressed, WishlistPageActions.moveToCartPressed, (state, { courseId }): CartState => ({
      ...state,
      courseIds: [...state.courseIds.filter((id) => id !== courseId), courseId],
    })),
    on(CartPageActions.opened, (state): CartState => ({ ...state, bought: [] })),
    on(CartPageActions.removePressed, (state, { courseId }) => remove(state, courseId)),
    on(CoursesApiActions.purchased, (state, { purchase: { courseId } }) =>
      state.courseIds.includes(courseId)
        ? { courseIds: remove(state, courseId).courseIds, bought: [...state.bought, courseId] }
        : state,
    ),
    // Bought on another device, or no longer offered: nothing is left to buy.
    on(CoursesApiActions.courseLoaded, (state, { course }) => (course.enrolled ? remove(state, course.id) : state)),
    on(CoursesApiActions.courseFailed, (state, { courseId, failure }) =>
      failure === 'missing' ? remove(state, courseId) : state,
    ),
  ),
  extraSelectors: ({ selectCourseIds, selectBought }) => ({
    selectCount: createSelector(selectCourseIds, (ids) => ids.length),
    selectCourses: createSelector(selectCourseIds, coursesFeature.selectEntities, (ids, entities) =>
      ids.flatMap((id) => entities[id] ?? []),
    ),
    selectBoughtCourses: createSelector(selectBought, coursesFeature.selectEntities, (ids, entities) =>
      ids.flatMap((id) => entities[id] ?? []),
    ),
  }),
});

function remove(state: CartState, courseId: string): CartState {
  if (!state.courseIds.includes(courseId)) return state;
  return { ...state, courseIds: state.courseIds.filter((id) => id !== courseId) };
}
