import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LEASE_MS, LocalPresenceLeases, PresenceLeases, type PresenceNews } from './presence-leases';
import { HOLD, LEAVE, PRESENT, TAKE_OVER } from './redis-presence-scripts';

const USERS_KEY = 'course-chat:presence:users';
const nodesKey = (userId: string) => `course-chat:presence:nodes:${userId}`;
/** Users of one script: Redis does nothing else meanwhile. */
const USERS_MAX = 500;

/** How long Redis is not asked again after it failed: whoever waits for an answer would wait for its time-out each time. */
const REST_MS = 5_000;

/** Leases in Redis. While Redis is away each node answers from what it holds itself. */
export class RedisPresenceLeases extends PresenceLeases {
  private readonly logger = new Logger(RedisPresenceLeases.name);
  private readonly node = randomUUID();
  private readonly local = new LocalPresenceLeases();
  /** Who left while Redis was away, and when: the other nodes do not know yet. */
  private readonly untold = new Map<string, Date>();
  private isAway = false;
  /** Until when Redis is left alone, on the monotonic clock. */
  private restsUntil = 0;

  constructor(private readonly redis: Redis) {
    super();
  }

  override async acquire(userId: string): Promise<boolean> {
    const isFirstHere = await this.local.acquire(userId);
    this.untold.delete(userId);
    return this.orLocally(
      async () => (await this.hold([userId])).length > 0,
      () => isFirstHere,
    );
  }

  override async release(userId: string, leftAt: Date): Promise<boolean> {
    const wasHeld = await this.local.release(userId);
    return this.orLocally(
      async () => (await this.leave(userId)) === 'left',
      () => {
        this.untold.set(userId, leftAt);
        return wasHeld;
      },
    );
  }

  override async online(userIds: readonly string[]): Promise<Set<string>> {
    const here = await this.local.online(userIds);
    return this.orLocally(
      async () => {
        const there = await inParts(userIds, (part) => this.redis.eval(PRESENT, 1, USERS_KEY, ...part));
        return new Set([...here, ...there]);
      },
      () => here,
    );
  }

  override async renew(held: Iterable<string>): Promise<PresenceNews> {
    // Asks always: nobody waits for it, and it finds out that Redis is back.
    this.restsUntil = 0;
    return this.orLocally(
      async () => {
        const wasAway = this.isAway;
        const came = await inParts([...held], (part) => this.hold(part));
        this.isAway = false;
        const dead = (await this.redis.eval(TAKE_OVER, 1, USERS_KEY, USERS_MAX)) as string[];
        const gone = dead.map((userId) => ({ userId, leftAt: this.untold.get(userId) ?? null }));
        // Right after Redis is back the other nodes may not have renewed: who left is asked for in the next round.
        return { came, gone: wasAway ? gone : [...gone, ...(await this.tellLate())] };
      },
      () => ({ came: [], gone: [] }),
    );
  }

  /** Those who left while Redis was away and are nowhere now. */
  private async tellLate(): Promise<PresenceNews['gone']> {
    const gone: { userId: string; leftAt: Date }[] = [];
    for (const [userId, leftAt] of this.untold) {
      if ((await this.leave(userId)) !== 'held') gone.push({ userId, leftAt });
      this.untold.delete(userId);
    }
    return gone;
  }

  private async hold(userIds: readonly string[]): Promise<string[]> {
    const keys = [USERS_KEY, ...userIds.map(nodesKey)];
    return (await this.redis.eval(HOLD, keys.length, ...keys, this.node, LEASE_MS, ...userIds)) as string[];
  }

  private async leave(userId: string): Promise<string> {
    return (await this.redis.eval(LEAVE, 2, USERS_KEY, nodesKey(userId), this.node, userId)) as string;
  }

  private async orLocally<T>(ask: () => Promise<T>, local: () => T): Promise<T> {
    if (performance.now() < this.restsUntil) return local();
    try {
      return await ask();
    } catch (error) {
      this.isAway = true;
      this.restsUntil = performance.now() + REST_MS;
      this.logger.debug(`Presence from this node alone: ${error instanceof Error ? error.message : 'unknown'}`);
      return local();
    }
  }
}

async function inParts(
  userIds: readonly string[],
  ask: (part: readonly string[]) => Promise<unknown>,
): Promise<string[]> {
  const answers: string[] = [];
  for (let from = 0; from < userIds.length; from += USERS_MAX) {
    answers.push(...((await ask(userIds.slice(from, from + USERS_MAX))) as string[]));
  }
  return answers;
}
