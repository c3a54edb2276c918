import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { catchError, exhaustMap, map, of, switchMap, takeUntil } from 'rxjs';
import { StudentsApi } from './students-api';
import { StudentsApiActions, StudentsPageActions } from './students.feature';

export const loadFirst = createEffect(
  (actions$ = inject(Actions), api = inject(StudentsApi)) =>
    actions$.pipe(
      ofType(StudentsPageActions.opened),
      switchMap(({ courseId }) =>
        api.list(courseId).pipe(
          map((page) => StudentsApiActions.firstPageLoaded({ page })),
          catchError(() => of(StudentsApiActions.failed())),
        ),
      ),
    ),
  { functional: true },
);

export const loadNext = createEffect(
  (actions$ = inject(Actions), api = inject(StudentsApi)) =>
    actions$.pipe(
      ofType(StudentsPageActions.moreRequested),
      exhaustMap(({ courseId, cursor }) =>
        api.list(courseId, cursor).pipe(
          map((page) => StudentsApiActions.nextPageLoaded({ page })),
          catchError(() => of(StudentsApiActions.failed())),
          takeUntil(actions$.pipe(ofType(StudentsPageActions.opened))),
        ),
      ),
    ),
  { functional: true },
);
