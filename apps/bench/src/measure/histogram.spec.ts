import { Histogram } from './histogram.ts';

describe(Histogram.name, () => {
  it('finds percentiles of a million values within 1/128', () => {
    const histogram = new Histogram();
    for (let value = 1; value <= 1_000_000; value++) histogram.record(value);
    for (const share of [0.01, 0.5, 0.9, 0.99, 0.999]) {
      const exact = share * 1_000_000;
      expect(histogram.percentile(share)).toBeGreaterThanOrEqual(exact);
      expect(histogram.percentile(share)).toBeLessThanOrEqual(exact * (1 + 1 / 128) + 1);
    }
    expect(histogram.percentile(1)).toBe(1_000_000);
  });

  it('counts small values exactly', () => {
    const histogram = new Histogram();
    for (const value of [1, 2, 3, 40, 63]) histogram.record(value);
    expect([0.2, 0.4, 0.6, 0.8, 1].map((share) => histogram.percentile(share))).toEqual([1, 2, 3, 40, 63]);
  });

  it('sees one slow call among a thousand', () => {
    const histogram = new Histogram();
    for (let call = 0; call < 999; call++) histogram.record(500);
    histogram.record(90_000);
    expect(histogram.percentile(0.99)).toBe(501);
    expect(histogram.percentile(1)).toBe(90_000);
  });

  it('is the same whether one process recorded or two did', () => {
    const [whole, left, right] = [new Histogram(), new Histogram(), new Histogram()];
    for (let value = 0; value < 5_000; value++) {
      whole.record(value * 7);
      (value % 3 === 0 ? left : right).record(value * 7);
    }
    const sent = JSON.parse(JSON.stringify(right.serialize())) as ReturnType<Histogram['serialize']>;
    expect(left.merge(sent).serialize()).toEqual(whole.serialize());
    expect(left.count).toBe(5_000);
  });

  it('answers 0 when nothing was recorded', () => expect(new Histogram().percentile(0.99)).toBe(0));
});
