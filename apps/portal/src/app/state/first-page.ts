import { ApplicationRef, inject, InjectionToken } from '@angular/core';
import { NavigationEnd, NavigationStart, Router } from '@angular/router';
import { filter, firstValueFrom, merge, ReplaySubject, skip, switchMap, take, timer, type Observable } from 'rxjs';
import { nextTask } from './next-task';

/** How long to wait for a first page that does not come, in milliseconds. */
const PATIENCE_MS = 3_000;
/** How long a page that is painted may go on drawing, in milliseconds. */
const IDLE_WITHIN_MS = 500;

/** Resolves when the first page is on the screen with what it has to show: what is not for it begins then. */
export const FIRST_PAGE = new InjectionToken<Promise<unknown>>('FIRST_PAGE', {
  providedIn: 'root',
  factory: () => {
    const app = inject(ApplicationRef);
    const painted = inject(Router).events.pipe(
      filter((event) => event instanceof NavigationEnd),
      switchMap(() => app.whenStable()),
      switchMap(nextFrame),
      // A frame is on its way to the screen when the one after it begins, and there when nothing else is to be drawn.
      switchMap(nextFrame),
      switchMap(idle),
    );
    return firstValueFrom(merge(painted, timer(PATIENCE_MS)));
  },
});

/**
 * Emits when the chats may be asked for: at once for a first page that shows some, else after it. On a slow line a page of
 * courses would come later for all that the chats fetch.
 */
export function chatsWanted(): Observable<unknown> {
  const starts = inject(Router).events.pipe(filter((event) => event instanceof NavigationStart));
  const chats = starts.pipe(filter(({ url }) => /^\/(?:chats|tutor)\b/.test(url)));
  const wanted = new ReplaySubject<unknown>(1);
  merge(chats, starts.pipe(skip(1)), inject(FIRST_PAGE))
    .pipe(take(1))
    .subscribe(wanted);
  return wanted;
}

/** When the browser has nothing to do. Not every one tells; then the next task has to do. */
function idle(): Promise<unknown> {
  if (!('requestIdleCallback' in globalThis)) return nextTask();
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: IDLE_WITHIN_MS }));
}

function nextFrame(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}
