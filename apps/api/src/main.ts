import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { RealtimeHub, SocketDispatcher } from '@course-chat/api/realtime';
import { Logger } from 'nestjs-pino';
import { buildIndexes, createApplication, portOf } from './application';
import { ConfigError, readConfig } from './config';
import { DemoSeeder } from './demo/demo.seeder';
import { Readiness } from './health/readiness';

/** Clients come back spread over this time, so that the next node is not hit by all at once. */
const RECONNECT_SPREAD_MS = 3_000;
/** What was asked is answered within this time, or its outcome is learned by asking the next node. */
const ANSWERED_MS = 10_000;
/** The server is gone by then, finished or not. */
const SHUTDOWN_MS = 25_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = await createApplication(config);
  await buildIndexes(app);
  if (config.DEMO) await app.get(DemoSeeder).seed();
  await app.listen(config.PORT, config.HOST);
  app.get(Logger).log(`Course Chat listens on http://${config.HOST}:${portOf(app, config.PORT)}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain(app));
}

/** Not ready first, then clients are told, then what is under way is finished. */
async function drain(app: NestExpressApplication): Promise<void> {
  setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
  app.get(Readiness).drain();
  app.get(RealtimeHub).announceDrain(RECONNECT_SPREAD_MS);
  await app.get(SocketDispatcher).answered(ANSWERED_MS);
  await app.close();
  process.exit(0);
}

main().catch((error: unknown) => {
  // The logger may not be up yet, and a person reads this.
  process.stderr.write(
    error instanceof ConfigError ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
