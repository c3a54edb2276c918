import * as z from 'zod/mini';
import { DomainError } from './domain-error';
import { ErrorTranslator } from './error-translator';
import { ExpiringCache } from './expiring-cache';
import { decodeCursor, encodeCursor } from './page-cursor';
import { LIMITS, RateLimits } from './rate-limits';

describe(ExpiringCache.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('loads once for all who ask meanwhile, and again when the time is over', async () => {
    const cache = new ExpiringCache<number>(1_000, 10);
    let loads = 0;
    const load = () => Promise.resolve(++loads);
    expect(await Promise.all([cache.get('a', load), cache.get('a', load)])).toEqual([1, 1]);
    jest.advanceTimersByTime(999);
    expect(await cache.get('a', load)).toBe(1);
    jest.advanceTimersByTime(1);
    expect(await cache.get('a', load)).toBe(2);
  });

  it('forgets a failed load at once', async () => {
    const cache = new ExpiringCache<number>(1_000, 10);
    await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.get('a', () => Promise.resolve(7))).toBe(7);
  });

  it('does not keep what was loading when it was told to forget', async () => {
    const cache = new ExpiringCache<string>(1_000, 10);
    let finish: (value: string) => void = () => undefined;
    const old = cache.get('a', () => new Promise((resolve) => (finish = resolve)));
    cache.forget('a');
    finish('old');
    expect(await old).toBe('old');
    expect(await cache.get('a', () => Promise.resolve('new'))).toBe('new');
  });

  describe('with an age at which a value is renewed', () => {
    it('gives what it has, loads it anew once, and then gives that', async () => {
      const cache = new ExpiringCache<number>(1_000, 10, 500);
      let loads = 0;
      const load = () => Promise.resolve(++loads);
      await cache.get('a', load);
      jest.advanceTimersByTime(499);
      expect([await cache.get('a', load), loads]).toEqual([1, 1]);
      jest.advanceTimersByTime(1);
      expect(await Promise.all([cache.get('a', load), cache.get('a', load)])).toEqual([1, 1]);
      jest.advanceTimersByTime(250);
      await Promise.resolve();
      expect([await cache.get('a', load), loads]).toEqual([2, 2]);
      jest.advanceTimersByTime(999);
      expect(await cache.get('a', load)).toBe(2);
    });

    it('loads what is due at about the same time together', async () => {
      const cache = new ExpiringCache<string>(1_000, 10, 500);
      const loaded: string[] = [];
      const get = (key: string) => cache.get(key, () => (loaded.push(key), Promise.resolve(key)));
      await Promise.all([get('a'), get('b')]);
      jest.advanceTimersByTime(500);
      await get('a');
      jest.advanceTimersByTime(249);
      await get('b');
      expect(loaded).toEqual(['a', 'b']);
      jest.advanceTimersByTime(1);
      expect(loaded).toEqual(['a', 'b', 'a', 'b']);
    });

    it('waits for a value nobody has asked for in time', async () => {
      const cache = new ExpiringCache<number>(1_000, 10, 500);
      let loads = 0;
      const load = () => Promise.resolve(++loads);
      await cache.get('a', load);
      jest.advanceTimersByTime(1_000);
      expect(await cache.get('a', load)).toBe(2);
    });

    it('does not bring back what was forgotten while it was renewed', async () => {
      const cache = new ExpiringCache<string>(1_000, 10, 500);
      await cache.get('a', () => Promise.resolve('old'));
      jest.advanceTimersByTime(500);
      let finish: (value: string) => void = () => undefined;
      await cache.get('a', () => new Promise((resolve) => (finish = resolve)));
      jest.advanceTimersByTime(250);
      cache.forget('a');
      finish('also old');
      await Promise.resolve();
      expect(await cache.get('a', () => Promise.resolve('new'))).toBe('new');
      expect(await cache.get('a', () => Promise.resolve('newest'))).toBe('new');
    });

    it('believes a value to its end when it can not be renewed, and not longer', async () => {
      const cache = new ExpiringCache<number>(1_000, 10, 500);
      await cache.get('a', () => Promise.resolve(1));
      jest.advanceTimersByTime(500);
      const away = () => Promise.reject(new Error('away'));
      expect(await cache.get('a', away)).toBe(1);
      jest.advanceTimersByTime(499);
      expect(await cache.get('a', away)).toBe(1);
      jest.advanceTimersByTime(1);
      await expect(cache.get('a', away)).rejects.toThrow('away');
    });
  });

  it('lets the oldest go when it is full', async () => {
    const cache = new ExpiringCache<string>(1_000, 2);
    for (const key of ['a', 'b', 'c']) await cache.get(key, () => Promise.resolve('first'));
    expect(await cache.get('c', () => Promise.resolve('second'))).toBe('first');
    expect(await cache.get('a', () => Promise.resolve('second'))).toBe('second');
  });
});

describe('page cursors', () => {
  const shape = z.tuple([z.int(), z.string()]);

  it('come back as they were given', () => expect(decodeCursor(shape, encodeCursor([7, 'x']))).toEqual([7, 'x']));

  it.each([
    '',
    'x',
    '%%%',
    encodeCursor(['7', 'x']),
    encodeCursor([7]),
    encodeCursor([7, 'x', 1]),
    Buffer.from('{"$gt":""}').toString('base64url'),
  ])('refuses %j', (cursor) =>
    expect(() => decodeCursor(shape, cursor)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' })),
  );
});

describe(RateLimits.name, () => {
  const tries = async (limits: RateLimits, count: number, key = 'ana') => {
    const results = await Promise.allSettled(Array.from({ length: count }, () => limits.consume('login', key)));
    return results.filter(({ status }) => status === 'fulfilled').length;
  };

  it('allows as many as the limit says, for each key of its own, and says how long to wait', async () => {
    const limits = new RateLimits(1);
    const { points, seconds } = LIMITS.login[0];
    expect(await tries(limits, points + 5)).toBe(points);
    expect(await tries(limits, 1, 'ben')).toBe(1);
    const error: unknown = await limits.consume('login', 'ana').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RATE_LIMITED' });
    const { retryAfterMs = 0 } = error as DomainError;
    expect(retryAfterMs).toBeGreaterThan((seconds - 60) * 1_000);
    expect(retryAfterMs).toBeLessThanOrEqual(seconds * 1_000);
  });

  it('multiplies with the scale, and never allows nothing', async () => {
    expect(await tries(new RateLimits(2), 50)).toBe(20);
    expect(await tries(new RateLimits(0.01), 50)).toBe(1);
  });
});

describe(`${RateLimits.name} with a store`, () => {
  /** As ioredis looks to the limiter: a command that says how many were counted, and for how long still. */
  function storeOf(answer: () => Promise<[count: number, ttlMs: number]>) {
    const store = { asked: 0, defineCommand: () => {}, rlflxIncr: () => (store.asked++, answer()) };
    return store;
  }

  it('believes what all nodes counted together', async () => {
    const limits = new RateLimits(
      1,
      storeOf(() => Promise.resolve([61, 12_345])),
    );
    await expect(limits.consume('login', 'ana')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 12_345 });
    // What protects one node is counted by it alone.
    await limits.consume('command', 'ana');
  });

  it('counts alone while the store fails, and leaves it in peace meanwhile', async () => {
    const store = storeOf(() => Promise.reject(new Error('Command timed out')));
    const limits = new RateLimits(1, store);
    for (let call = 0; call < LIMITS.login[0].points; call++) await limits.consume('login', 'ana');
    await expect(limits.consume('login', 'ana')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(store.asked).toBe(1);
  });
});

describe(ErrorTranslator.name, () => {
  const translator = new ErrorTranslator();
  beforeAll(() => jest.spyOn(translator['logger'], 'error').mockImplementation(() => undefined));

  it('passes on what may travel of a DomainError, and not its cause', () => {
    const wire = translator.toWire(
      new DomainError('CONFLICT', { message: 'Twice', retryAfterMs: 1.2, cause: new Error('inner') }),
    );
    expect(wire).toEqual({ code: 'CONFLICT', message: 'Twice', retryAfterMs: 2, correlationId: expect.any(String) });
  });

  it.each([
    ['an error', new Error('mongodb://user:password@host failed on {"text":"private"}')],
    ['text', 'private'],
    ['nothing', undefined],
    ['a status that is no refusal', Object.assign(new Error('private'), { status: 502 })],
  ])('makes INTERNAL of %s without a word of it', (_, thrown) => {
    expect(translator.toWire(thrown)).toEqual({
      code: 'INTERNAL',
      message: 'Something went wrong',
      correlationId: expect.any(String),
    });
  });

  it.each(['MongoNetworkError', 'MongoServerSelectionError', 'MongoPoolClearedError', 'PoolClearedOnNetworkError'])(
    'makes UNAVAILABLE of %s',
    (name) => {
      const error = Object.assign(new Error('127.0.0.1:27017'), { name });
      expect(translator.toWire(error)).toMatchObject({
        code: 'UNAVAILABLE',
        message: 'Try again in a moment',
        retryAfterMs: expect.any(Number),
      });
    },
  );
});
