import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { startApi } from '../launcher/api.mjs';
import { buildIfNeeded } from '../launcher/build.mjs';
import { findMongod, startMongod } from '../launcher/mongod.mjs';
import { freePort } from '../launcher/processes.mjs';

const KINDS = ['nothing', 'commands', 'packets', 'pings', 'connections', 'calls', 'searches', 'bodies', 'logins'];
const PASSWORD = 'course-chat-demo';
/** Students who go on writing; the last of the demo is the one who floods. */
const WRITERS = 12;
const FLOODER = 'student20@example.com';
/** Each writes this often: below the 60 messages a minute that ship. */
const WRITE_EVERY_MS = 1_100;
const ROUND_MS = 8_000;
/** Calm and flooded rounds of each kind, by turns; their waits are looked at together. */
const ROUNDS = 8;
/** What others may wait more than in calm, at their 99th percentile. */
const GOAL = 2;

/**
 * How much longer others wait for their messages while one person floods, with the limits as they ship: for each kind of
 * flood calm and flooded rounds by turns, so that the machine's own mood falls on both. The flood comes from a process of
 * the lowest priority: in life it has a processor of its own and takes none from the server. Prints a table.
 * @param wanted the kinds to measure; all when empty
 */
export async function measureFloods(wanted = process.argv.slice(2)) {
  const kinds = wanted.length > 0 ? KINDS.filter((kind) => wanted.includes(kind)) : KINDS;
  const log = (/** @type {string} */ line) => console.log(line);
  await buildIfNeeded(log);
  const dataDir = mkdtempSync(join(tmpdir(), 'course-chat-floods-'));
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  try {
    const source = await findMongod({ dataDir, log, env: { ...process.env, MONGODB_URI: '' } });
    if (!('binary' in source)) throw new Error('The floods bring their own database.');
    const mongod = await startMongod({ binary: source.binary, dataDir, cacheGb: 0.25 });
    stops.push(mongod.stop);
    const env = { DEMO: 'true', DEMO_TUTOR: 'false', REDIS_URL: '', LOG_LEVEL: 'warn', TRUST_PROXY: '1' };
    const api = await startApi({ mongodbUri: mongod.uri, dataDir, host: '127.0.0.1', port: await freePort(), env });
    stops.push(api.stop);
    console.log(`\nothers' send to ack, ${WRITERS} of them, ${ROUNDS} rounds of ${ROUND_MS / 1_000} s by turns`);
    console.log('flood        calm p50, p99 ms   flooded p50, p99 ms   ratio of p99');
    let worst = 0;
    for (const kind of kinds) {
      // New ones for each kind: a login's token lasts 15 minutes.
      const writers = await Promise.all(Array.from({ length: WRITERS }, (_, index) => writer(api.url, index + 1)));
      const { accessToken: token } = await login(api.url, FLOODER, 99);
      await roundOf(writers); // warm
      /** @type {number[]} */
      const calm = [];
      /** @type {number[]} */
      const flooded = [];
      for (let round = 0; round < ROUNDS; round++) {
        calm.push(...(await roundOf(writers)));
        flooded.push(...(await floodedRoundOf(writers, kind, api.url, token)));
        await delay(1_000);
      }
      const ratio = quantile(flooded, 0.99) / quantile(calm, 0.99);
      worst = Math.max(worst, ratio);
      const figures = [calm, flooded].flatMap((waits) => [quantile(waits, 0.5), quantile(waits, 0.99)]);
      const columns = [...figures.map((figure) => figure.toFixed(1).padStart(10)), ratio.toFixed(2).padStart(8)];
      console.log(`${kind.padEnd(12)} ${columns.join('')}`);
      for (const { socket } of writers) socket.disconnect();
    }
    console.log(`worst ratio ${worst.toFixed(2)}, goal ${GOAL}`);
  } finally {
    for (const stop of stops.reverse()) await stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** @typedef {{ socket: import('socket.io-client').Socket, chatId: string }} Writer */

/**
 * @param {string} url
 * @param {number} index
 * @returns {Promise<Writer>}
 */
async function writer(url, index) {
  const { accessToken } = await login(url, `student${index}@example.com`, index);
  const headers = { authorization: `Bearer ${accessToken}` };
  /** @type {any} */
  const chats = await (await fetch(`${url}/api/users/chats`, { headers })).json();
  const open = chats.items.find((/** @type {{ access: string }} */ { access }) => access === 'active');
  const socket = io(url, { transports: ['websocket'], forceNew: true, auth: { token: accessToken } });
  await new Promise((resolve, reject) => socket.once('connect', () => resolve(0)).once('connect_error', reject));
  return { socket, chatId: open.id };
}

/**
 * @param {string} url
 * @param {string} email
 * @param {number} place where the person is, as the proxy says
 * @returns {Promise<any>}
 */
async function login(url, email, place) {
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.51.100.${place}` },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  return response.json();
}

/**
 * A round while one person floods.
 * @param {Writer[]} writers
 * @param {string} kind
 * @param {string} url
 * @param {string} token
 */
async function floodedRoundOf(writers, kind, url, token) {
  const flooder = fileURLToPath(new URL('./flooder.mjs', import.meta.url));
  const child = spawn(process.execPath, [flooder, kind, url, token], { stdio: 'ignore' });
  if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const gone = new Promise((resolve) => child.once('close', resolve));
  await delay(500);
  try {
    return await roundOf(writers);
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
}

/**
 * The waits of a round, in milliseconds; fails when a message is not taken.
 * @param {Writer[]} writers
 */
async function roundOf(writers) {
  /** @type {number[]} */
  const waits = [];
  const end = Date.now() + ROUND_MS;
  await Promise.all(
    writers.map(async ({ socket, chatId }, index) => {
      await delay((WRITE_EVERY_MS / writers.length) * index);
      while (Date.now() < end) {
        const begin = performance.now();
        const message = { chatId, clientMessageId: randomUUID(), text: 'Still here' };
        const answer = await socket.timeout(30_000).emitWithAck('send_message', message);
        if (!answer.ok) throw new Error(`A message was refused: ${answer.error.code}`);
        const took = performance.now() - begin;
        waits.push(took);
        await delay(Math.max(0, WRITE_EVERY_MS - took));
      }
    }),
  );
  return waits;
}

/**
 * @param {number[]} waits
 * @param {number} share of them that are at most as long
 */
function quantile(waits, share) {
  const sorted = [...waits].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
