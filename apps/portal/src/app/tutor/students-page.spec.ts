import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideEffects } from '@ngrx/effects';
import { provideState, provideStore } from '@ngrx/store';
import { defer } from 'rxjs';
import type { StudentPage, TutorStudent } from '@course-chat/contracts';
import { sampleChat, sampleStudent } from '@course-chat/contracts/testing';
import { authFeature } from '@course-chat/web/auth';
import { chatsFeature } from '@course-chat/web/chat/state';
import { coursesFeature } from '@course-chat/web/courses';
import { presenceFeature } from '@course-chat/web/presence';
import * as studentsEffects from './students.effects';
import { studentsFeature } from './students.feature';
import { StudentsPage } from './students-page';

const { course } = sampleChat;
const studentNamed = (name: string, id: string): TutorStudent => ({
  student: { ...sampleStudent, id: id.padStart(24, '0'), name },
  course,
  chatId: null,
});
const firstPage: StudentPage = { items: [studentNamed('Mira Klein', 'a1')], nextCursor: 'more' };
const nextPage: StudentPage = { items: [studentNamed('Jonas Vogt', 'a2')], nextCursor: null };

describe(StudentsPage.name, () => {
  /** Stands for the access token, which the session's interceptor reads as soon as somebody subscribes to the answer. */
  const token = signal('first');
  let server: HttpTestingController;

  async function show() {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideHttpClient(
          withInterceptors([
            (request, next) => defer(() => next(request.clone({ setHeaders: { Authorization: token() } }))),
          ]),
        ),
        provideHttpClientTesting(),
        provideStore(),
        provideState(authFeature),
        provideState(chatsFeature),
        provideState(coursesFeature),
        provideState(presenceFeature),
        provideState(studentsFeature),
        provideEffects(studentsEffects),
      ],
    });
    server = TestBed.inject(HttpTestingController);
    const fixture = TestBed.createComponent(StudentsPage);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    const search = () => element.querySelector<HTMLInputElement>('input[type=search]');
    return {
      fixture,
      search,
      names: () => [...element.querySelectorAll('.who')].map((name) => name.textContent),
      more: () => element.querySelector<HTMLButtonElement>('.below button')?.click(),
      answer: async (page: StudentPage) => {
        asked()[0]?.flush(page);
        await fixture.whenStable();
      },
      look: async (words: string) => {
        const box = search();
        if (box) box.value = words;
        box?.dispatchEvent(new Event('input'));
        await fixture.whenStable();
      },
    };
  }

  const asked = () => server.match(({ url }) => url === '/api/tutors/chats/students');

  it('keeps what it has read and what is looked for when the token is renewed', async () => {
    const page = await show();
    await page.answer(firstPage);
    page.more();
    await page.answer(nextPage);
    await page.look('jonas');
    token.set('second');
    await page.fixture.whenStable();
    expect(asked()).toHaveLength(0);
    expect(page.search()?.value).toBe('jonas');
    expect(page.names()).toEqual(['Jonas Vogt']);
  });

  it('starts over for another course', async () => {
    const page = await show();
    await page.answer(firstPage);
    await page.look('mira');
    page.fixture.componentRef.setInput('courseId', course.id);
    await page.fixture.whenStable();
    expect(asked().map(({ request }) => request.params.get('courseId'))).toEqual([course.id]);
    expect(page.search()).toBeNull();
    expect(page.names()).toEqual([]);
  });
});
