import { DomainError } from '@course-chat/api/kernel';

/** What a pool holds at most, and what who comes too much is told. */
export interface PoolBounds {
  readonly atOnce: number;
  readonly waiting: number;
  /** When to come again after finding it full, in milliseconds. */
  readonly retryAfterMs: number;
}

/** Costly work, a few pieces at a time and in the order they came; what would have to wait too long is not taken on. */
export class BoundedPool {
  private running = 0;
  private readonly line: (() => void)[] = [];

  constructor(private readonly bounds: PoolBounds) {}

  /** @throws DomainError UNAVAILABLE when too many wait already */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.bounds.atOnce) this.running++;
    else if (this.line.length < this.bounds.waiting) await new Promise<void>((turn) => this.line.push(turn));
    else throw new DomainError('UNAVAILABLE', { message: 'Too busy', retryAfterMs: this.bounds.retryAfterMs });
    try {
      return await work();
    } finally {
      const next = this.line.shift();
      if (next) next();
      else this.running--;
    }
  }
}
