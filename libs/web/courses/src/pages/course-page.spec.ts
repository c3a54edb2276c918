import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { ActionsSubject } from '@ngrx/store';
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
import { DOCUMENT_TITLE } from './document-title';

const second = { ...sampleTutor, id: '64b0000000000000000000c1', name: 'Mira Klein' };

describe(CoursePage.name, () => {
  /** Stands for the access token, which a request reads while the action that asks for it is dispatched. */
  const token = signal('first');
  let store: MockStore;

  async function show(course: Course, user = sampleStudent) {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: DOCUMENT_TITLE, useValue: (page: string) => `${page} at school` },
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
    TestBed.inject(ActionsSubject).subscribe(() => token());
    jest.spyOn(store, 'dispatch');
    const fixture = TestBed.createComponent(CoursePage);
    fixture.componentRef.setInput('courseId', course.id);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    const buttons = () => [...element.querySelectorAll('button')];
    return {
      fixture,
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

  it('reads its course once, not again with each token', async () => {
    const { fixture } = await show(sampleCourse);
    token.set('second');
    await fixture.whenStable();
    const { id: courseId } = sampleCourse;
    expect(jest.mocked(store.dispatch).mock.calls).toEqual([[CoursePageActions.opened({ courseId })]]);
    const other = { ...sampleCourse, id: second.id };
    fixture.componentRef.setInput('courseId', other.id);
    await fixture.whenStable();
    expect(store.dispatch).toHaveBeenLastCalledWith(CoursePageActions.opened({ courseId: other.id }));
  });

  it('has the title that the application gives a page of this name', async () => {
    await show(sampleCourse);
    expect(TestBed.inject(Title).getTitle()).toBe(`${sampleCourse.title} at school`);
  });
});
