import type { Redis } from 'ioredis';
import { RedisPresenceLeases } from './redis-presence-leases';

describe(RedisPresenceLeases.name, () => {
  it('asks a Redis that hangs no more for a while, so that nobody waits for it each time; renewals ask on', async () => {
    const ask = jest.fn().mockRejectedValue(new Error('Command timed out'));
    const leases = new RedisPresenceLeases({ eval: ask } as unknown as Redis);
    await leases.acquire('ana');
    expect(await leases.online(['ana', 'ben'])).toEqual(new Set(['ana']));
    expect(await leases.online(['ana', 'ben'])).toEqual(new Set(['ana']));
    expect(ask).toHaveBeenCalledTimes(1);
    await leases.renew(['ana']);
    expect(ask).toHaveBeenCalledTimes(2);
    ask.mockResolvedValue([]);
    await leases.renew(['ana']);
    await leases.online(['ben']);
    // Two of the renewal that went well, one of whoever asked after it.
    expect(ask).toHaveBeenCalledTimes(5);
  });
});
