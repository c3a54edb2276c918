import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { User } from '@course-chat/contracts';
import { sampleStudent } from '@course-chat/contracts/testing';
import type { Action } from '@ngrx/store';
import { ChatSessionActions } from './chat.actions';
import { CHATS_WANTED, CURRENT_USER } from './current-user';
import { followUser } from './session.effects';

it('the chats begin for whoever is signed in once they are wanted, and lapse with the login', () => {
  const user = signal<User | null>(null);
  const wanted = signal(false);
  TestBed.configureTestingModule({
    providers: [
      { provide: CURRENT_USER, useValue: user },
      { provide: CHATS_WANTED, useValue: wanted },
    ],
  });
  const seen: string[] = [];
  TestBed.runInInjectionContext(followUser).subscribe((action: Action) => seen.push(action.type));
  user.set(sampleStudent);
  TestBed.tick();
  expect(seen).toEqual([]);
  wanted.set(true);
  TestBed.tick();
  expect(seen).toEqual([ChatSessionActions.started.type]);
  user.set(null);
  TestBed.tick();
  expect(seen).toEqual([ChatSessionActions.started.type, ChatSessionActions.lapsed.type]);
});
