import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import {
  catchError,
  concatMap,
  EMPTY,
  exhaustMap,
  expand,
  from,
  map,
  mergeMap,
  of,
  reduce,
  switchMap,
  takeUntil,
} from 'rxjs';
import { COURSE_PAGE, type Course } from '@course-chat/contracts';
import { AuthActions } from '@course-chat/web/auth';
import { toCourseFailure } from './course-failure';
import {
  CartPageActions,
  CataloguePageActions,
  CoursePageActions,
  CoursesApiActions,
  OwnCoursesPageActions,
  WishlistPageActions,
} from './courses.actions';
import { CoursesApi } from './courses-api';

export const loadFirstPage = createEffect(
  (actions$ = inject(Actions), api = inject(CoursesApi)) =>
    actions$.pipe(
      ofType(CataloguePageActions.opened),
      switchMap(() =>
        api.list({ limit: COURSE_PAGE.default }).pipe(
          map((page) => CoursesApiActions.firstPageLoaded({ page })),
          catchError(() => of(CoursesApiActions.listFailed())),
          // A late one would take the place of every course, and one's own are looked for among all.
          takeUntil(actions$.pipe(ofType(OwnCoursesPageActions.opened, AuthActions.loggedOut))),
        ),
      ),
    ),
  { functional: true },
);

export const loadNextPage = createEffect(
  (actions$ = inject(Actions), api = inject(CoursesApi)) =>
    actions$.pipe(
      ofType(CataloguePageActions.moreRequested),
      exhaustMap(({ cursor }) =>
        api.list({ limit: COURSE_PAGE.default, cursor }).pipe(
          map((page) => CoursesApiActions.nextPageLoaded({ page })),
          catchError(() => of(CoursesApiActions.listFailed())),
          // A catalogue that is read anew has no place for a page of the old one.
          takeUntil(
            actions$.pipe(ofType(CataloguePageActions.opened, OwnCoursesPageActions.opened, AuthActions.loggedOut)),
          ),
        ),
      ),
    ),
  { functional: true },
);

/** The wire has no filter for one's own courses, so the pages that show them read the whole catalogue. */
export const loadAll = createEffect(
  (actions$ = inject(Actions), api = inject(CoursesApi)) =>
    actions$.pipe(
      ofType(OwnCoursesPageActions.opened),
      switchMap(() =>
        api.list({ limit: COURSE_PAGE.max }).pipe(
          expand(({ nextCursor }) => (nextCursor ? api.list({ limit: COURSE_PAGE.max, cursor: nextCursor }) : EMPTY)),
          reduce((courses: Course[], page) => [...courses, ...page.items], []),
          map((courses) => CoursesApiActions.allLoaded({ courses })),
          catchError(() => of(CoursesApiActions.listFailed())),
          takeUntil(actions$.pipe(ofType(CataloguePageActions.opened, AuthActions.loggedOut))),
        ),
      ),
    ),
  { functional: true },
);

export const loadCourses = createEffect(
  (actions$ = inject(Actions), api = inject(CoursesApi)) =>
    actions$.pipe(
      ofType(CoursePageActions.opened, CartPageActions.opened, WishlistPageActions.opened),
      map((action) => ('courseId' in action ? [action.courseId] : action.courseIds)),
      switchMap((courseIds) =>
        from(courseIds).pipe(
          mergeMap(
            (courseId) =>
              api.get(courseId).pipe(
                map((course) => CoursesApiActions.courseLoaded({ course })),
                catchError((error: unknown) =>
                  of(CoursesApiActions.courseFailed({ courseId, failure: toCourseFailure(error) })),
                ),
              ),
            4,
          ),
          takeUntil(actions$.pipe(ofType(AuthActions.loggedOut))),
        ),
      ),
    ),
  { functional: true },
);

/** One purchase after the other: each is answered for itself. */
export const buy = createEffect(
  (actions$ = inject(Actions), api = inject(CoursesApi)) =>
    actions$.pipe(
      ofType(CoursePageActions.buyPressed, CartPageActions.checkoutPressed),
      concatMap((action) =>
        from('courseId' in action ? [action.courseId] : action.courseIds).pipe(
          concatMap((courseId) =>
            api.purchase(courseId).pipe(
              map((purchase) => CoursesApiActions.purchased({ purchase })),
              catchError((error: unknown) =>
                of(CoursesApiActions.purchaseFailed({ courseId, failure: toCourseFailure(error) })),
              ),
            ),
          ),
          takeUntil(actions$.pipe(ofType(AuthActions.loggedOut))),
        ),
      ),
    ),
  { functional: true },
);
