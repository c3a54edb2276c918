/** How far a message of one's own has come. */
export type Delivery = 'queued' | 'sending' | 'stored' | 'delivered' | 'read' | 'failed';

/** What can happen to it. */
export type DeliveryEvent = 'sendStarted' | 'postponed' | 'refused' | 'retried' | 'stored' | 'delivered' | 'read';

/**
 * The only legal moves. `stored` may come at any time: an earlier try whose answer was lost turns up as a broadcast. After it,
 * the late answers of that try change nothing.
 */
const MOVES: Record<Delivery, Partial<Record<DeliveryEvent, Delivery>>> = {
  queued: { sendStarted: 'sending', stored: 'stored' },
  sending: { postponed: 'queued', refused: 'failed', stored: 'stored' },
  failed: { retried: 'queued', stored: 'stored' },
  stored: { stored: 'stored', postponed: 'stored', refused: 'stored', delivered: 'delivered', read: 'read' },
  delivered: {
    stored: 'delivered',
    postponed: 'delivered',
    refused: 'delivered',
    delivered: 'delivered',
    read: 'read',
  },
  read: { stored: 'read', postponed: 'read', refused: 'read', delivered: 'read', read: 'read' },
};

/** The state after `event`. Throws where the machine has no such move: a mistake of ours, never a person's. */
export function advance(state: Delivery, event: DeliveryEvent): Delivery {
  const next = MOVES[state][event];
  if (!next) throw new Error(`A message that is ${state} cannot be ${event}`);
  return next;
}

/** How far a stored message of one's own has come, from the two positions of the other side. */
export function deliveryOf(seq: number, peer: { readSeq: number; deliveredSeq: number }): Delivery {
  if (seq <= peer.readSeq) return advance('stored', 'read');
  return seq <= peer.deliveredSeq ? advance('stored', 'delivered') : 'stored';
}
