import { sampleEvents, sampleTutor } from '@course-chat/contracts/testing';
import type { RealtimeSocket } from '@course-chat/web/realtime';
import { firstValueFrom, of } from 'rxjs';
import { PresenceActions, PresenceSocketActions } from './presence.actions';
import { userOffline, userOnline } from './presence.effects';
import { presenceFeature, selectPresenceOf } from './presence.feature';

const userId = sampleTutor.id;
const seen = '2026-11-22T14:02:00.000Z';
const { reducer } = presenceFeature;
const of1 = (state: ReturnType<typeof reducer>) => selectPresenceOf(userId).projector(state.byUser);

describe('presence', () => {
  it('knows nobody as online', () => {
    expect(selectPresenceOf('x').projector({})).toEqual({ online: false, lastSeenAt: null, at: 0 });
  });

  it('follows snapshots and events', () => {
    let state = reducer(
      undefined,
      PresenceActions.peersSeen({ peers: [{ userId, online: false, lastSeenAt: seen }], askedAt: 1 }),
    );
    state = reducer(state, PresenceSocketActions.userOnline({ userId, at: 2 }));
    expect(of1(state)).toEqual({ online: true, lastSeenAt: seen, at: 2 });
    state = reducer(state, PresenceSocketActions.userOffline({ userId, lastSeenAt: seen, at: 3 }));
    expect(of1(state).online).toBe(false);
  });

  it('does not let a snapshot undo an event that came after it was asked for', () => {
    let state = reducer(undefined, PresenceSocketActions.userOnline({ userId, at: 5 }));
    state = reducer(
      state,
      PresenceActions.peersSeen({ peers: [{ userId, online: false, lastSeenAt: seen }], askedAt: 4 }),
    );
    expect(of1(state).online).toBe(true);
    state = reducer(
      state,
      PresenceActions.peersSeen({ peers: [{ userId, online: false, lastSeenAt: seen }], askedAt: 6 }),
    );
    expect(of1(state).online).toBe(false);
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
