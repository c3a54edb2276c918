import { createActionGroup, createFeature, createReducer, emptyProps, on, props } from '@ngrx/store';
import type { StudentPage, TutorStudent } from '@course-chat/contracts';

export const StudentsPageActions = createActionGroup({
  source: 'Students Page',
  events: {
    /** The page shows the students of one course, or of all with null. */
    Opened: props<{ courseId: string | null }>(),
    'More Requested': props<{ courseId: string | null; cursor: string }>(),
  },
});

export const StudentsApiActions = createActionGroup({
  source: 'Students API',
  events: {
    'First Page Loaded': props<{ page: StudentPage }>(),
    'Next Page Loaded': props<{ page: StudentPage }>(),
    Failed: emptyProps(),
  },
});

/** The students of a tutor's courses, as far as the list was read. */
export interface StudentsState {
  readonly items: readonly TutorStudent[];
  readonly nextCursor: string | null;
  readonly status: 'idle' | 'loading' | 'loadingMore' | 'loaded' | 'failed';
}

const initial: StudentsState = { items: [], nextCursor: null, status: 'idle' };

export const studentsFeature = createFeature({
  name: 'students',
  reducer: createReducer(
    initial,
    on(StudentsPageActions.opened, (): StudentsState => ({ ...initial, status: 'loading' })),
    on(StudentsPageActions.moreRequested, (state): StudentsState => ({ ...state, status: 'loadingMore' })),
    on(StudentsApiActions.firstPageLoaded, (_, { page }): StudentsState => ({ ...page, status: 'loaded' })),
    on(StudentsApiActions.nextPageLoaded, (state, { page }): StudentsState => ({
      items: [...state.items, ...page.items],
      nextCursor: page.nextCursor,
      status: 'loaded',
    })),
    on(StudentsApiActions.failed, (state): StudentsState => ({ ...state, status: 'failed' })),
  ),
});
