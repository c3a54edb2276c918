import { parseLimits } from './limit-settings';
import { LIMITS, RateLimits } from './rate-limits';

describe(parseLimits.name, () => {
  it('reads calls and seconds, several for one name, and leaves the others as they ship', async () => {
    const settings = parseLimits('message=2/60+3/3600, typing=1/1;call=4/10');
    expect(settings).toEqual({
      message: [
        { points: 2, seconds: 60 },
        { points: 3, seconds: 3_600 },
      ],
      typing: [{ points: 1, seconds: 1 }],
      // Counted by each node for itself, as before.
      call: [{ points: 4, seconds: 10, perNode: true }],
    });
    const limits = new RateLimits(1, null, settings);
    await limits.consume('message', 'ana');
    await limits.consume('message', 'ana');
    await expect(limits.consume('message', 'ana')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    for (let call = 0; call < LIMITS.sync[0].points; call++) await limits.consume('sync', 'ana');
    await expect(limits.consume('sync', 'ana')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('sets the pace, which the scale multiplies as all others', () => {
    jest.useFakeTimers();
    const waits = (limits: RateLimits) => Array.from({ length: 5 }, () => limits.paceOf('school', 1));
    expect(waits(new RateLimits(1, null, parseLimits('pace=4/2')))).toEqual([0, 0, 0, 0, 500]);
    expect(waits(new RateLimits(0.5, null, parseLimits('pace=4/2')))).toEqual([0, 0, 1_000, 1_000, 1_000]);
    expect(waits(new RateLimits(1))).toEqual([0, 0, 0, 0, 0]);
    jest.useRealTimers();
  });

  it('nothing sets nothing', () => expect(parseLimits(' , ')).toEqual({}));

  it.each([
    'message',
    'message=',
    'message=10',
    'message=0/1',
    'message=1/0',
    'message=-1/1',
    'nothing=1/1',
    '__proto__=1/1',
  ])('does not take %s', (text) => expect(() => parseLimits(text)).toThrow(text));
});
