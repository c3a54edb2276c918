import { Pace } from './pace';

describe(Pace.name, () => {
  const pace = () => new Pace({ everyMs: 400, longestMs: 1_000, remembered: 3 });

  it('gives turns one after the other, and none to who would wait too long', () => {
    const turns = pace();
    expect([0, 1, 2].map(() => turns.reserve('a', 5_000))).toEqual([0, 400, 800]);
    expect(() => turns.reserve('a', 5_000)).toThrow(
      expect.objectContaining({ code: 'RATE_LIMITED', retryAfterMs: 1_200 }),
    );
    expect(turns.reserve('a', 5_300)).toBe(900);
  });

  it('keys do not wait for each other, and what is past costs nobody', () => {
    const turns = pace();
    turns.reserve('a', 0);
    expect(turns.reserve('b', 0)).toBe(0);
    expect(turns.reserve('a', 10_000)).toBe(0);
  });

  it('remembers no more keys than it is told', () => {
    const turns = pace();
    for (const key of ['a', 'b', 'c', 'd', 'e']) turns.reserve(key, 0);
    // The oldest were forgotten, the newest were not.
    expect([turns.reserve('a', 0), turns.reserve('e', 0)]).toEqual([0, 400]);
  });
});
