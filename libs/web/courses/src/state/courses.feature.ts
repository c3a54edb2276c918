import { createEntityAdapter, type EntityState } from '@ngrx/entity';
import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import type { Course } from '@course-chat/contracts';
import { selectUser } from '@course-chat/web/auth';
import type { CourseFailure } from './course-failure';
import {
  CartPageActions,
  CataloguePageActions,
  CoursePageActions,
  CoursesApiActions,
  OwnCoursesPageActions,
} from './courses.actions';

export type ListStatus = 'idle' | 'loading' | 'loaded' | 'failed';

/** Every course seen so far, the catalogue's order, and what is going on with single courses. */
export interface CoursesState extends EntityState<Course> {
  /** The catalogue as far as it was read. */
  readonly order: readonly string[];
  readonly nextCursor: string | null;
  readonly status: ListStatus;
  /** Why single courses could not be read, by id. */
  readonly unread: Readonly<Record<string, CourseFailure>>;
  /** Purchases under way. */
  readonly buying: readonly string[];
  /** Why purchases failed, by course id. */
  readonly refused: Readonly<Record<string, CourseFailure>>;
  /** When courses were bought, as far as this visit knows. */
  readonly purchasedAt: Readonly<Record<string, string>>;
}

const adapter = createEntityAdapter<Course>();

export const initialCoursesState: CoursesState = adapter.getInitialState({
  order: [],
  nextCursor: null,
  status: 'idle',
  unread: {},
  buying: [],
  refused: {},
  purchasedAt: {},
});

export const coursesFeature = createFeature({
  name: 'courses',
  reducer: createReducer(
    initialCoursesState,
    on(
      CataloguePageActions.opened,
      CataloguePageActions.moreRequested,
      OwnCoursesPageActions.opened,
      (state): CoursesState => ({ ...state, status: 'loading' }),
    ),
    on(CoursesApiActions.firstPageLoaded, (state, { page }) =>
      adapter.upsertMany(page.items, {
        ...state,
        order: page.items.map(({ id }) => id),
        nextCursor: page.nextCursor,
        status: 'loaded',
      }),
    ),
    on(CoursesApiActions.nextPageLoaded, (state, { page }) =>
      adapter.upsertMany(page.items, {
        ...state,
        order: [...new Set([...state.order, ...page.items.map(({ id }) => id)])],
        nextCursor: page.nextCursor,
        status: 'loaded',
      }),
    ),
    on(CoursesApiActions.allLoaded, (state, { courses }) =>
      adapter.upsertMany(courses, {
        ...state,
        order: courses.map(({ id }) => id),
        nextCursor: null,
        status: 'loaded',
      }),
    ),
    on(CoursesApiActions.listFailed, (state): CoursesState => ({ ...state, status: 'failed' })),
    on(CoursePageActions.opened, (state, { courseId }): CoursesState => ({
      ...state,
      unread: without(state.unread, courseId),
      refused: without(state.refused, courseId),
    })),
    on(CoursesApiActions.courseLoaded, (state, { course }) => adapter.upsertOne(course, state)),
    on(CoursesApiActions.courseFailed, (state, { courseId, failure }): CoursesState => ({
      ...state,
      unread: { ...state.unread, [courseId]: failure },
    })),
    on(CoursePageActions.buyPressed, (state, { courseId }) => startBuying(state, [courseId])),
    on(CartPageActions.checkoutPressed, (state, { courseIds }) => startBuying(state, courseIds)),
    on(CoursesApiActions.purchased, (state, { purchase: { courseId, purchasedAt } }) =>
      adapter.updateOne(
        { id: courseId, changes: { enrolled: true } },
        {
          ...state,
          buying: state.buying.filter((id) => id !== courseId),
          purchasedAt: { ...state.purchasedAt, [courseId]: purchasedAt },
        },
      ),
    ),
    on(CoursesApiActions.purchaseFailed, (state, { courseId, failure }): CoursesState => ({
      ...state,
      buying: state.buying.filter((id) => id !== courseId),
      refused: { ...state.refused, [courseId]: failure },
    })),
  ),
  extraSelectors: ({ selectEntities, selectOrder, selectStatus, selectNextCursor }) => {
    const selectCatalogue = createSelector(selectEntities, selectOrder, (entities, order) =>
      order.flatMap((id) => entities[id] ?? []),
    );
    return {
      selectCatalogue,
      selectEnrolled: createSelector(selectCatalogue, (courses) => courses.filter(({ enrolled }) => enrolled)),
      selectTaught: createSelector(selectCatalogue, selectUser, (courses, user) =>
        courses.filter(({ tutors }) => tutors.some(({ id }) => id === user?.id)),
      ),
      /** Whether every course there is has been read. */
      selectComplete: createSelector(
        selectStatus,
        selectNextCursor,
        (status, cursor) => status === 'loaded' && cursor === null,
      ),
    };
  },
});

function startBuying(state: CoursesState, courseIds: readonly string[]): CoursesState {
  return {
    ...state,
    buying: [...new Set([...state.buying, ...courseIds])],
    refused: without(state.refused, ...courseIds),
  };
}

function without<T>(record: Readonly<Record<string, T>>, ...keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
