import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LEASE_MS, LocalPresenceLeases, PresenceLeases } from './presence-leases';

/** Every user who is there, scored by when the last of their leases runs out. */
const USERS_KEY = 'course-chat:presence:users';
/** The nodes that hold a lease of one user, each with when it runs out. */
const nodesKey = (userId: string) => `course-chat:presence:nodes:${userId}`;
/** Dead users taken over in one round. */
const TAKE_OVER_MAX = 1_000;

/** Leases in Redis. While Redis is away each node answers from what it holds itself. */
export class RedisPresenceLeases extends PresenceLeases {
  private readonly logger = new Logger(RedisPresenceLeases.name);
  private readonly node = randomUUID();
  private readonly local = new LocalPresenceLeases();

  constructor(private readonly redis: Redis) {
    super();
  }

  override async acquire(userId: string): Promise<boolean> {
    const isFirstHere = await this.local.acquire(userId);
    return this.orLocally(async () => {
      const now = Date.now();
      const before = await this.redis.zscore(USERS_KEY, userId);
      await this.hold([userId], now);
      return before === null || Number(before) <= now;
    }, isFirstHere);
  }

  override async release(userId: string): Promise<boolean> {
    const wasHeld = await this.local.release(userId);
    return this.orLocally(async () => {
      const now = Date.now();
      await this.redis.hdel(nodesKey(userId), this.node);
      const others = await this.redis.hvals(nodesKey(userId));
      if (others.some((until) => Number(until) > now)) return false;
      return (await this.redis.zrem(USERS_KEY, userId)) === 1;
    }, wasHeld);
  }

  override async online(userIds: readonly string[]): Promise<Set<string>> {
    if (userIds.length === 0) return new Set();
    const here = await this.local.online(userIds);
    return this.orLocally(async () => {
      const now = Date.now();
      const until = await this.redis.zmscore(USERS_KEY, ...userIds);
      return new Set(userIds.filter((id, index) => here.has(id) || Number(until[index] ?? 0) > now));
    }, here);
  }

  override async renew(held: Iterable<string>): Promise<string[]> {
    return this.orLocally(async () => {
      const now = Date.now();
      await this.hold([...held], now);
      const dead = await this.redis.zrangebyscore(USERS_KEY, '-inf', now, 'LIMIT', 0, TAKE_OVER_MAX);
      const taken: string[] = [];
      for (const userId of dead) {
        // Whoever removes the user tells the others: of several nodes exactly one.
        if ((await this.redis.zrem(USERS_KEY, userId)) !== 1) continue;
        await this.redis.del(nodesKey(userId));
        taken.push(userId);
      }
      return taken;
    }, []);
  }

  private async hold(userIds: readonly string[], now: number): Promise<void> {
    if (userIds.length === 0) return;
    const until = now + LEASE_MS;
    const pipeline = this.redis.pipeline();
    for (const userId of userIds) {
      pipeline.hset(nodesKey(userId), this.node, until);
      pipeline.pexpire(nodesKey(userId), LEASE_MS * 2);
      pipeline.zadd(USERS_KEY, 'GT', until, userId);
    }
    await pipeline.exec();
  }

  private async orLocally<T>(ask: () => Promise<T>, local: T): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.logger.debug(`Presence from this node alone: ${error instanceof Error ? error.message : 'unknown'}`);
      return local;
    }
  }
}
