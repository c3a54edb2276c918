import { Global, Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { REDIS } from '@course-chat/api/realtime';
import { PRESENCE_GRACE_MS } from '@course-chat/contracts';
import type { Redis } from 'ioredis';
import { LocalPresenceLeases, PresenceLeases } from './presence-leases';
import { PresenceGateway } from './presence.gateway';
import { PresencePersonalData } from './presence-personal-data';
import { PresenceRepository } from './presence.repository';
import { PresenceRecord, presenceRecordSchema } from './presence.schema';
import { PRESENCE_GRACE, PresenceService } from './presence.service';
import { RedisPresenceLeases } from './redis-presence-leases';

/** Who is there, told to those who share a chat. */
@Global()
@Module({})
export class PresenceModule {
  /** @param options.imports the module that provides PresenceAudience */
  static forRoot(options: { imports: NonNullable<ModuleMetadata['imports']>; graceMs?: number }): DynamicModule {
    return {
      module: PresenceModule,
      imports: [
        ...options.imports,
        MongooseModule.forFeature([{ name: PresenceRecord.name, schema: presenceRecordSchema }]),
      ],
      providers: [
        PresenceGateway,
        PresencePersonalData,
        PresenceRepository,
        PresenceService,
        {
          provide: PresenceLeases,
          inject: [REDIS],
          useFactory: (redis: Redis | null) => (redis ? new RedisPresenceLeases(redis) : new LocalPresenceLeases()),
        },
        { provide: PRESENCE_GRACE, useValue: options.graceMs ?? PRESENCE_GRACE_MS },
      ],
      exports: [PresenceService],
    };
  }
}
