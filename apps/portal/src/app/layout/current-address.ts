import { inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map } from 'rxjs';

/** Where the portal is, as far as its frame needs to know. */
export interface Address {
  /** Whether a chat page fills the window. */
  readonly chats: boolean;
  /** Whether one chat is open: on a phone it then has the whole screen. */
  readonly thread: boolean;
}

export function currentAddress(): Signal<Address> {
  const router = inject(Router);
  return toSignal(
    router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(({ urlAfterRedirects }) => addressOf(urlAfterRedirects)),
    ),
    { initialValue: addressOf(router.url) },
  );
}

export function addressOf(url: string): Address {
  const found = /^\/(?:tutor\/)?chats(\/[^/?#]+)?(?:[/?#]|$)/.exec(url);
  return { chats: found !== null, thread: found?.[1] !== undefined };
}
