import { ConnectionSocketActions } from '@course-chat/web/realtime';
import { createFeature, createReducer, createSelector, on } from '@ngrx/store';
import { PresenceActions, PresenceSocketActions, type SeenPeer } from './presence.actions';

/** What is known of one person; `at` is when it became known, on the device's clock in milliseconds. */
export interface Presence {
  online: boolean;
  /** ISO 8601, null if never seen. */
  lastSeenAt: string | null;
  at: number;
}

export interface PresenceState {
  byUser: Readonly<Record<string, Presence>>;
  /** Whether nothing can be said, for want of a connection. */
  isBlind: boolean;
}

const initial: PresenceState = { byUser: {}, isBlind: false };
const NOBODY: PresenceState['byUser'] = {};

function same(known: Presence, peer: SeenPeer): boolean {
  return known.online === peer.online && known.lastSeenAt === peer.lastSeenAt;
}

/** Who is online: seeded by the chats' snapshots, moved by events. A snapshot asked for before an event does not undo it. */
export const presenceFeature = createFeature({
  name: 'presence',
  reducer: createReducer(
    initial,
    on(PresenceActions.peersSeen, (state, { peers, askedAt }): PresenceState => {
      const news = peers.filter((peer) => {
        const known = state.byUser[peer.userId];
        return !known || (known.at <= askedAt && !same(known, peer));
      });
      if (news.length === 0) return state;
      const seen = news.map(({ userId, online, lastSeenAt }) => [userId, { online, lastSeenAt, at: askedAt }] as const);
      return { ...state, byUser: { ...state.byUser, ...Object.fromEntries(seen) } };
    }),
    on(PresenceSocketActions.userOnline, (state, { userId, at }): PresenceState => {
      const lastSeenAt = state.byUser[userId]?.lastSeenAt ?? null;
      return { ...state, byUser: { ...state.byUser, [userId]: { online: true, lastSeenAt, at } } };
    }),
    on(PresenceSocketActions.userOffline, (state, { userId, lastSeenAt, at }): PresenceState => {
      return { ...state, byUser: { ...state.byUser, [userId]: { online: false, lastSeenAt, at } } };
    }),
    on(PresenceActions.sightLost, (state): PresenceState => ({ ...state, isBlind: true })),
    on(ConnectionSocketActions.online, (state): PresenceState =>
      state.isBlind ? { ...state, isBlind: false } : state,
    ),
    on(PresenceActions.cleared, ({ isBlind }): PresenceState => ({ ...initial, isBlind })),
  ),
  extraSelectors: ({ selectByUser, selectIsBlind }) => ({
    /** Who is known to be there or not: nobody while there is no connection. */
    selectKnown: createSelector(selectByUser, selectIsBlind, (byUser, isBlind) => (isBlind ? NOBODY : byUser)),
  }),
});

/** The presence of one person; null while nothing is known of it. */
export function selectPresenceOf(userId: string) {
  return createSelector(presenceFeature.selectKnown, (known): Presence | null => known[userId] ?? null);
}
