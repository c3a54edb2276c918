import { setTimeout as delay } from 'node:timers/promises';

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (result: O) => void;
  readonly reject: (error: unknown) => void;
}

/** Callers of a round and behind it from which on the next round waits for more. */
const CROWD = 4;
/** How long it waits, and again as long as so many more came meanwhile, but not forever. */
const GATHER_MS = 20;
const RUSH = 8;
const GATHERS_MAX = 5;

/**
 * Does work in rounds: what is asked in one tick starts at once, what arrives during a round goes together into the
 * next. Many callers share the cost of few round trips, and whoever is not in a crowd does not wait for company. When
 * thousands come back at once, few large rounds cost a fraction of many small ones.
 */
export class Rounds<I, O> {
  private queue: Waiting<I, O>[] = [];
  private running = false;

  /**
   * @param work one result for each item, in their order; a throw fails the whole round
   * @param maxItems most items of one round
   */
  constructor(
    private readonly work: (items: readonly I[]) => Promise<readonly O[]>,
    private readonly maxItems: number,
  ) {}

  submit(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.queue.push({ item, resolve, reject });
      if (this.running) return;
      this.running = true;
      queueMicrotask(() => void this.run());
    });
  }

  private async run(): Promise<void> {
    while (this.queue.length > 0) {
      const round = this.queue.splice(0, this.maxItems);
      try {
        const results = await this.work(round.map(({ item }) => item));
        round.forEach(({ resolve, reject }, index) => {
          if (index < results.length) resolve(results[index] as O);
          else reject(new Error('A round gave fewer results than it had items'));
        });
      } catch (error) {
        for (const { reject } of round) reject(error);
      }
      if (this.queue.length > 0 && round.length + this.queue.length >= CROWD) await this.gather();
    }
    this.running = false;
  }

  private async gather(): Promise<void> {
    for (let times = 0; times < GATHERS_MAX && this.queue.length < this.maxItems; times++) {
      const before = this.queue.length;
      await delay(GATHER_MS);
      if (this.queue.length - before < RUSH) return;
    }
  }
}

/**
 * Rounds that ask for one record by its id, null where there is none.
 * @param find the records that exist among these ids, in no order
 * @param maxItems most ids of one round
 */
export function roundsById<R extends { readonly id: string }>(
  find: (ids: readonly string[]) => Promise<readonly R[]>,
  maxItems: number,
): Rounds<string, R | null> {
  return new Rounds(async (ids) => {
    const records = new Map((await find([...new Set(ids)])).map((record) => [record.id, record]));
    return ids.map((id) => records.get(id) ?? null);
  }, maxItems);
}
