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
}

const initial: PresenceState = { byUser: {} };
const UNKNOWN: Presence = { online: false, lastSeenAt: null, at: 0 };

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
      return { byUser: { ...state.byUser, ...Object.fromEntries(seen) } };
    }),
    on(PresenceSocketActions.userOnline, (state, { userId, at }): PresenceState => {
      const lastSeenAt = state.byUser[userId]?.lastSeenAt ?? null;
      return { byUser: { ...state.byUser, [userId]: { online: true, lastSeenAt, at } } };
    }),
    on(PresenceSocketActions.userOffline, (state, { userId, lastSeenAt, at }): PresenceState => {
      return { byUser: { ...state.byUser, [userId]: { online: false, lastSeenAt, at } } };
    }),
    on(PresenceActions.cleared, () => initial),
  ),
});

/** The presence of one person; offline and never seen where nothing is known. */
export function selectPresenceOf(userId: string) {
  return createSelector(presenceFeature.selectByUser, (byUser): Presence => byUser[userId] ?? UNKNOWN);
}
