import { planFaults } from './faults/plan';
import { Random } from './random';

describe(Random, () => {
  it('draws the same numbers for the same seed', () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 50 },
        (
          (random) => () =>
            random.next()
        )(new Random(seed)),
      );
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('gives each name a stream of its own', () => {
    const random = new Random(7);
    expect(random.fork('a').next()).not.toBe(random.fork('b').next());
    expect(random.fork('a').next()).toBe(new Random(7).fork('a').next());
  });

  it('makes ids that are UUIDs', () => {
    expect(new Random(1).uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe(planFaults, () => {
  it('plans the same faults for the same seed, in order of time, with a kill in every run', () => {
    const plan = planFaults(new Random(3), 8, false);
    expect(planFaults(new Random(3), 8, false)).toEqual(plan);
    expect(plan.map(({ at }) => at)).toEqual([...plan].sort((a, b) => a.at - b.at).map(({ at }) => at));
    expect(plan.map(({ kind }) => kind)).toContain('killApi');
    expect(plan.some(({ kind }) => kind.endsWith('Redis'))).toBe(false);
  });
});
