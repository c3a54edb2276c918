import { TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';
import { provideRouter, Router, TitleStrategy } from '@angular/router';
import { provideMockStore } from '@ngrx/store/testing';
import { selectUnreadTotal } from '@course-chat/web/chat/state';
import { BadgedTitle, PageTitles } from './badged-title';

describe(PageTitles.name, () => {
  it.each([
    ['/chats', 0, 'Chats · Course Chat'],
    ['/chats', 3, '(3) Chats · Course Chat'],
    ['/', 0, 'Course Chat'],
  ])('call %s with %d unread messages "%s"', async (address, unread, title) => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: '', pathMatch: 'full', children: [] },
          { path: 'chats', title: 'Chats', children: [] },
        ]),
        provideMockStore({ selectors: [{ selector: selectUnreadTotal, value: unread }] }),
        { provide: Title, useClass: BadgedTitle },
        { provide: TitleStrategy, useClass: PageTitles },
      ],
    });
    await TestBed.inject(Router).navigateByUrl(address);
    expect(document.title).toBe(title);
  });
});
