import { createActionGroup, emptyProps, props } from '@ngrx/store';
import type { Account, LoginSession, PasswordChange } from '@course-chat/contracts';
import type { AuthFailure } from '../auth-failure';

export const AccountPageActions = createActionGroup({
  source: 'Account Page',
  events: {
    Opened: emptyProps(),
    'Password Submitted': props<{ change: PasswordChange }>(),
    'Session End Requested': props<{ sessionId: string }>(),
    'Others End Requested': emptyProps(),
    'Download Requested': emptyProps(),
    /** The person confirmed, with the password or with null when there is none. */
    'Erasure Confirmed': props<{ password: string | null }>(),
    'Erasure Reconsidered': emptyProps(),
  },
});

export const AccountApiActions = createActionGroup({
  source: 'Account API',
  events: {
    Loaded: props<{ account: Account; sessions: readonly LoginSession[] }>(),
    'Load Failed': emptyProps(),
    'Password Changed': emptyProps(),
    'Password Refused': props<{ failure: AuthFailure }>(),
    'Session Ended': props<{ sessionId: string }>(),
    'Others Ended': emptyProps(),
    'End Failed': emptyProps(),
    Downloaded: emptyProps(),
    'Download Failed': props<{ failure: AuthFailure }>(),
    Erased: emptyProps(),
    'Erasure Refused': props<{ failure: AuthFailure }>(),
  },
});
