import { sampleEvents, sampleTutor } from '@course-chat/contracts/testing';
import { ConnectionSocketActions, type RealtimeSocket } from '@course-chat/web/realtime';
import { Actions } from '@ngrx/effects';
import type { Action } from '@ngrx/store';
import { firstValueFrom, of, Subject } from 'rxjs';
import { PresenceActions, PresenceSocketActions } from './presence.actions';
import { loseSight, userOffline, userOnline } from './presence.effects';
import { presenceFeature, selectPresenceOf } from './presence.feature';

const userId = sampleTutor.id;
const seen = '2026-11-22T14:02:00.000Z';
const { reducer } = presenceFeature;
const of1 = (state: ReturnType<typeof reducer>) =>
  selectPresenceOf(userId).projector(presenceFeature.selectKnown.projector(state.byUser, state.isBlind));

describe('presence', () => {
  it('says nothing of people nothing was heard of', () => {
    expect(selectPresenceOf('x').projector({})).toBeNull();
  });

  it('says nothing of anybody while the connection is down, and after it what is known', () => {
    let state = reducer(undefined, PresenceSocketActions.userOnline({ userId, at: 2 }));
    state = reducer(state, PresenceActions.sightLost());
    expect(of1(state)).toBeNull();
    state = reducer(state, ConnectionSocketActions.online({ at: 3 }));
    expect(of1(state)?.online).toBe(true);
  });

  it('believes in trouble after two seconds of it, however often a try begins and fails', () => {
    jest.useFakeTimers();
    const actions = new Subject<Action>();
    const seen: Action[] = [];
    loseSight(new Actions(actions)).subscribe((action) => seen.push(action));
    actions.next(ConnectionSocketActions.offline({ at: 0 }));
    jest.advanceTimersByTime(1_500);
    actions.next(ConnectionSocketActions.connecting({ at: 1_500 }));
    jest.advanceTimersByTime(600);
    expect(seen).toEqual([PresenceActions.sightLost()]);
    actions.next(ConnectionSocketActions.offline({ at: 3_000 }));
    actions.next(ConnectionSocketActions.online({ at: 4_000 }));
    jest.advanceTimersByTime(5_000);
    expect(seen).toHaveLength(1);
    jest.useRealTimers();
  });

  it('follows snapshots and events', () => {
    let state = reducer(
      undefined,
      PresenceActions.peersSeen({ peers: [{ userId, online: false, lastSeenAt: seen }], askedAt: 1 }),
    );
    state = reducer(state, PresenceSocketActions.userOnline({ userId, at: 2 }));
    expect(of1(state)).toEqual({ online: true, lastSeenAt: seen, at: 2 });
    state = reducer(state, PresenceSocketActions.userOffline({ userId, lastSeenAt: seen, at: 3 }));
    expect(of1(state)?.online).toBe(false);
  });

  it('does not let a snapshot undo an event that came after it was asked for', () => {
    let state = reducer(undefined, PresenceSocketActions.userOnline({ userId, at: 5 }));
    state = reducer(
      state,
      PresenceActions.peersSeen({ peers: [{ userId, online: false, lastSeenAt: seen }], askedAt: 4 }),
    );
    expect(of1(state)?.online).toBe(true);
    state = reducer(
      state,
      PresenceActions.peersSeen({ peers: [{ userId, online: false, lastSeenAt: seen }], askedAt: 6 }),
    );
    expect(of1(state)?.online).toBe(false);
  });

  it('forgets everybody when cleared', () => {
    const state = reducer(undefined, PresenceSocketActions.userOnline({ userId, at: 5 }));
    expect(reducer(state, PresenceActions.cleared()).byUser).toEqual({});
  });

  it('turns the events of the socket into actions', async () => {
    const socket = { on: (name: keyof typeof sampleEvents) => of(sampleEvents[name]) } as unknown as RealtimeSocket;
    expect(await firstValueFrom(userOnline(socket, () => 9))).toEqual(
      PresenceSocketActions.userOnline({ userId, at: 9 }),
    );
    expect(await firstValueFrom(userOffline(socket, () => 9))).toMatchObject({
      type: PresenceSocketActions.userOffline.type,
      userId,
      at: 9,
    });
  });
});
