import { Inject, Injectable, Optional, SetMetadata } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from './domain-error';
import { Pacer } from './pacer';
import { WindowCounter } from './window-counter';

/** Calls (`points`) that one key may make in `seconds`. */
export interface Limit {
  readonly points: number;
  readonly seconds: number;
  /** Counted by each node for itself: what protects a node must not wait for another machine. */
  readonly perNode?: true;
}

/** Every limit of the product by name; several limits of one name must all allow a call. */
export const LIMITS = {
  /** Sending and editing, per user. */
  message: [
    { points: 10, seconds: 1 },
    { points: 60, seconds: 60 },
  ],
  /** Per user. */
  typing: [{ points: 2, seconds: 4 }],
  /** Per user. */
  sync: [{ points: 5, seconds: 5 }],
  /** Pages of messages, per user. */
  history: [{ points: 20, seconds: 1 }],
  /** All commands of one user, over all their sockets. */
  command: [{ points: 100, seconds: 1, perNode: true }],
  /** All REST calls of one user. */
  call: [{ points: 50, seconds: 1, perNode: true }],
  /** All REST calls from one address, which may be a whole school. */
  request: [{ points: 3_000, seconds: 10, perNode: true }],
  /** REST calls from one address above which they are taken one after the other, at that rate. */
  pace: [{ points: 100, seconds: 1, perNode: true }],
  /** Files of the portal from one address: a school that opens it at once, some forty files each. */
  file: [{ points: 10_000, seconds: 10, perNode: true }],
  /** Connections opened from one address, on the same grounds. */
  handshake: [{ points: 1_000, seconds: 10, perNode: true }],
  /** Per account and address, forgiven by a login that succeeds. */
  login: [{ points: 10, seconds: 15 * 60 }],
  /** Failed logins from one address, which may be a whole school, over all accounts. */
  loginsFrom: [{ points: 100, seconds: 5 * 60 }],
  /** Failed logins of one account from everywhere; above it answers slowly, and is never closed. */
  loginsOf: [{ points: 50, seconds: 15 * 60 }],
  /** Logins of one account that succeed. */
  loggedIn: [{ points: 60, seconds: 15 * 60 }],
  /** Guesses of the present password by somebody logged in. */
  password: [{ points: 10, seconds: 15 * 60 }],
  /** Copies of everything that is kept about a person. */
  export: [{ points: 5, seconds: 60 * 60 }],
  /** New accounts from one address. */
  register: [{ points: 300, seconds: 60 * 60 }],
  /** Registrations from one address that met an account: each tells that somebody has one. */
  registerTaken: [{ points: 20, seconds: 60 * 60 }],
} as const satisfies Record<string, readonly Limit[]>;
export type LimitName = keyof typeof LIMITS;

/** Multiplies every limit; larger than 1 for load tests. */
export const RATE_LIMIT_SCALE = Symbol('RATE_LIMIT_SCALE');
/** Limits that are set otherwise than in this file, by name. */
export const RATE_LIMIT_NUMBERS = Symbol('RATE_LIMIT_NUMBERS');
/** The Redis in which nodes count together; null or absent on a single node. */
export const RATE_LIMIT_STORE = Symbol('RATE_LIMIT_STORE');

/** Marks a REST handler as counted under a limit, per user. */
export const RATE_LIMIT_METADATA = 'course-chat:rate-limit';
export const RateLimited = (name: LimitName) => SetMetadata(RATE_LIMIT_METADATA, name);

/** A refusal for too many calls is given no sooner than after so many milliseconds: a loop that does not listen is slow by itself. */
export const REFUSAL_DELAY_MS = 200;

/** A call above the pace waits no longer than this: a school's lesson may begin with many. */
const PACE_WAIT_MAX_MS = 1_000;
/** How long nodes count for themselves after Redis failed them: calls must not wait for a bus that hangs. */
const STORE_REST_MS = 5_000;

interface Counter {
  readonly own: WindowCounter;
  /** Of all nodes together; null where a node counts for itself. */
  readonly shared: RateLimiterRedis | null;
}

/** Counts calls by key and refuses those above their limit: together with the other nodes, or alone while Redis is away. */
@Injectable()
export class RateLimits {
  private readonly counters: Map<LimitName, Counter[]>;
  private readonly pacers: Pacer[];
  private storeRestsUntil = 0;

  constructor(
    @Inject(RATE_LIMIT_SCALE) scale: number,
    @Optional() @Inject(RATE_LIMIT_STORE) store: object | null = null,
    @Optional() @Inject(RATE_LIMIT_NUMBERS) numbers: Partial<Record<LimitName, readonly Limit[]>> = {},
  ) {
    const allowedOf = ({ points }: Limit) => Math.max(1, Math.round(points * scale));
    this.counters = new Map(
      (Object.entries({ ...LIMITS, ...numbers }) as [LimitName, readonly Limit[]][]).map(([name, limits]) => [
        name,
        limits.map((limit, index): Counter => {
          const { seconds, perNode } = limit;
          const allowed = allowedOf(limit);
          const options = { keyPrefix: `limit:${name}${index}`, points: allowed, duration: seconds };
          return {
            own: new WindowCounter(allowed, seconds * 1_000),
            shared: store && !perNode ? new RateLimiterRedis({ ...options, storeClient: store }) : null,
          };
        }),
      ]),
    );
    const paces: readonly Limit[] = numbers.pace ?? LIMITS.pace;
    this.pacers = paces.map((pace) => new Pacer(allowedOf(pace), pace.seconds * 1_000, PACE_WAIT_MAX_MS));
  }

  /**
   * Counts one call under `pace`, which refuses nobody.
   * @param weight as how many it counts
   * @returns the milliseconds that it has to wait
   */
  paceOf(key: string, weight: number): number {
    return Math.max(...this.pacers.map((pacer) => pacer.waitOf(key, weight)));
  }

  /**
   * Counts one call.
   * @throws DomainError RATE_LIMITED with the time to wait.
   */
  async consume(name: LimitName, key: string): Promise<void> {
    for (const { own, shared } of this.counters.get(name) ?? []) {
      refuse(this.isAsked(shared) ? await this.countTogether(own, shared, key) : own.count(key));
    }
  }

  /** Forgets what a key has used up: a login that succeeded was not an attack. */
  async forgive(name: LimitName, key: string): Promise<void> {
    for (const { own, shared } of this.counters.get(name) ?? []) {
      own.forget(key);
      await shared?.delete(key).catch(() => false);
    }
  }

  /**
   * Refuses when a key has used its limit up, and counts nothing: for what is only counted by how it ends. Calls at the
   * same time may go a little above the limit.
   * @throws DomainError RATE_LIMITED with the time to wait.
   */
  async assertLeft(name: LimitName, key: string): Promise<void> {
    for (const { own, shared } of this.counters.get(name) ?? []) {
      refuse(this.isAsked(shared) ? await this.waitTogether(own, shared, key) : own.waitOf(key));
    }
  }

  /** Counts a call that has been made. */
  async note(name: LimitName, key: string): Promise<void> {
    await this.consume(name, key).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    });
  }

  private isAsked(shared: RateLimiterRedis | null): shared is RateLimiterRedis {
    return shared !== null && Date.now() >= this.storeRestsUntil;
  }

  /** As `WindowCounter.count`; alone when the store does not answer. */
  private async countTogether(own: WindowCounter, shared: RateLimiterRedis, key: string): Promise<number> {
    try {
      await shared.consume(key);
      return 0;
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.max(1, error.msBeforeNext);
      this.storeRestsUntil = Date.now() + STORE_REST_MS;
      return own.count(key);
    }
  }

  /** As `WindowCounter.waitOf`; alone when the store does not answer. */
  private async waitTogether(own: WindowCounter, shared: RateLimiterRedis, key: string): Promise<number> {
    try {
      const used = await shared.get(key);
      return used && used.remainingPoints <= 0 ? Math.max(1, used.msBeforeNext) : 0;
    } catch {
      this.storeRestsUntil = Date.now() + STORE_REST_MS;
      return own.waitOf(key);
    }
  }
}

function refuse(retryAfterMs: number): void {
  if (retryAfterMs > 0) throw new DomainError('RATE_LIMITED', { message: 'Too many calls', retryAfterMs });
}
