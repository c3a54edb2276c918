import { Global, Inject, Injectable, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RATE_LIMIT_STORE } from '@course-chat/api/kernel';
import type { Redis } from 'ioredis';
import { NodeWatch } from './node-watch';
import { RealtimeHub } from './realtime.hub';
import { BusRedis, REDIS } from './redis';
import { SocketDispatcher } from './socket-dispatcher';

/** Closes the bus with the application. */
@Injectable()
class RedisLifecycle implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis | null) {}

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}

/** The hub every module emits through and the dispatcher of every command. */
@Global()
@Module({})
export class RealtimeModule {
  /** @param options.redisUrl joins this node with others; null for a single node */
  static forRoot(options: { redisUrl: string | null }): DynamicModule {
    return {
      module: RealtimeModule,
      imports: [DiscoveryModule],
      providers: [
        NodeWatch,
        RealtimeHub,
        SocketDispatcher,
        RedisLifecycle,
        { provide: REDIS, useFactory: () => (options.redisUrl ? new BusRedis(options.redisUrl) : null) },
        { provide: RATE_LIMIT_STORE, useExisting: REDIS },
      ],
      exports: [NodeWatch, RATE_LIMIT_STORE, REDIS, RealtimeHub, SocketDispatcher],
    };
  }
}
