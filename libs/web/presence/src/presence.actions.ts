import { createActionGroup, emptyProps, props } from '@ngrx/store';

/** One person's presence as a snapshot of the server had it. */
export interface SeenPeer {
  userId: string;
  online: boolean;
  /** ISO 8601, null if never seen. */
  lastSeenAt: string | null;
}

export const PresenceActions = createActionGroup({
  source: 'Presence',
  events: {
    /** Snapshots that were asked for at `askedAt` (the device's clock in milliseconds). */
    peersSeen: props<{ peers: readonly SeenPeer[]; askedAt: number }>(),
    /** The line to the server has been down for so long that who was online need not be any more. */
    sightLost: emptyProps(),
    cleared: emptyProps(),
  },
});

/** `at` is the device's clock in milliseconds. */
export const PresenceSocketActions = createActionGroup({
  source: 'Presence Socket',
  events: {
    userOnline: props<{ userId: string; at: number }>(),
    userOffline: props<{ userId: string; lastSeenAt: string; at: number }>(),
  },
});
