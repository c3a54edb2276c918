import type { ActionReducer, MetaReducer } from '@ngrx/store';
import { AuthActions, authFeature, type AuthState } from '@course-chat/web/auth';

type Root = { readonly [authFeature.name]?: AuthState };

/**
 * Nothing of a person stays in the store when they log out, nor when another tab of this browser logged in as someone
 * else: every slice starts again from its initial state.
 */
export const clearStore: MetaReducer<Root> = (reducer: ActionReducer<Root>): ActionReducer<Root> => {
  return (state, action) => {
    const next = reducer(state, action);
    const before = state?.auth?.user?.id;
    const now = next.auth?.user?.id;
    const changedHands = before !== undefined && now !== undefined && before !== now;
    if (action.type !== AuthActions.loggedOut.type && !changedHands) return next;
    // What the session itself has become is the one thing that is about the person who is here now.
    return reducer({ auth: next.auth } as Root, { type: '[Portal] Store Cleared' });
  };
};
