import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Subject } from 'rxjs';
import { REDIS } from './redis';

/** Every node that runs, scored by when its word for it runs out. */
const NODES_KEY = 'course-chat:nodes';
const LEASE_MS = 8_000;
const RENEW_INTERVAL_MS = 3_000;

/** Notices nodes that were killed. Without Redis there is only this one, and nobody left to notice. */
@Injectable()
export class NodeWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(NodeWatch.name);
  private readonly node = randomUUID();
  private readonly deaths = new Subject<void>();
  /** A node died and this one is to clean up after it, or may have died while Redis was away. */
  readonly died = this.deaths.asObservable();
  private timer?: NodeJS.Timeout;
  private wasAway = false;

  constructor(@Inject(REDIS) private readonly redis: Redis | null) {}

  onApplicationBootstrap(): void {
    const { redis } = this;
    if (!redis) return;
    void this.renewSurely(redis);
    this.timer = setInterval(() => void this.renewSurely(redis), RENEW_INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.redis?.zrem(NODES_KEY, this.node).catch(() => 0);
  }

  private async renewSurely(redis: Redis): Promise<void> {
    try {
      await this.renew(redis);
      if (this.wasAway) this.deaths.next();
      this.wasAway = false;
    } catch (error) {
      this.wasAway = true;
      this.logger.debug(error);
    }
  }

  private async renew(redis: Redis): Promise<void> {
    // Redis's own clock: those of nodes may differ.
    const [seconds, microseconds] = await redis.time();
    const now = Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
    await redis.zadd(NODES_KEY, now + LEASE_MS, this.node);
    for (const dead of await redis.zrangebyscore(NODES_KEY, '-inf', now)) {
      // Of several nodes exactly one removes it.
      if ((await redis.zrem(NODES_KEY, dead)) === 1) this.deaths.next();
    }
  }
}
