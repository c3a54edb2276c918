import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertPortFree } from './api.mjs';
import { Problem } from './problem.mjs';
import { end, guard, isPortFree } from './processes.mjs';

/** Where the Angular development server listens. */
export const DEV_PORT = 4200;

const SERVE_TIMEOUT_MS = 120_000;

/**
 * Rebuilds the api on change (Node restarts it then) and serves the portal with live reload; api calls and the socket are
 * passed on. Returns the address to open.
 * @param {{ log: (line: string) => void, stops: (() => Promise<void>)[], port: number }} options
 */
export async function startDevelopment({ log, stops, port }) {
  await assertPortFree(DEV_PORT, '127.0.0.1');
  const target = `http://127.0.0.1:${port}`;
  const proxy = resolve('tmp', 'proxy.conf.json');
  mkdirSync('tmp', { recursive: true });
  writeFileSync(proxy, JSON.stringify({ '/api': { target, xfwd: true }, '/socket.io': { target, ws: true } }));

  log('Watching the api, and building the portal for development ...');
  watch(stops, ['build', 'api', '--watch']);
  const served = watch(stops, ['serve', 'portal', '--port', String(DEV_PORT), '--proxy-config', proxy]);
  const deadline = Date.now() + SERVE_TIMEOUT_MS;
  while (await isPortFree(DEV_PORT)) {
    if (served.exitCode !== null || Date.now() > deadline) {
      throw new Problem('The development server of the portal did not start.', 'look at what it says above.');
    }
    await sleep(250);
  }
  return `http://localhost:${DEV_PORT}`;
}

/**
 * @param {(() => Promise<void>)[]} stops
 * @param {string[]} args
 */
function watch(stops, args) {
  const child = spawn(process.execPath, [join('node_modules', 'nx', 'dist', 'bin', 'nx.js'), ...args], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  });
  const pid = /** @type {number} */ (child.pid);
  const callOffGuard = guard(pid);
  stops.push(async () => {
    await end(pid, 10_000);
    callOffGuard();
  });
  return child;
}
