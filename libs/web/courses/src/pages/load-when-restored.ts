import { effect, inject, untracked, type Signal } from '@angular/core';
import { Store } from '@ngrx/store';
import type { Action } from '@ngrx/store';

/** Reports a page as opened as soon as the ids it shows are known: after a reload they come with the session. */
export function loadWhenRestored(ids: Signal<readonly string[]>, opened: (ids: readonly string[]) => Action): void {
  const store = inject(Store);
  let reported = false;
  effect(() => {
    const known = ids();
    if (reported) return;
    untracked(() => store.dispatch(opened(known)));
    reported = known.length > 0;
  });
}
