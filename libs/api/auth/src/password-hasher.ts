import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { BoundedPool } from './bounded-pool';

/**
 * Each hash takes 19 MiB and one of libuv's four threads for about 20 ms: two at once leave the other threads to name
 * look-ups and files. One where there are two processors: guesses must not take both from those who write.
 */
export const HASHES_AT_ONCE = availableParallelism() > 2 ? 2 : 1;
/** 200 that wait are five seconds on a slow machine of two processors. */
const BOUNDS = { atOnce: HASHES_AT_ONCE, waiting: 200, retryAfterMs: 3_000 };

/** What a hash costs to make and to guess. */
export interface PasswordCost {
  /** KiB. */
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

// OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 iterations, 1 lane. The library's default algorithm is argon2id.
const COST: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id in a bounded pool. Passwords come in NFC, as the contracts read them. */
@Injectable()
export class PasswordHasher implements OnApplicationBootstrap {
  private readonly pool = new BoundedPool(BOUNDS);
  private decoy?: Promise<string>;

  /** Made before anybody asks, so that the first unknown account is not answered later than the others. */
  onApplicationBootstrap(): void {
    this.decoyHash().catch(() => undefined);
  }

  /** @throws DomainError UNAVAILABLE when too many wait */
  hash(password: string): Promise<string> {
    return this.pool.run(() => hash(password, COST));
  }

  /**
   * Whether the password fits. Without a hash it takes just as long and answers false.
   * @throws DomainError UNAVAILABLE when too many wait
   */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const against = passwordHash ?? (await this.decoyHash());
    const fits = await this.pool.run(() => verify(against, password));
    return fits && passwordHash !== null;
  }

  /** Whether a hash is cheaper to guess than one made now. */
  isOutdated(passwordHash: string): boolean {
    const cost = costOf(passwordHash);
    return !cost || cost.memoryCost < COST.memoryCost || cost.timeCost < COST.timeCost;
  }

  private decoyHash(): Promise<string> {
    if (!this.decoy) {
      this.decoy = this.hash('a password that nobody has');
      this.decoy.catch(() => (this.decoy = undefined));
    }
    return this.decoy;
  }
}

/** What an argon2id hash says it costs; null for any other. */
function costOf(passwordHash: string): PasswordCost | null {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(passwordHash);
  if (!match) return null;
  const [memoryCost, timeCost, parallelism] = match.slice(1).map(Number) as [number, number, number];
  return { memoryCost, timeCost, parallelism };
}
