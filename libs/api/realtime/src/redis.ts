import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';

/** A command that Redis has not answered by then has failed: nobody waits for a bus. */
const COMMAND_TIMEOUT_MS = 1_000;
const RECONNECT_MAX_MS = 2_000;

/** The shared Redis of several nodes, or null on a single one. */
export const REDIS = Symbol('REDIS');

/**
 * A connection that fails at once while Redis is away, and whose `publish` never rejects: telling other nodes is best
 * effort, since every client catches up by itself.
 */
export class BusRedis extends Redis {
  constructor(url: string) {
    super(url, {
      enableOfflineQueue: false,
      commandTimeout: COMMAND_TIMEOUT_MS,
      maxRetriesPerRequest: 0,
      retryStrategy: (tries) => Math.min(tries * 100, RECONNECT_MAX_MS),
    });
    quietly(this);
  }

  override async publish(channel: string | Buffer, message: string | Buffer): Promise<number> {
    return super.publish(channel, message).catch(() => 0);
  }
}

/** Socket.IO's adapter waits for no answer of the connection that it listens with, and leaves rejections to nobody. */
class Subscriber extends Redis {
  override sendCommand(...sent: Parameters<Redis['sendCommand']>): unknown {
    const answer = super.sendCommand(...sent);
    if (answer instanceof Promise) answer.catch(() => null);
    return answer;
  }
}

/** A connection that listens; it waits for Redis as long as it takes and subscribes again when it is back. */
export function subscriberOf(bus: Redis): Redis {
  const waiting = { enableOfflineQueue: true, commandTimeout: undefined, maxRetriesPerRequest: null };
  const subscriber = new Subscriber({ ...bus.options, ...waiting });
  quietly(subscriber);
  return subscriber;
}

/** One line when the connection is lost and one when it is back, instead of one a try. */
function quietly(redis: Redis): void {
  const logger = new Logger(Redis.name);
  let isAway = false;
  redis.on('error', (error: Error) => {
    if (!isAway) logger.warn(`Redis is away, nodes do not hear each other: ${error.message}`);
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) logger.log('Redis is back');
    isAway = false;
  });
}
