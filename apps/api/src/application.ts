import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { RateLimits, validationPipe } from '@course-chat/api/kernel';
import { RealtimeIoAdapter } from '@course-chat/api/realtime';
import { FRAME_MAX_BYTES } from '@course-chat/contracts';
import cookieParser from 'cookie-parser';
import express from 'express';
import type { Connection } from 'mongoose';
import { Logger } from 'nestjs-pino';
import { ApiErrorFilter } from './api-error.filter';
import { AppModule } from './app.module';
import { browserPolicy } from './browser-policy';
import type { Config } from './config';
import { originGate } from './origin-gate';
import { addressOf, inputLimit, limitServer, requestLimit } from './server-limits';
import { serveReference } from './reference/serve-reference';
import { inlineScripts, servePortal } from './portal';
import { QuietLogger } from './quiet-logger';
import { surely } from './surely';
import { unnamedProxy } from './unnamed-proxy';

/** The built portal. */
const PORTAL = join(__dirname, '../portal/browser');

/** Connections that wait to be taken, at most; fewer where the system allows fewer (Linux: net.core.somaxconn, which is as much). */
const BACKLOG = 4_096;

/** The whole server, ready to listen. */
export async function createApplication(config: Config): Promise<NestExpressApplication> {
  const scale = Math.max(1, config.RATE_LIMIT_SCALE);
  const isSecure = config.PUBLIC_ORIGINS?.every((origin) => origin.startsWith('https://')) ?? false;
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config, isSecure), {
    bufferLogs: true,
    // We read bodies ourselves, with our limit, and keep the raw bytes that the shop's signature covers.
    bodyParser: false,
  });
  const logger = new QuietLogger(app.get(Logger));
  app.useLogger(logger);
  const origins = () => new Set(config.PUBLIC_ORIGINS ?? ownOrigins(config.HOST, portOf(app, config.PORT)));

  app.disable('x-powered-by');
  // Nothing of the API is kept, so nothing is ever compared.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.TRUST_PROXY);
  limitServer(app, config.CONNECTIONS_MAX, scale);
  app.use(browserPolicy(isSecure, inlineScripts(PORTAL)));
  if (config.TRUST_PROXY === 0) app.use('/api', unnamedProxy(logger));
  app.use('/api', originGate(origins), requestLimit(app.get(RateLimits)));
  app.enableCors({
    origin: (origin, decide) => decide(null, origin !== undefined && origins().has(origin)),
    credentials: true,
  });
  app.use('/api', cookieParser());
  app.use(
    '/api',
    express.json({
      limit: FRAME_MAX_BYTES,
      // What is no object the schemas refuse; Express would build its complaint of it from every character.
      strict: false,
      verify: (request, _response, raw) => Object.assign(request, { rawBody: raw }),
    }),
  );

  app.use('/api', inputLimit);
  app.setGlobalPrefix('api');
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(app.get(ApiErrorFilter));
  app.useWebSocketAdapter(
    new RealtimeIoAdapter(app, {
      origins,
      addressOf: addressOf(app),
      scale,
      socketsPerUser: config.SOCKETS_PER_USER,
      connectionsMax: config.CONNECTIONS_MAX,
    }),
  );
  serveReference(app);
  servePortal(app, PORTAL);
  return app;
}

/** Builds the indexes of every collection; what is there already costs nothing. */
export async function buildIndexes(app: NestExpressApplication): Promise<void> {
  const connection = app.get<Connection>(getConnectionToken());
  await Promise.all(Object.values(connection.models).map((model) => surely(() => model.createIndexes())));
}

/**
 * Takes connections from now on. After a restart everybody comes in one moment: whoever finds no room to wait in is not told,
 * and tries again a second later.
 */
export async function listen(
  app: NestExpressApplication,
  { PORT, HOST }: Pick<Config, 'PORT' | 'HOST'>,
): Promise<void> {
  // Nest hands everything on to Node's server; its types leave out the last.
  const server = app as unknown as { listen(port: number, host: string, backlog: number): Promise<unknown> };
  await server.listen(PORT, HOST, BACKLOG);
}

/** The port in use, also when the system chose it. */
export function portOf(app: NestExpressApplication, configured: number): number {
  const address: unknown = app.getHttpServer().address();
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : configured;
}

function ownOrigins(host: string, port: number): string[] {
  return [...new Set(['localhost', '127.0.0.1', host])].map((name) => `http://${name}:${port}`);
}
