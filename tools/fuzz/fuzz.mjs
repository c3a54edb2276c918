import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi } from '../launcher/api.mjs';
import { buildIfNeeded } from '../launcher/build.mjs';
import { findMongod, startMongod } from '../launcher/mongod.mjs';
import { freePort, run } from '../launcher/processes.mjs';
import { idsOf } from './ids.mjs';
import { ensureSchemathesis } from './schemathesis.mjs';
import { settingsOf } from './settings.mjs';

/** Who calls; null is somebody without a login. Two at a time, as many as small machines have cores. */
const PEOPLE = [
  ['student1@example.com', 'tutor1@example.com'],
  ['admin@example.com', null],
];
/** A run that is not done by then is stuck: the short form takes 15 s of one core for each person, the long one two minutes. */
const STUCK_MS = 600_000;

/**
 * One person's run: what was tried, and what the fuzzer said if it found something.
 * @typedef {{ who: string, cases: number, clean: boolean, output: string }} FuzzRun
 */

/**
 * Starts the built product with demo data and lets Schemathesis call every route of its own OpenAPI document, as each of the
 * people in turn: valid and broken input, every undocumented method. It fails on a 5xx, an answer that does not fit its
 * schema, a status nobody documented, a broken input that was taken and a good one that was not.
 * @param {{ examples: number, seed?: number, log: (line: string) => void }} options `examples` random calls of each route, besides
 *   those at the edges of its schema
 * @returns {Promise<FuzzRun[]>}
 */
export async function fuzz({ examples, seed, log }) {
  const program = await ensureSchemathesis(log);
  await buildIfNeeded(log);
  const dataDir = mkdtempSync(join(tmpdir(), 'course-chat-fuzz-'));
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  try {
    const source = await findMongod({ dataDir, log, env: { ...process.env, MONGODB_URI: '' } });
    if (!('binary' in source)) throw new Error('The fuzzer brings its own database.');
    const mongod = await startMongod({ binary: source.binary, dataDir, cacheGb: 0.25 });
    stops.push(mongod.stop);
    const api = await startApi({
      mongodbUri: mongod.uri,
      dataDir,
      host: '127.0.0.1',
      port: await freePort(),
      // A limit would answer in place of the code that is looked at here.
      env: { DEMO: 'true', DEMO_TUTOR: 'false', RATE_LIMIT_SCALE: '100000', REDIS_URL: '', LOG_LEVEL: 'warn' },
    });
    stops.push(api.stop);
    /** @type {FuzzRun[]} */
    const runs = [];
    for (const pair of PEOPLE) {
      runs.push(
        ...(await Promise.all(pair.map((email) => fuzzAs({ program, api: api.url, email, dataDir, examples, seed })))),
      );
    }
    return runs;
  } finally {
    for (const stop of stops.reverse()) await stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/**
 * @param {{ program: string, api: string, email: string | null, dataDir: string, examples: number, seed?: number }} options
 * @returns {Promise<FuzzRun>}
 */
async function fuzzAs({ program, api, email, dataDir, examples, seed }) {
  const who = email?.split('@')[0] ?? 'nobody';
  const folder = join(dataDir, `fuzz-${who}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'schemathesis.toml'), settingsOf({ email, ids: email ? await idsOf(api, email) : {} }));
  const args = [
    ...['run', `${api}/api/openapi.json`, '--no-color', '--generation-database', 'none', '--request-timeout', '10'],
    ...['--max-examples', String(examples), '--phases', 'examples,coverage,fuzzing', '--warnings', 'off'],
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
  ];
  const { code, stdout, stderr } = await run(program, args, { cwd: folder, timeoutMs: STUCK_MS });
  const cases = Number(/^\s*(\d+) generated/m.exec(stdout)?.[1] ?? 0);
  return { who, cases, clean: code === 0 && cases > 0, output: `${stdout}${stderr}`.trim() };
}
