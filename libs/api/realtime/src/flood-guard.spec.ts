import { EventEmitter } from 'node:events';
import { PACKETS_PER_SECOND } from '@course-chat/contracts';
import { FloodGuard } from './flood-guard';

describe(FloodGuard.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** A connection over WebSocket, and how often it was ended. */
  function connection(guard: FloodGuard, userId?: string) {
    const socket = Object.assign(new EventEmitter(), { terminate: jest.fn() });
    const made = Object.assign(new EventEmitter(), { transport: { socket }, readyState: 'open', close: jest.fn() });
    guard.watch(made);
    if (userId) guard.admit(made, userId);
    return {
      packets: (count: number) => Array.from({ length: count }, () => made.emit('packet')),
      pings: (count: number) => Array.from({ length: count }, () => socket.emit('ping')),
      ended: () => socket.terminate.mock.calls.length > 0,
    };
  }

  it('lets a second have as many packets and pings as are allowed, and ends what sends more', () => {
    const one = connection(new FloodGuard(1), 'ann');
    for (let second = 0; second < 3; second++) {
      one.packets(PACKETS_PER_SECOND - 100);
      one.pings(10);
      jest.advanceTimersByTime(1_000);
    }
    expect(one.ended()).toBe(false);
    one.packets(PACKETS_PER_SECOND);
    one.pings(1);
    expect(one.ended()).toBe(true);
  });

  it('lets somebody send far fewer pings than packets: each is answered', () => {
    const one = connection(new FloodGuard(1), 'ann');
    one.pings(PACKETS_PER_SECOND / 10);
    expect(one.ended()).toBe(false);
    one.pings(1);
    expect(one.ended()).toBe(true);
  });

  it('counts a person over all connections, and others by themselves', () => {
    const guard = new FloodGuard(1);
    const [first, second, other] = [connection(guard, 'ann'), connection(guard, 'ann'), connection(guard, 'bob')];
    first.packets(PACKETS_PER_SECOND);
    second.packets(1);
    other.packets(PACKETS_PER_SECOND);
    expect([first.ended(), second.ended(), other.ended()]).toEqual([false, true, false]);
  });

  it('allows little before it is known who sends', () => {
    const stranger = connection(new FloodGuard(1));
    stranger.packets(21);
    expect(stranger.ended()).toBe(true);
  });

  it('keeps out for a while who goes on flooding, and nobody else', () => {
    const guard = new FloodGuard(1);
    const flood = () => connection(guard, 'ann').packets(PACKETS_PER_SECOND * 2);
    for (let times = 0; times < 4; times++) {
      flood();
      jest.advanceTimersByTime(1_000);
    }
    expect(flood).toThrow(expect.objectContaining({ code: 'RATE_LIMITED', retryAfterMs: 9_000 }));
    expect(() => connection(guard, 'bob')).not.toThrow();
    jest.advanceTimersByTime(9_000);
    expect(() => connection(guard, 'ann')).not.toThrow();
  });

  it('forgives a few floods, and forgets them', () => {
    const guard = new FloodGuard(1);
    for (let times = 0; times < 10; times++) {
      connection(guard, 'ann').packets(PACKETS_PER_SECOND * 2);
      jest.advanceTimersByTime(10_000);
    }
    expect(() => connection(guard, 'ann')).not.toThrow();
  });
});
