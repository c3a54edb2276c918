import { inject } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn } from '@angular/router';
import { Store } from '@ngrx/store';
import { asyncScheduler, filter, map, observeOn, of, take, type Observable } from 'rxjs';
import type { Role } from '@course-chat/contracts';
import { authFeature, selectUser, type AuthState } from './auth.feature';
import { RETURN_URL, safeReturnUrl, startOf } from './return-url';

/**
 * The session once the first refresh was answered. That answer sets off much elsewhere: the page it opens is built in a task of
 * its own, so that a tap or a paint comes in between.
 */
function settled(): Observable<AuthState> {
  const store = inject(Store);
  const known = store.selectSignal(authFeature.selectAuthState)();
  if (known.status !== 'unknown') return of(known);
  return store.select(authFeature.selectAuthState).pipe(
    filter(({ status }) => status !== 'unknown'),
    take(1),
    observeOn(asyncScheduler),
  );
}

/** Lets people in who are logged in; the others log in first and then come back to the address they asked for. */
export const signedInGuard: CanActivateFn = (_route, { url }) => {
  const router = inject(Router);
  return settled().pipe(map(({ user }) => (user ? true : loginTree(router, url))));
};

/** Lets in the roles named; others see why not, at the address they asked for. */
export function roleGuard(...roles: Role[]): CanActivateFn {
  return (_route, { url }) => {
    const router = inject(Router);
    return settled().pipe(
      map(({ user }) => {
        if (!user) return loginTree(router, url);
        if (roles.includes(user.role)) return true;
        return new RedirectCommand(router.parseUrl('/no-access'), { skipLocationChange: true });
      }),
    );
  };
}

/**
 * Keeps people who are logged in away from the login: they go where they wanted to go. Waits for no answer: where this
 * browser remembers nobody there is hardly ever a session, and `leaveLogin` follows the one that is found after all.
 */
export const signedOutGuard: CanActivateFn = (route) => {
  const router = inject(Router);
  const user = inject(Store).selectSignal(selectUser)();
  return user ? router.parseUrl(safeReturnUrl(route.queryParamMap.get(RETURN_URL)) ?? startOf(user.role)) : true;
};

/** `/` leads each role to its own start. */
export const startGuard: CanActivateFn = () => {
  const router = inject(Router);
  return settled().pipe(map(({ user }) => router.parseUrl(user ? startOf(user.role) : '/login')));
};

function loginTree(router: Router, url: string) {
  const returnUrl = safeReturnUrl(url);
  return router.createUrlTree(['/login'], { queryParams: returnUrl ? { [RETURN_URL]: returnUrl } : {} });
}
