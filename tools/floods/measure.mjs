import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { startApi } from '../launcher/api.mjs';
import { buildIfNeeded } from '../launcher/build.mjs';
import { findMongod, startMongod } from '../launcher/mongod.mjs';
import { freePort } from '../launcher/processes.mjs';

const KINDS = ['commands', 'packets', 'pings', 'connections', 'calls', 'searches', 'bodies', 'logins'];
const PASSWORD = 'course-chat-demo';
/** Students who go on writing; the last of the demo is the one who floods. */
const WRITERS = 12;
const FLOODER = 'student20@example.com';
/** Each writes this often: below the 60 messages a minute that ship. */
const WRITE_EVERY_MS = 1_100;
const ROUND_MS = 10_000;
/** What others may wait more than in calm, at their 99th percentile. */
const GOAL = 2;

/**
 * How much longer others wait for their messages while one person floods, with the limits as they ship: for each kind of
 * flood a calm round and a flooded one by turns, so that the machine's own mood falls on both. Prints a table.
 */
export async function measureFloods() {
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
    const writers = await Promise.all(Array.from({ length: WRITERS }, (_, index) => writer(api.url, index + 1)));
    const { accessToken: token } = await login(api.url, FLOODER, 99);
    await roundOf(writers); // warm
    console.log(`\nothers' p99 from send to ack, ${WRITERS} of them, ${ROUND_MS / 1_000} s a round`);
    console.log('flood          calm ms   flood ms   ratio');
    let worst = 0;
    for (const kind of KINDS) {
      const calm = await roundOf(writers);
      const child = spawn(
        process.execPath,
        [fileURLToPath(new URL('./flooder.mjs', import.meta.url)), kind, api.url, token],
        {
          stdio: 'ignore',
        },
      );
      await delay(500);
      const flooded = await roundOf(writers);
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await gone;
      const ratio = flooded / calm;
      worst = Math.max(worst, ratio);
      console.log(
        `${kind.padEnd(12)} ${calm.toFixed(1).padStart(9)} ${flooded.toFixed(1).padStart(10)} ${ratio.toFixed(2).padStart(7)}`,
      );
      await delay(1_000);
    }
    console.log(`worst ratio ${worst.toFixed(2)}, goal ${GOAL}`);
    for (const { socket } of writers) socket.disconnect();
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
 * The 99th percentile of a round, in milliseconds; fails when a message is not taken.
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
  waits.sort((a, b) => a - b);
  return waits[Math.min(waits.length - 1, Math.floor(waits.length * 0.99))] ?? 0;
}
