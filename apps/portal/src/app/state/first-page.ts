import { ApplicationRef, inject, InjectionToken, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, NavigationStart, Router } from '@angular/router';
import { filter, firstValueFrom, map, merge, skip, switchMap, take, timer } from 'rxjs';
import { nextTask } from './next-task';

/** How long to wait for a first page that does not come, in milliseconds. */
const PATIENCE_MS = 3_000;

/** Resolves when the first page is on the screen with what it has to show: what is not for it begins then. */
export const FIRST_PAGE = new InjectionToken<Promise<unknown>>('FIRST_PAGE', {
  providedIn: 'root',
  factory: () => {
    const app = inject(ApplicationRef);
    const painted = inject(Router).events.pipe(
      filter((event) => event instanceof NavigationEnd),
      switchMap(() => app.whenStable()),
      switchMap(nextFrame),
      // A frame is on the screen when the one after it begins.
      switchMap(nextFrame),
      switchMap(nextTask),
    );
    return firstValueFrom(merge(painted, timer(PATIENCE_MS)));
  },
});

/**
 * Whether the chats may begin: at once for a first page that shows some, else after it. On a slow line a page of courses
 * would come later for all that the chats fetch.
 */
export function chatsWanted(): Signal<boolean> {
  const starts = inject(Router).events.pipe(filter((event) => event instanceof NavigationStart));
  const chats = starts.pipe(filter(({ url }) => /^\/(?:chats|tutor)\b/.test(url)));
  return toSignal(
    merge(chats, starts.pipe(skip(1)), inject(FIRST_PAGE)).pipe(
      take(1),
      map(() => true),
    ),
    { initialValue: false },
  );
}

function nextFrame(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}
