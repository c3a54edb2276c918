import { effect, inject } from '@angular/core';
import { Store } from '@ngrx/store';
import { selectUnreadTotal } from '@course-chat/web/chat/state';

/** The number on the icon of the installed app, where the system shows one. It goes with the login. */
export function keepAppBadge(navigator: Pick<Navigator, 'setAppBadge' | 'clearAppBadge'> = window.navigator): void {
  const unread = inject(Store).selectSignal(selectUnreadTotal);
  effect(() => {
    const count = unread();
    // Some browsers have no badge, others refuse it to a page that is not installed.
    const told = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
    told?.catch(() => undefined);
  });
}
