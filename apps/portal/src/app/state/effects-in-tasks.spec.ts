import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { createEffect, provideEffects } from '@ngrx/effects';
import { provideStore } from '@ngrx/store';
import { EMPTY } from 'rxjs';
import { provideEffectsInTasks } from './effects-in-tasks';

it('registers all effects in their order before the application starts, and ends the task where they take long', async () => {
  let time = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => time);
  const seen: string[] = [];
  const taking = (name: string, milliseconds: number) => ({
    effect: createEffect(
      () => {
        seen.push(name);
        setTimeout(() => seen.push('another task'));
        time += milliseconds;
        return EMPTY;
      },
      { functional: true, dispatch: false },
    ),
  });
  TestBed.configureTestingModule({
    providers: [
      provideStore(),
      provideEffects(),
      provideEffectsInTasks([taking('first', 1), taking('second', 9), taking('third', 1)]),
    ],
  });
  await TestBed.inject(ApplicationInitStatus).donePromise;
  expect(seen.slice(0, 5)).toEqual(['first', 'second', 'another task', 'another task', 'third']);
  jest.restoreAllMocks();
});
