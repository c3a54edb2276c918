import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { User } from '@course-chat/contracts';
import { sampleStudent } from '@course-chat/contracts/testing';
import { ConnectionPageActions } from '@course-chat/web/realtime';
import type { Action } from '@ngrx/store';
import { Subject } from 'rxjs';
import { ChatSessionActions } from './chat.actions';
import { CHATS_WANTED, CONNECTION_WANTED, CURRENT_USER } from './current-user';
import { connectForSession, followUser } from './session.effects';

const { connectionReleased, connectionWanted } = ConnectionPageActions;

it('a session begins though neither chats nor a connection are wanted yet: its end has to be known, for what is kept on this device', () => {
  const user = signal<User | null>(null);
  TestBed.configureTestingModule({
    providers: [
      { provide: CURRENT_USER, useValue: user },
      { provide: CHATS_WANTED, useValue: new Subject() },
      { provide: CONNECTION_WANTED, useValue: new Subject() },
    ],
  });
  const seen: string[] = [];
  TestBed.runInInjectionContext(followUser).subscribe((action: Action) => seen.push(action.type));
  user.set(sampleStudent);
  TestBed.tick();
  user.set(null);
  TestBed.tick();
  expect(seen).toEqual([ChatSessionActions.started.type, ChatSessionActions.lapsed.type]);
});

it('a session is connected when that is wanted, and not any more when it is over by then', () => {
  const [actions$, wanted$] = [new Subject<Action>(), new Subject<void>()];
  const seen: string[] = [];
  connectForSession(actions$, wanted$).subscribe((action: Action) => seen.push(action.type));
  const started = ChatSessionActions.started({ user: sampleStudent, drafts: {} });
  for (const over of [ChatSessionActions.lapsed(), ChatSessionActions.ended()]) {
    actions$.next(started);
    actions$.next(over);
    wanted$.next();
    expect(seen.splice(0)).toEqual([connectionReleased.type, connectionReleased.type]);
  }
  actions$.next(started);
  wanted$.next();
  expect(seen).toEqual([connectionReleased.type, connectionWanted.type]);
});
