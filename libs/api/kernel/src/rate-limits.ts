import { Inject, Injectable, SetMetadata } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from './domain-error';

/** Calls (`points`) that one key may make in `seconds`. */
interface Limit {
  readonly points: number;
  readonly seconds: number;
}

/** Every limit of the product by name; several limits of one name must all allow a call. */
export const LIMITS = {
  message: [
    { points: 10, seconds: 1 },
    { points: 60, seconds: 60 },
  ],
  typing: [{ points: 2, seconds: 4 }],
  sync: [{ points: 5, seconds: 5 }],
  history: [{ points: 20, seconds: 1 }],
  command: [{ points: 100, seconds: 1 }],
  login: [{ points: 10, seconds: 15 * 60 }],
  password: [{ points: 10, seconds: 15 * 60 }],
  register: [{ points: 300, seconds: 60 * 60 }],
} as const satisfies Record<string, readonly Limit[]>;
export type LimitName = keyof typeof LIMITS;

/** Multiplies every limit; larger than 1 for load tests. */
export const RATE_LIMIT_SCALE = Symbol('RATE_LIMIT_SCALE');

/** Marks a REST handler as counted under a limit, per user. */
export const RATE_LIMIT_METADATA = 'course-chat:rate-limit';
export const RateLimited = (name: LimitName) => SetMetadata(RATE_LIMIT_METADATA, name);

/** Counts calls by key and refuses those above their limit. */
@Injectable()
export class RateLimits {
  private readonly limiters: Map<LimitName, RateLimiterMemory[]>;

  constructor(@Inject(RATE_LIMIT_SCALE) scale: number) {
    this.limiters = new Map(
      (Object.entries(LIMITS) as [LimitName, readonly Limit[]][]).map(([name, limits]) => [
        name,
        limits.map(
          (limit, index) =>
            new RateLimiterMemory({
              keyPrefix: `${name}${index}`,
              points: Math.max(1, Math.round(limit.points * scale)),
              duration: limit.seconds,
            }),
        ),
      ]),
    );
  }

  /**
   * Counts one call.
   * @throws DomainError RATE_LIMITED with the time to wait.
   */
  async consume(name: LimitName, key: string): Promise<void> {
    for (const limiter of this.limiters.get(name) ?? []) {
      try {
        await limiter.consume(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new DomainError('RATE_LIMITED', {
          message: 'Too many calls',
          retryAfterMs: Math.max(1, refused.msBeforeNext),
        });
      }
    }
  }

  /** Forgets what a key has used up: a login that succeeded was not an attack. */
  async forgive(name: LimitName, key: string): Promise<void> {
    await Promise.all((this.limiters.get(name) ?? []).map((limiter) => limiter.delete(key)));
  }
}
