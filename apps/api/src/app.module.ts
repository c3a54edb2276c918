import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { TerminusModule } from '@nestjs/terminus';
import { AuthModule, JwtGuard, RoleGuard } from '@course-chat/api/auth';
import { ChatModule, ChatStoreModule } from '@course-chat/api/chat';
import { EnrollmentModule } from '@course-chat/api/enrollment';
import { AnswerInTime, FairShare, KernelModule, RateLimitGuard } from '@course-chat/api/kernel';
import { PresenceModule } from '@course-chat/api/presence';
import { RealtimeModule } from '@course-chat/api/realtime';
import { LoggerModule } from 'nestjs-pino';
import { ApiErrorFilter } from './api-error.filter';
import type { Config } from './config';
import { DemoController } from './demo/demo.controller';
import { DemoSeeder, DEMO } from './demo/demo.seeder';
import { DemoTutor, DEMO_TUTOR } from './demo/demo-tutor';
import { HealthController } from './health/health.controller';
import { Readiness } from './health/readiness';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The portal whose tokens are believed, if one is set; the settings come together or not at all. */
function issuerOf(config: Config) {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = config;
  return jwksUrl && issuer && audience ? { jwksUrl, issuer, audience, roleClaim: config.AUTH_ROLE_CLAIM } : null;
}

/** Composes the modules, nothing else. */
@Module({})
export class AppModule {
  static forRoot(config: Config, isSecure: boolean): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: {
            level: config.LOG_LEVEL,
            autoLogging: false,
            redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
          },
        }),
        MongooseModule.forRoot(config.MONGODB_URI, {
          // Indexes are built before the server listens, see main.ts.
          autoIndex: false,
          serverSelectionTimeoutMS: 5_000,
          // Connections to a database that stopped without closing them are given up after the sum of these two (measured:
          // 13 s, with the driver's own numbers about 40 s): only then does a new primary get what waits on them.
          heartbeatFrequencyMS: 5_000,
          connectTimeoutMS: 10_000,
          maxPoolSize: 50,
          // `nativeCollection` reads what no failover can take back: a write must be such before it is answered, to be seen.
          writeConcern: { w: 'majority', journal: true },
        }),
        KernelModule.forRoot({ rateLimitScale: config.RATE_LIMIT_SCALE, rateLimits: config.RATE_LIMITS }),
        RealtimeModule.forRoot({ redisUrl: config.REDIS_URL ?? null }),
        AuthModule.forRoot({
          jwtSecret: config.JWT_SECRET,
          previousJwtSecret: config.JWT_SECRET_PREVIOUS ?? null,
          auditRetentionMs: config.AUDIT_RETENTION_DAYS * DAY_MS,
          externalIssuer: issuerOf(config),
          secureCookies: isSecure,
        }),
        EnrollmentModule.forRoot({
          demoCheckout: config.DEMO,
          webhookSecret: config.ENROLLMENT_WEBHOOK_SECRET ?? null,
        }),
        PresenceModule.forRoot({ imports: [ChatStoreModule], graceMs: config.PRESENCE_GRACE_SECONDS * SECOND_MS }),
        ChatModule.forRoot({
          editWindowMs: config.EDIT_WINDOW_MINUTES * MINUTE_MS,
          deleteWindowMs: config.DELETE_WINDOW_MINUTES * MINUTE_MS,
        }),
        TerminusModule.forRoot({ logger: false }),
      ],
      controllers: [HealthController, DemoController],
      providers: [
        DemoSeeder,
        Readiness,
        ApiErrorFilter,
        DemoTutor,
        { provide: DEMO, useValue: config.DEMO },
        { provide: DEMO_TUTOR, useValue: config.DEMO && config.DEMO_TUTOR },
        // In this order, and all of them here: Nest takes those of the root module before those of the modules it imports.
        { provide: APP_GUARD, useExisting: JwtGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useExisting: RoleGuard },
        // Around the other: a call that waits for its turn is answered in time, too.
        { provide: APP_INTERCEPTOR, useClass: AnswerInTime },
        { provide: APP_INTERCEPTOR, useClass: FairShare },
      ],
    };
  }
}
