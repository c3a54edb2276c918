import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { resolve } from 'node:path';
import { assertPortFree, startApi } from './api.mjs';
import { whenAbandoned } from './bootstrap.mjs';
import { buildIfNeeded } from './build.mjs';
import { DEV_PORT, startDevelopment } from './dev.mjs';
import { findMongod, startMongod } from './mongod.mjs';
import { explain, Problem } from './problem.mjs';

const NEEDED_DISK_BYTES = 1_000_000_000;
const DEMO_PASSWORD = 'course-chat-demo';

const USAGE = `Usage: npm start [-- --help]
       npm run dev

Starts Course Chat on this machine: the database, the api and the portal, with demo data. \`npm run dev\` rebuilds on change.
Settings come from the environment or a file .env: PORT (3000), HOST (127.0.0.1), DATA_DIR (.data), MONGODB_URI,
MONGOD_BINARY, DEMO (true). docs/operations.md lists all of them.`;

/**
 * Starts everything and runs until it is told to stop.
 * @param {string[]} args
 */
export async function start(args) {
  if (args.includes('--help')) return console.log(USAGE);
  const begin = Date.now();
  if (existsSync('.env')) process.loadEnvFile('.env');
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  let stopping = false;
  const shutDown = async (/** @type {number} */ code) => {
    if (stopping) return;
    stopping = true;
    process.exitCode = code;
    // The api lets go of the database before the database goes.
    for (const stop of stops.reverse()) await stop();
    if (code === 0) console.log('Stopped.');
    process.exit();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (!stopping) console.log('\nStopping ...');
      void shutDown(0);
    });
  }
  whenAbandoned(() => void shutDown(0));
  try {
    const settings = readSettings();
    const log = (/** @type {string} */ line) => console.log(line);
    const { port, host, dataDir, demo } = settings;
    await assertPortFree(port, host);

    const building = new AbortController();
    stops.push(async () => building.abort());
    const [database, build] = await Promise.allSettled([
      startDatabase(dataDir, log, stops),
      buildIfNeeded(log, building.signal),
    ]);
    if (stopping) return;
    if (database.status === 'rejected') throw database.reason;
    if (build.status === 'rejected') throw build.reason;
    const dev = args.includes('--dev');
    const api = await startApi({
      mongodbUri: database.value.uri,
      dataDir,
      host,
      port,
      env: { DEMO: demo ? 'true' : 'false', ...(dev && { PUBLIC_ORIGINS: `http://localhost:${DEV_PORT}` }) },
      nodeOptions: ['--enable-source-maps', ...(dev ? ['--watch', '--watch-preserve-output'] : [])],
    });
    stops.push(api.stop);
    void api.ended.then((code) => {
      if (stopping) return;
      console.error(`\nThe api ended by itself (code ${code}). Its log: ${api.log}`);
      void shutDown(1);
    });
    const address = dev ? await startDevelopment({ log, stops, port }) : api.url;
    welcome(address, demo, Date.now() - begin);
  } catch (error) {
    if (!stopping) console.error(`\n${explain(error)}`);
    await shutDown(1);
  }
}

/**
 * @param {string} dataDir
 * @param {(line: string) => void} log
 * @param {(() => Promise<void>)[]} stops
 */
async function startDatabase(dataDir, log, stops) {
  const source = await findMongod({ dataDir, log });
  if ('uri' in source) return source;
  const mongod = await startMongod({ ...source, dataDir });
  stops.push(mongod.stop);
  return mongod;
}

function readSettings() {
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(`PORT is "${process.env.PORT}".`, 'set it to a number from 1 to 65535.');
  }
  const dataDir = resolve(process.env.DATA_DIR || '.data');
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw new Problem(`The data folder ${dataDir} cannot be made.`, 'set DATA_DIR to a folder of yours.', error);
  }
  const disk = statfsSync(dataDir);
  if (disk.bavail * disk.bsize < NEEDED_DISK_BYTES) {
    throw new Problem(
      `Less than 1 GB is free where ${dataDir} lies.`,
      'free some space, or set DATA_DIR to another disk.',
    );
  }
  const demo = process.env.DEMO || 'true';
  if (!['true', 'false', '1', '0'].includes(demo)) throw new Problem(`DEMO is "${demo}".`, 'set it to true or false.');
  return { port, host: process.env.HOST || '127.0.0.1', dataDir, demo: demo === 'true' || demo === '1' };
}

/**
 * @param {string} address
 * @param {boolean} demo
 * @param {number} tookMs
 */
function welcome(address, demo, tookMs) {
  const lines = ['', `  Course Chat is ready (${(tookMs / 1000).toFixed(1)} s):  ${address}`, ''];
  if (demo) {
    lines.push(
      `  Log in as a student   student1@example.com ... student20@example.com`,
      `         as a tutor     tutor1@example.com ... tutor4@example.com`,
      `         as the admin   admin@example.com`,
      `  all with the password ${DEMO_PASSWORD}`,
      '',
    );
  }
  console.log([...lines, '  Ctrl+C stops everything.', ''].join('\n'));
}
