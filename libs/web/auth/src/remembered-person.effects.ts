import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { defer, EMPTY, merge, of, tap } from 'rxjs';
import { AuthActions, AuthApiActions, SessionChannelActions } from './auth.actions';
import { RememberedPerson } from './remembered-person';

/** The page starts with whoever was logged in here; what the server says about it follows. */
export const resume = createEffect(
  (person = inject(RememberedPerson)) =>
    defer(() => {
      const user = person.get();
      return user ? of(AuthActions.personRemembered({ user })) : EMPTY;
    }),
  { functional: true },
);

/** Kept for the next start while a login stands, gone with it. */
export const remember = createEffect(
  (actions$ = inject(Actions), person = inject(RememberedPerson)) =>
    merge(
      actions$.pipe(
        ofType(
          AuthApiActions.loggedIn,
          AuthApiActions.registered,
          AuthApiActions.sessionRefreshed,
          SessionChannelActions.sessionAdopted,
        ),
        tap(({ session }) => person.remember(session.user)),
      ),
      actions$.pipe(
        ofType(AuthActions.loggedOut, AuthApiActions.nobodyLoggedIn),
        tap(() => person.forget()),
      ),
    ),
  { functional: true, dispatch: false },
);
