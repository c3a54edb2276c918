import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hireStaff } from './staff.mjs';

/**
 * Starts the built product for the whole run: an own database, demo data, a free port, and nothing of it left afterwards.
 * With E2E_BASE_URL set, the journeys run against what listens there; E2E_MONGODB_URI is its database, for the tutors.
 */
export default async function startForJourneys(): Promise<() => Promise<void>> {
  return startProduct(hireStaff);
}

/** The same with what `prepare` adds to the database; an address that is given already is left as it is. */
export async function startProduct(prepare: (mongodbUri: string) => Promise<void>): Promise<() => Promise<void>> {
  if (process.env['E2E_BASE_URL']) {
    if (process.env['E2E_MONGODB_URI']) await prepare(process.env['E2E_MONGODB_URI']);
    return async () => {};
  }
  process.chdir(join(__dirname, '../../../..'));
  const { buildIfNeeded } = await import('../../../../tools/launcher/build.mjs');
  const { findMongod, startMongod } = await import('../../../../tools/launcher/mongod.mjs');
  const { startApi } = await import('../../../../tools/launcher/api.mjs');
  const { freePort, run } = await import('../../../../tools/launcher/processes.mjs');

  const log = (line: string) => process.stderr.write(`${line}\n`);
  await buildIfNeeded(log);
  await run('nx', ['build', 'gallery'], { env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' } });
  const dataDir = mkdtempSync(join(tmpdir(), 'course-chat-e2e-'));
  const source = await findMongod({ dataDir, log, env: { ...process.env, MONGODB_URI: '' } });
  if (!('binary' in source)) throw new Error('The journeys bring their own database.');
  const mongod = await startMongod({ binary: source.binary, dataDir, cacheGb: 0.25 });
  try {
    const api = await startApi({
      mongodbUri: mongod.uri,
      dataDir,
      host: '127.0.0.1',
      port: await freePort(),
      // Only people write here: what a tutor did not write would be in the way of what is looked at.
      // One address logs in many people here, which is what the limits are against.
      env: { DEMO: 'true', DEMO_TUTOR: 'false', RATE_LIMIT_SCALE: '20', REDIS_URL: '' },
    });
    await prepare(mongod.uri);
    process.env['E2E_BASE_URL'] = api.url;
    return async () => {
      await api.stop();
      await mongod.stop();
      rmSync(dataDir, { recursive: true, force: true });
    };
  } catch (error) {
    await mongod.stop();
    throw error;
  }
}
