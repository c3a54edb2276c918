import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { BusRedis, subscriberOf } from './redis';

describe('Redis while it is away', () => {
  beforeEach(() => Logger.overrideLogger(false));

  it('lets a node that ends stop listening: nobody waits for the answer, and no rejection is left behind', async () => {
    // Nothing listens there.
    const bus = new BusRedis('redis://127.0.0.1:1');
    const subscriber = subscriberOf(bus);
    // As Socket.IO's adapter does when it is closed: an unhandled rejection would end the process, and fails this test.
    void subscriber.punsubscribe('channel*');
    void subscriber.unsubscribe('requests');
    subscriber.disconnect();
    bus.disconnect();
    await delay(100);
    expect(subscriber.status).toBe('end');
  });
});
