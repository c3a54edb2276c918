import { backoffDelay } from './backoff';

describe(backoffDelay.name, () => {
  it('doubles its ceiling from 1 s to 30 s and stays there', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 1000].map((attempt) => backoffDelay(attempt, () => 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it('spreads over the whole range below', () => {
    expect(backoffDelay(5, () => 0.1)).toBe(3_000);
    expect(backoffDelay(5, () => 0)).toBe(100);
  });
});
