import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from './problem.mjs';
import { end, guard, isPortFree } from './processes.mjs';

const READY_TIMEOUT_MS = 60_000;
/** The api drains for up to 20 s; more before it counts as stuck. */
const DRAIN_TIMEOUT_MS = 30_000;

/**
 * What the server's Node is started with. Its young generation has 16 MB a half from the start, as much as the engine would
 * ever give it: one of a few MB is collected so often that what lives for a second is taken for old, and each
 * collection of the old holds up messages. With 200 messages a second that was their 99th percentile.
 */
export const SERVER_NODE_OPTIONS = ['--min-semi-space-size=16'];

/**
 * An api that answers: its address, a promise that settles when it ends by itself, and how to stop it.
 * @typedef {{ url: string, log: string, ended: Promise<number | null>, stop: () => Promise<void> }} RunningApi
 */

/**
 * Starts the built api (it serves the portal too) and waits until it is ready for requests. Its log goes to a file.
 * @param {{ mongodbUri: string, dataDir: string, host: string, port: number, env?: NodeJS.ProcessEnv, nodeOptions?: string[],
 *   entry?: string, readyTimeoutMs?: number }} options
 * @returns {Promise<RunningApi>}
 */
export async function startApi(options) {
  const { mongodbUri, dataDir, host, port, nodeOptions = [], entry = join('dist', 'apps', 'api', 'main.js') } = options;
  await assertPortFree(port, host);
  const log = freshLog(dataDir);
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, [...SERVER_NODE_OPTIONS, ...nodeOptions, entry], {
    // A group of its own: Ctrl+C must not end the database and the api at the same moment.
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      PUBLIC_ORIGINS: [...new Set([originOf(host, port), `http://127.0.0.1:${port}`])].join(','),
      ...options.env,
      HOST: host,
      PORT: String(port),
      DATA_DIR: dataDir,
      MONGODB_URI: mongodbUri,
      JWT_SECRET: jwtSecret(dataDir),
    },
  });
  closeSync(output);
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    child.on('close', (code) => resolve(code));
    child.on('error', () => resolve(127));
  });
  const pid = /** @type {number} */ (child.pid);
  const callOffGuard = guard(pid);
  const stop = async () => {
    await end(pid, DRAIN_TIMEOUT_MS);
    callOffGuard();
  };
  const url = originOf(host, port);
  try {
    await untilReady(url, ended, log, options.readyTimeoutMs ?? READY_TIMEOUT_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, log, ended, stop };
}

/**
 * The address people use for an api on this host and port.
 * @param {string} host
 * @param {number} port
 */
export function originOf(host, port) {
  return `http://${['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host}:${port}`;
}

/**
 * @param {number} port
 * @param {string} host
 */
export async function assertPortFree(port, host) {
  if (await isPortFree(port, host)) return;
  throw new Problem(
    `Port ${port} on ${host} is taken.`,
    `stop what listens there (is Course Chat running already?), or choose another: PORT=${port + 1} npm start`,
  );
}

/** @param {string} dataDir */
function freshLog(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const log = join(dataDir, 'api.log');
  try {
    renameSync(log, join(dataDir, 'api.previous.log'));
  } catch {
    // the first start
  }
  return log;
}

/**
 * The secret that signs the tokens: given, or made once and kept, so that a restart logs nobody out.
 * @param {string} dataDir
 */
function jwtSecret(dataDir) {
  if (process.env.JWT_SECRET) return process.env.JWT_SECRET;
  const file = join(dataDir, 'jwt-secret');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const secret = randomBytes(48).toString('base64url');
    writeFileSync(file, `${secret}\n`, { mode: 0o600 });
    return secret;
  }
}

/**
 * @param {string} url
 * @param {Promise<number | null>} ended
 * @param {string} log
 * @param {number} timeoutMs
 */
async function untilReady(url, ended, log, timeoutMs) {
  /** @type {{ code: number | null } | undefined} */
  let gone;
  void ended.then((code) => (gone = { code }));
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (gone)
      throw new Problem(
        `The api ended while it started (code ${gone.code}):\n${tail(log)}`,
        `mend what it says; the whole log is ${log}.`,
      );
    if (Date.now() > deadline) {
      throw new Problem(`The api was not ready within ${timeoutMs / 1000} s:\n${tail(log)}`, `look at ${log}.`);
    }
    try {
      const { ok } = await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(2_000) });
      if (ok) return;
    } catch {
      // not listening yet
    }
    await sleep(100);
  }
}

/** @param {string} log */
function tail(log) {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-15).join('\n');
}
