import { Rounds, roundsById } from './rounds';

describe(Rounds.name, () => {
  /** Work that waits until it is let go, and what each round was given. */
  function held() {
    const given: number[][] = [];
    const letGo: (() => void)[] = [];
    const work = (items: readonly number[]) => {
      given.push([...items]);
      return new Promise<number[]>((resolve) => letGo.push(() => resolve(items.map((item) => item * 2))));
    };
    return { given, work, next: () => letGo.shift()?.() };
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('takes together what is asked in one tick, and what arrives meanwhile into the next round', async () => {
    const { given, work, next } = held();
    const rounds = new Rounds(work, 10);
    const first = [rounds.submit(1), rounds.submit(2)];
    await turn();
    const second = [rounds.submit(3), rounds.submit(4), rounds.submit(5)];
    await turn();
    expect(given).toEqual([[1, 2]]);
    next();
    expect(await Promise.all(first)).toEqual([2, 4]);
    while (given.length < 2) await turn();
    next();
    expect(await Promise.all(second)).toEqual([6, 8, 10]);
    expect(given).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('takes no more than fits into a round', async () => {
    const sizes: number[] = [];
    const rounds = new Rounds<number, number>(async (items) => (sizes.push(items.length), items), 2);
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => rounds.submit(item)))).toEqual([1, 2, 3, 4, 5]);
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('waits for company in a crowd', async () => {
    const { given, work, next } = held();
    const rounds = new Rounds(work, 10);
    const first = rounds.submit(1);
    await turn();
    const crowd = [rounds.submit(2), rounds.submit(3), rounds.submit(4)];
    next();
    await first;
    await turn();
    expect(given).toEqual([[1]]);
    crowd.push(rounds.submit(5));
    while (given.length < 2) await turn();
    next();
    expect(await Promise.all(crowd)).toEqual([4, 6, 8, 10]);
    expect(given).toEqual([[1], [2, 3, 4, 5]]);
  });

  it('waits longer while a rush goes on, and not until it ends', async () => {
    const { given, work, next } = held();
    const rounds = new Rounds(work, 1_000);
    const all = [rounds.submit(0)];
    await turn();
    // Ten more every few milliseconds, for longer than anybody may be kept waiting.
    const rush = setInterval(() => all.push(...Array.from({ length: 10 }, () => rounds.submit(0))), 5);
    await new Promise((resolve) => setTimeout(resolve, 30));
    next();
    while (given.length < 2) await turn();
    expect(given[1]?.length).toBeGreaterThanOrEqual(100);
    clearInterval(rush);
    const letAllGo = setInterval(next, 1);
    await Promise.all(all);
    clearInterval(letAllGo);
    expect(given.flat()).toHaveLength(all.length);
  });

  it('waits for nobody where few come one after the other', async () => {
    const { given, work, next } = held();
    const rounds = new Rounds(work, 10);
    const first = rounds.submit(1);
    await turn();
    const second = rounds.submit(2);
    next();
    await first;
    await turn();
    expect(given).toEqual([[1], [2]]);
    next();
    expect(await second).toBe(4);
  });

  it('fails those of a round that failed, and goes on', async () => {
    const rounds = new Rounds<number, number>(async (items) => {
      if (items.includes(1)) throw new Error('Not this one');
      return items;
    }, 10);
    await expect(rounds.submit(1)).rejects.toThrow('Not this one');
    expect(await rounds.submit(2)).toBe(2);
  });
});

describe(roundsById.name, () => {
  it('asks for each id once, and gives everybody the record or null', async () => {
    const given: (readonly string[])[] = [];
    const rounds = roundsById(async (ids) => {
      given.push(ids);
      return [{ id: 'b' }, { id: 'a' }];
    }, 10);
    const found = await Promise.all(['a', 'none', 'b', 'a'].map((id) => rounds.submit(id)));
    expect(found).toEqual([{ id: 'a' }, null, { id: 'b' }, { id: 'a' }]);
    expect(given).toEqual([['a', 'none', 'b']]);
  });
});
