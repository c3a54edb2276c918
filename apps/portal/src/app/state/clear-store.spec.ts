import { combineReducers, createAction, createReducer, on, type Action } from '@ngrx/store';
import { AuthActions, AuthApiActions, authFeature, SessionChannelActions } from '@course-chat/web/auth';
import { sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import { clearStore } from './clear-store';

const filled = createAction('[Spec] Filled');
const notes = createReducer<string[]>(
  [],
  on(filled, (): string[] => ['private']),
);
const reducer = clearStore(combineReducers({ auth: authFeature.reducer, notes }) as never);
const sessionOf = (user: typeof sampleStudent) => ({ accessToken: 't', expiresAt: '2026-11-22T18:00:00.000Z', user });
const run = (...actions: Action[]) =>
  actions.reduce((state, action) => reducer(state as never, action), undefined as unknown) as {
    auth: { status: string; user: unknown };
    notes: string[];
  };

describe(clearStore.name, () => {
  const loggedIn = AuthApiActions.loggedIn({ session: sessionOf(sampleStudent) });

  it('leaves nothing of a person behind at logout', () => {
    expect(run(loggedIn, filled()).notes).toEqual(['private']);
    const state = run(loggedIn, filled(), AuthActions.loggedOut({ reason: 'user' }));
    expect(state.notes).toEqual([]);
    expect(state.auth).toMatchObject({ status: 'signedOut', user: null });
  });

  it('leaves nothing behind for another person, and keeps that person', () => {
    const state = run(loggedIn, filled(), SessionChannelActions.sessionAdopted({ session: sessionOf(sampleTutor) }));
    expect(state.notes).toEqual([]);
    expect(state.auth.user).toEqual(sampleTutor);
  });

  it('keeps everything when the same session is refreshed', () => {
    expect(
      run(loggedIn, filled(), AuthApiActions.sessionRefreshed({ session: sessionOf(sampleStudent) })).notes,
    ).toEqual(['private']);
  });
});
