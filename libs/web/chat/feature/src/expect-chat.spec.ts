import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { ChatPageActions } from '@course-chat/web/chat/state';
import { Store } from '@ngrx/store';
import { BehaviorSubject } from 'rxjs';
import { expectChat } from './expect-chat';

@Component({ template: '' })
class Page {}

describe('expectChat', () => {
  const dispatched: unknown[] = [];
  let userId: BehaviorSubject<string | null>;
  let arrive: () => void;

  beforeEach(() => {
    dispatched.length = 0;
    userId = new BehaviorSubject<string | null>(null);
    const arrived = new Promise<typeof Page>((resolve) => (arrive = () => resolve(Page)));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'chats', canActivate: [expectChat], component: Page },
          { path: 'chats/:chatId', canActivate: [expectChat], loadComponent: () => arrived },
        ]),
        { provide: Store, useValue: { select: () => userId, dispatch: (action: unknown) => dispatched.push(action) } },
      ],
    });
  });

  const go = (url: string) => TestBed.inject(Router).navigateByUrl(url);
  const turn = () => new Promise((resolve) => setTimeout(resolve));

  it('asks for the chat of the address while its page is still on its way', async () => {
    userId.next('lena');
    const navigation = go('/chats/c1?seq=12');
    await turn();
    expect(dispatched).toEqual([ChatPageActions.chatExpected({ chatId: 'c1', seq: 12 })]);
    arrive();
    expect(await navigation).toBe(true);
  });

  it('waits for the person whose chat it is, and for nobody once the page is there', async () => {
    const navigation = go('/chats/c1');
    await turn();
    expect(dispatched).toEqual([]);
    userId.next('lena');
    userId.next('tom');
    expect(dispatched).toEqual([ChatPageActions.chatExpected({ chatId: 'c1', seq: null })]);
    arrive();
    await navigation;

    userId.next(null);
    await go('/chats/c2');
    userId.next('lena');
    expect(dispatched).toHaveLength(1);
  });

  it('asks for nothing where the address names no chat', async () => {
    userId.next('lena');
    expect(await go('/chats')).toBe(true);
    expect(dispatched).toEqual([]);
  });
});
