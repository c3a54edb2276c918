import { sampleCourse, sampleTutor } from '@course-chat/contracts/testing';
import { CataloguePageActions, CoursePageActions, CoursesApiActions, OwnCoursesPageActions } from './courses.actions';
import { coursesFeature, initialCoursesState } from './courses.feature';

const { reducer } = coursesFeature;
const course = { ...sampleCourse, enrolled: false };
const other = { ...course, id: '64b0000000000000000000b1', tutors: [] };
const loaded = (items = [course], nextCursor: string | null = null) =>
  CoursesApiActions.firstPageLoaded({ page: { items, nextCursor } });
const root = (courses: ReturnType<typeof reducer>) => ({ courses, auth: { user: sampleTutor } });

describe('coursesFeature', () => {
  it('puts pages behind each other, each course once', () => {
    const state = [
      CataloguePageActions.opened(),
      loaded([course], 'next'),
      CoursesApiActions.nextPageLoaded({ page: { items: [course, other], nextCursor: null } }),
    ].reduce(reducer, initialCoursesState);
    expect(coursesFeature.selectCatalogue(root(state)).map(({ id }) => id)).toEqual([course.id, other.id]);
    expect(coursesFeature.selectComplete(root(state))).toBe(true);
  });

  it('shows a purchase at once', () => {
    const buying = [loaded(), CoursePageActions.buyPressed({ courseId: course.id })].reduce(
      reducer,
      initialCoursesState,
    );
    expect(buying.buying).toEqual([course.id]);
    const purchasedAt = '2026-11-22T14:00:00.000Z';
    const bought = reducer(buying, CoursesApiActions.purchased({ purchase: { courseId: course.id, purchasedAt } }));
    expect(bought.buying).toEqual([]);
    expect(bought.entities[course.id]?.enrolled).toBe(true);
    expect(bought.purchasedAt[course.id]).toBe(purchasedAt);
  });

  it('says why a purchase failed until the next try', () => {
    const failed = [
      loaded(),
      CoursePageActions.buyPressed({ courseId: course.id }),
      CoursesApiActions.purchaseFailed({ courseId: course.id, failure: 'offline' }),
    ].reduce(reducer, initialCoursesState);
    expect(failed).toMatchObject({ buying: [], refused: { [course.id]: 'offline' } });
    expect(reducer(failed, CoursePageActions.buyPressed({ courseId: course.id })).refused).toEqual({});
  });

  it("tells a student's own courses and a tutor's own apart", () => {
    const state = [
      OwnCoursesPageActions.opened(),
      CoursesApiActions.allLoaded({ courses: [course, { ...other, enrolled: true }] }),
    ].reduce(reducer, initialCoursesState);
    expect(coursesFeature.selectEnrolled(root(state)).map(({ id }) => id)).toEqual([other.id]);
    expect(coursesFeature.selectTaught(root(state)).map(({ id }) => id)).toEqual([course.id]);
  });

  it('keeps what it shows while it reads anew, and when that fails', () => {
    const state = [loaded(), CataloguePageActions.opened(), CoursesApiActions.listFailed()].reduce(
      reducer,
      initialCoursesState,
    );
    expect(state.status).toBe('failed');
    expect(coursesFeature.selectCatalogue(root(state))).toEqual([course]);
  });
});
