import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { addressKey, DomainError, RateLimits } from '@course-chat/api/kernel';
import { networkOf, type Caller } from './caller';
import { hashOf } from './hash-of';
import { Pace } from './pace';
import { SessionRepository } from './session.repository';

/** An account that is guessed at from everywhere answers at this pace, and lets nobody wait longer. */
const PACE = { everyMs: 400, longestMs: 5_000, remembered: 10_000 };

/** A try that was let in, to be told how it ended. */
export interface LoginTry {
  /**
   * Forgives the failed tries of this account from this address.
   * @throws DomainError RATE_LIMITED for who logs in over and over
   */
  succeeded(): Promise<void>;
  failed(): Promise<void>;
}

/**
 * Slows guessing down without locking anybody out of their own account:
 * - ten tries of an account from an address: nobody elsewhere can use them up;
 * - a hundred failed tries from an address, over all accounts;
 * - sixty that succeed: who has the password needs no more, and nobody else can use them up;
 * - beyond fifty failed tries of an account from anywhere it answers slowly, except to networks its owner is known from.
 * Known and unknown accounts are counted alike.
 */
@Injectable()
export class LoginThrottle {
  private readonly pace = new Pace(PACE);

  constructor(
    private readonly limits: RateLimits,
    private readonly sessions: SessionRepository,
  ) {}

  /**
   * Lets a try in, at once or after a while.
   * @param ownerOf whose account it is, asked only when it matters
   * @throws DomainError RATE_LIMITED
   */
  async admit(email: string, { address }: Caller, ownerOf: () => Promise<string | null>): Promise<LoginTry> {
    // Counters may be kept in Redis: no address of anybody goes there.
    const account = hashOf(email);
    const from = addressKey(address);
    await this.limits.assertLeft('loginsFrom', from);
    await this.limits.consume('login', `${account}|${from}`);
    if (await this.isUnderAttack(account)) await this.waitUnlessKnown(account, address, ownerOf);
    return {
      succeeded: async () => {
        await this.limits.forgive('login', `${account}|${from}`);
        await this.limits.consume('loggedIn', account);
      },
      failed: async () => {
        await this.limits.note('loginsFrom', from);
        await this.limits.note('loginsOf', account);
      },
    };
  }

  private async isUnderAttack(account: string): Promise<boolean> {
    try {
      await this.limits.assertLeft('loginsOf', account);
      return false;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'RATE_LIMITED') return true;
      throw error;
    }
  }

  private async waitUnlessKnown(account: string, address: string, ownerOf: () => Promise<string | null>) {
    const [owner, network] = [await ownerOf(), networkOf(address)];
    if (owner !== null && network !== null && (await this.sessions.isUsedFrom(owner, network))) return;
    await delay(this.pace.reserve(account));
  }
}
