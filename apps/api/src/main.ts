import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { buildIndexes, createApplication, listen, portOf } from './application';
import { ConfigError, readConfig } from './config';
import { DemoSeeder } from './demo/demo.seeder';
import { drain } from './drain';
import { surely } from './surely';

/** The process is gone by then, finished or not: well before an operator's 25 s. */
const END_WITHIN_MS = 20_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = await createApplication(config);
  await buildIndexes(app);
  if (config.DEMO) await surely(() => app.get(DemoSeeder).seed());
  await listen(app, config);
  app.get(Logger).log(`Course Chat listens on http://${config.HOST}:${portOf(app, config.PORT)}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(app));
}

async function end(app: NestExpressApplication): Promise<void> {
  setTimeout(() => process.exit(1), END_WITHIN_MS).unref();
  await drain(app);
  process.exit(0);
}

main().catch((error: unknown) => {
  // The logger may not be up yet, and a person reads this.
  process.stderr.write(
    error instanceof ConfigError ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
