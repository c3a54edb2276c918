import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideMockStore, MockStore } from '@ngrx/store/testing';
import type { Course } from '@course-chat/contracts';
import { sampleCourse, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import { selectUser } from '@course-chat/web/auth';
import { ChatPageActions, chatsFeature } from '@course-chat/web/chat/state';
import { cartFeature } from '../state/cart.feature';
import { CoursePageActions } from '../state/courses.actions';
import { coursesFeature, initialCoursesState } from '../state/courses.feature';
import { wishlistFeature } from '../state/wishlist.feature';
import { CoursePage } from './course-page';

const second = { ...sampleTutor, id: '64b0000000000000000000c1', name: 'Mira Klein' };

describe(CoursePage.name, () => {
  let store: MockStore;

  async function show(course: Course, user = sampleStudent) {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideMockStore({
          selectors: [
            {
              selector: coursesFeature.selectCoursesState,
              value: { ...initialCoursesState, ids: [course.id], entities: { [course.id]: course } },
            },
            { selector: selectUser, value: user },
            { selector: cartFeature.selectCourseIds, value: [] },
            { selector: wishlistFeature.selectCourseIds, value: [] },
            { selector: chatsFeature.selectCreation, value: null },
          ],
        }),
      ],
    });
    store = TestBed.inject(MockStore);
    jest.spyOn(store, 'dispatch');
    const fixture = TestBed.createComponent(CoursePage);
    fixture.componentRef.setInput('courseId', course.id);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    const buttons = () => [...element.querySelectorAll('button')];
    return {
      element,
      names: () => buttons().map((button) => button.textContent?.trim()),
      press: (name: string) =>
        buttons()
          .find((button) => button.textContent?.trim() === name)
          ?.click(),
    };
  }

  it('offers a student what they have not bought', async () => {
    const { names, press } = await show({ ...sampleCourse, enrolled: false });
    expect(names()).toEqual(['Buy now', 'Add to cart', 'Add to wishlist']);
    press('Buy now');
    expect(store.dispatch).toHaveBeenCalledWith(CoursePageActions.buyPressed({ courseId: sampleCourse.id }));
  });

  it('puts the tutor in the place of the shop once it is bought', async () => {
    const { names, press } = await show({ ...sampleCourse, enrolled: true });
    expect(names()).toEqual(['Chat with tutor']);
    press('Chat with tutor');
    expect(store.dispatch).toHaveBeenCalledWith(
      ChatPageActions.chatRequested({ courseId: sampleCourse.id, peerId: sampleTutor.id }),
    );
  });

  it('names the tutors where there are several', async () => {
    const { names } = await show({ ...sampleCourse, enrolled: true, tutors: [sampleTutor, second] });
    expect(names()).toEqual([`Chat with ${sampleTutor.name}`, `Chat with ${second.name}`]);
  });

  it('sells nothing to tutors', async () => {
    const { names, element } = await show({ ...sampleCourse, enrolled: false }, sampleTutor);
    expect(names()).toEqual([]);
    expect(element.textContent).toContain('You teach this course.');
  });
});
