// Runs on a bare Node 20 before anything is installed: nothing but Node's own modules may be imported here.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.course-chat-lock');
const OLDEST_TO_START = 20;
const NODE = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * Makes sure that the packages are installed and that this process runs the Node they are made for. Returns true in the
 * process that should go on; the other one has become a shell around it.
 * @param {string} script The file to run again under the right Node, as a file: URL.
 * @returns {Promise<boolean>}
 */
export async function prepare(script) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_TO_START) {
    fail(
      `This needs Node ${OLDEST_TO_START} or newer to begin with; this is ${process.version}.`,
      'install it from nodejs.org.',
    );
  }
  install();
  process.chdir(ROOT);
  process.env.PATH = `${join(MODULES, '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  process.env.NX_DAEMON ??= 'false';
  if (process.version === installedVersion()) return true;
  await runAgain(fileURLToPath(script));
  return false;
}

function install() {
  const lockfile = join(ROOT, 'package-lock.json');
  const wanted = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  if (isFresh(lockfile, wanted)) return;
  console.log('Installing the packages of package-lock.json (once, a minute or two) ...');
  const options = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', ['ci', ...options], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: undefined },
  });
  if (error) fail(`npm could not be started (${error.message}).`, 'install Node with npm.');
  if (status !== 0) {
    fail(
      'npm could not install the packages (its own words are above).',
      'check the network and the free disk space, then start again.',
    );
  }
  writeFileSync(STAMP, wanted);
}

/**
 * Whether what is installed is what the lockfile asks for: by our own stamp, or because npm wrote its own after the
 * lockfile (somebody ran npm install).
 * @param {string} lockfile
 * @param {string} wanted
 */
function isFresh(lockfile, wanted) {
  if (!existsSync(NODE)) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === wanted) return true;
  const marker = join(MODULES, '.package-lock.json');
  if (!existsSync(marker) || statSync(marker).mtimeMs < statSync(lockfile).mtimeMs) return false;
  writeFileSync(STAMP, wanted);
  return true;
}

function installedVersion() {
  return `v${JSON.parse(readFileSync(join(MODULES, 'node', 'package.json'), 'utf8')).version}`;
}

/**
 * npm ends its shell on SIGTERM, and the shell tells nobody: whoever was started by npm watches its parent instead.
 * @param {() => void} stop
 */
export function whenAbandoned(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 1_000);
  watch.unref();
}

/** @param {string} script */
async function runAgain(script) {
  const child = spawn(NODE, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal signals the whole group, a supervisor only us: pass on, and let the child decide when it is done.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  whenAbandoned(() => child.kill('SIGTERM'));
  await new Promise((resolve) => {
    child.on('error', (error) =>
      fail(`${NODE} could not be started (${error.message}).`, 'remove node_modules and start again.'),
    );
    child.on('close', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
      resolve(undefined);
    });
  });
}

/**
 * @param {string} message
 * @param {string} remedy
 * @returns {never}
 */
function fail(message, remedy) {
  console.error(`\n${message}\n  What to do: ${remedy}`);
  process.exit(1);
}
