import { createActionGroup, emptyProps, props } from '@ngrx/store';
import type { LoginBody, RegisterBody, Session, User } from '@course-chat/contracts';
import type { AuthFailure } from './auth-failure';

/** Why a session ended: the person asked, the server no longer knows it, or another tab of this browser ended it. */
export type SessionEnd = 'user' | 'expired' | 'elsewhere';

export const LoginPageActions = createActionGroup({
  source: 'Login Page',
  events: { Opened: emptyProps(), Submitted: props<{ body: LoginBody }>() },
});

export const RegisterPageActions = createActionGroup({
  source: 'Register Page',
  events: { Opened: emptyProps(), Submitted: props<{ body: RegisterBody }>() },
});

export const AccountMenuActions = createActionGroup({
  source: 'Account Menu',
  events: {
    /** Whatever waits a moment before it is sent is to be sent now. */
    'Logout Requested': emptyProps(),
    'Logout Confirmed': emptyProps(),
  },
});

export const AuthApiActions = createActionGroup({
  source: 'Auth API',
  events: {
    'Logged In': props<{ session: Session }>(),
    'Login Failed': props<{ failure: AuthFailure }>(),
    Registered: props<{ session: Session }>(),
    'Registration Failed': props<{ failure: AuthFailure }>(),
    'Session Refreshed': props<{ session: Session }>(),
    'Nobody Logged In': emptyProps(),
    'Refresh Unavailable': emptyProps(),
  },
});

/** What other tabs of this browser say. */
export const SessionChannelActions = createActionGroup({
  source: 'Session Channel',
  events: { 'Session Adopted': props<{ session: Session }>() },
});

/** What everybody may listen to. After `loggedOut` every slice of the store is empty. */
export const AuthActions = createActionGroup({
  source: 'Auth',
  events: {
    'Logged Out': props<{ reason: SessionEnd }>(),
    /** Who was logged in when the page was last here. There is no token yet, and the server may know better. */
    'Person Remembered': props<{ user: User }>(),
  },
});
