import { afterNextRender, DestroyRef, inject, PendingTasks, signal, type Signal } from '@angular/core';
import { nextTask } from './next-task';

/**
 * Turns true in a task of its own, when what is there now has been rendered: what waits for it does not hold a phone
 * together with the rest. The application is not at rest until then.
 */
export function afterRendering(): Signal<boolean> {
  const rendered = signal(false);
  const done = inject(PendingTasks).add();
  // Whoever goes on at once never sees it rendered.
  inject(DestroyRef).onDestroy(done);
  afterNextRender(async () => {
    await nextTask();
    rendered.set(true);
    done();
  });
  return rendered.asReadonly();
}
