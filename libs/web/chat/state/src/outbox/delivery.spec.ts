import { advance, deliveryOf, type Delivery, type DeliveryEvent } from './delivery';

const states: Delivery[] = ['queued', 'sending', 'stored', 'delivered', 'read', 'failed'];
const happenings: DeliveryEvent[] = ['sendStarted', 'postponed', 'refused', 'retried', 'stored', 'delivered', 'read'];

const legal: Record<Delivery, Partial<Record<DeliveryEvent, Delivery>>> = {
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

describe(advance.name, () => {
  const pairs = states.flatMap((state) => happenings.map((event) => [state, event, legal[state][event]] as const));

  it.each(pairs.filter(([, , to]) => to !== undefined))('moves from %s by %s to %s', (state, event, to) => {
    expect(advance(state, event)).toBe(to);
  });

  it.each(pairs.filter(([, , to]) => to === undefined))('refuses to move from %s by %s', (state, event) => {
    expect(() => advance(state, event)).toThrow(state);
  });

  it('never takes a tick back', () => {
    const order: Delivery[] = ['stored', 'delivered', 'read'];
    for (const state of order) {
      for (const event of happenings) {
        const next = legal[state][event];
        if (next) expect(order.indexOf(next)).toBeGreaterThanOrEqual(order.indexOf(state));
      }
    }
  });
});

describe(deliveryOf.name, () => {
  it('derives the ticks from the two positions of the other side', () => {
    const peer = { readSeq: 2, deliveredSeq: 4 };
    expect([1, 2, 3, 4, 5].map((seq) => deliveryOf(seq, peer))).toEqual([
      'read',
      'read',
      'delivered',
      'delivered',
      'stored',
    ]);
  });
});
