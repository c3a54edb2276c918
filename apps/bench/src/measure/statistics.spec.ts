import { Histogram } from './histogram.ts';
import { pooled, ratioOfPooled, spreadOfPooled } from './statistics.ts';

const roundOf = (...values: number[]) => {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram.serialize();
};

describe('figures of rounds taken together', () => {
  const rounds = [roundOf(1, 2, 3), roundOf(4, 5, 60), roundOf(7, 8, 9), roundOf(10, 11, 12)];

  it('are of all values, and of those of every third round', () => {
    expect(pooled(rounds, 1)).toEqual({ all: 60, parts: [12, 60, 9] });
    expect(spreadOfPooled(pooled(rounds, 1))).toEqual({ middle: 60, low: 9, high: 60 });
    expect(pooled(rounds, 0.5).all).toBe(7);
  });

  it('are compared as a whole and part by part', () => {
    const half = pooled([roundOf(6), roundOf(30), roundOf(9)], 1);
    expect(ratioOfPooled(pooled(rounds, 1), half)).toEqual({ middle: 2, low: 1, high: 2 });
  });
});
