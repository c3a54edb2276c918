import { BoundedPool } from './bounded-pool';

describe(BoundedPool.name, () => {
  /** Work that ends when it is told to. */
  function jobs(pool: BoundedPool) {
    const started: number[] = [];
    const ends: ((error?: Error) => void)[] = [];
    const results: Promise<string>[] = [];
    const add = (index: number) =>
      results.push(
        pool.run(() => {
          started.push(index);
          return new Promise<string>((resolve, reject) => {
            ends[index] = (error) => (error ? reject(error) : resolve(`done ${index}`));
          });
        }),
      );
    return { started, ends, results, add };
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it('works on a few at a time, the others in the order they came', async () => {
    const { started, ends, results, add } = jobs(new BoundedPool({ atOnce: 2, waiting: 10, retryAfterMs: 1 }));
    for (let index = 0; index < 5; index++) add(index);
    await settle();
    expect(started).toEqual([0, 1]);
    ends[1]?.();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    for (const index of [0, 2, 3, 4]) {
      ends[index]?.();
      await settle();
    }
    expect(started).toEqual([0, 1, 2, 3, 4]);
    expect(await Promise.all(results)).toEqual(['done 0', 'done 1', 'done 2', 'done 3', 'done 4']);
  });

  it('refuses what would have to wait too long, says when to come again, and takes work again afterwards', async () => {
    const { started, ends, results, add } = jobs(new BoundedPool({ atOnce: 1, waiting: 1, retryAfterMs: 700 }));
    for (let index = 0; index < 3; index++) add(index);
    await expect(results[2]).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 700 });
    ends[0]?.();
    await settle();
    ends[1]?.();
    await settle();
    add(3);
    await settle();
    expect(started).toEqual([0, 1, 3]);
  });

  it('work that fails makes room too', async () => {
    const { started, ends, results, add } = jobs(new BoundedPool({ atOnce: 1, waiting: 1, retryAfterMs: 1 }));
    add(0);
    add(1);
    await settle();
    ends[0]?.(new Error('failed'));
    await expect(results[0]).rejects.toThrow('failed');
    expect(started).toEqual([0, 1]);
  });
});
