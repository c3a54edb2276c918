import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { versionOf } from './mongod-binary.mjs';
import { Problem } from './problem.mjs';
import { end, freePort, guard, isAlive, isPortFree } from './processes.mjs';

export { findMongod } from './mongod-binary.mjs';

const { MongoClient } = mongoose.mongo;

const SET = 'rs0';
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 20_000;

/**
 * A database that runs: its address, and how to stop it.
 * @typedef {{ uri: string, port: number, version: string, stop: () => Promise<void> }} RunningMongod
 */

/**
 * Starts mongod as a replica set of one that listens on this machine only, and waits until it takes writes. The data stays
 * in `dataDir` and so does the port, since the replica set's own configuration names it.
 * @param {{ binary: string, dataDir: string, port?: number, cacheGb?: number }} options
 * @returns {Promise<RunningMongod>}
 */
export async function startMongod({ binary, dataDir, port, cacheGb = 0.5 }) {
  const dbPath = join(dataDir, 'mongo');
  try {
    mkdirSync(dbPath, { recursive: true });
  } catch (error) {
    throw new Problem(`The data folder ${dataDir} cannot be written.`, 'set DATA_DIR to a folder of yours.', error);
  }
  const version = (await versionOf(binary)) ?? 'unknown';
  const lock = await takeLock(join(dataDir, 'mongod.lock.json'), dataDir);
  try {
    const chosen = await choosePort(dataDir, port);
    const child = launch(binary, dataDir, dbPath, chosen, cacheGb);
    lock.write({ launcher: process.pid, mongod: child.pid });
    const callOffGuard = guard(/** @type {number} */ (child.pid));
    const stop = async () => {
      await end(/** @type {number} */ (child.pid), STOP_TIMEOUT_MS);
      callOffGuard();
      lock.release();
    };
    try {
      await becomePrimary(child, chosen, dataDir);
    } catch (error) {
      await stop();
      throw error;
    }
    writeFileSync(join(dataDir, 'mongod.json'), `${JSON.stringify({ port: chosen, binary, version }, null, 2)}\n`);
    return { uri: `mongodb://127.0.0.1:${chosen}/course-chat?replicaSet=${SET}`, port: chosen, version, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * @param {string} binary
 * @param {string} dataDir
 * @param {string} dbPath
 * @param {number} port
 * @param {number} cacheGb
 */
function launch(binary, dataDir, dbPath, port, cacheGb) {
  const log = join(dataDir, 'mongod.log');
  try {
    renameSync(log, join(dataDir, 'mongod.previous.log'));
  } catch {
    // the first start
  }
  const settings = {
    // Shut down at once: nobody else in this set could take over meanwhile.
    shutdownTimeoutMillisForSignaledShutdown: 100,
    diagnosticDataCollectionEnabled: false,
  };
  const child = spawn(
    binary,
    [
      ...['--replSet', SET, '--dbpath', dbPath, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'],
      ...['--logpath', log, '--quiet', '--wiredTigerCacheSizeGB', String(cacheGb)],
      ...Object.entries(settings).flatMap(([name, value]) => ['--setParameter', `${name}=${value}`]),
    ],
    // A group of its own: Ctrl+C in the terminal must reach the api first, and mongod only when the api is done.
    { detached: true, stdio: 'ignore' },
  );
  child.on('error', () => {}); // seen as an exit without a code by becomePrimary()
  return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} port
 * @param {string} dataDir
 */
async function becomePrimary(child, port, dataDir) {
  const host = `127.0.0.1:${port}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  /** @type {unknown} */
  let lastError;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) throw whyItEnded(dataDir);
    if (Date.now() > deadline) {
      const log = join(dataDir, 'mongod.log');
      throw new Problem(`mongod took no writes within ${START_TIMEOUT_MS / 1000} s.`, `look at ${log}.`, lastError);
    }
    // A client that failed once stays closed, so every attempt has its own.
    const client = new MongoClient(`mongodb://${host}/?directConnection=true`, { serverSelectionTimeoutMS: 500 });
    try {
      if (await isPrimary(client, host)) return;
    } catch (error) {
      lastError = error; // not listening yet, or between two states
    } finally {
      await client.close();
    }
    await sleep(25);
  }
}

/**
 * Whether this mongod takes writes under the address we gave it; introduces it to itself when it does not know that yet.
 * @param {import('mongoose').mongo.MongoClient} client
 * @param {string} host
 */
async function isPrimary(client, host) {
  const admin = client.db('admin');
  const hello = await admin.command({ hello: 1 });
  if (hello.setName === undefined) await configure(admin, client, host);
  return hello.isWritablePrimary === true && hello.me === host;
}

/**
 * @param {import('mongoose').mongo.Db} admin
 * @param {import('mongoose').mongo.MongoClient} client
 * @param {string} host
 */
async function configure(admin, client, host) {
  const stored = await client
    .db('local')
    .collection('system.replset')
    .findOne({}, { readPreference: 'primaryPreferred' });
  const members = [{ _id: 0, host }];
  if (!stored) {
    await admin.command({ replSetInitiate: { _id: SET, members } });
    return;
  }
  // The port changed since the last start; the set knows itself by the old one and has to be told.
  await admin.command({
    replSetReconfig: { ...stored, version: Number(stored.version) + 1, members },
    force: true,
  });
}

/** @param {string} dataDir */
function whyItEnded(dataDir) {
  const log = join(dataDir, 'mongod.log');
  let text;
  try {
    text = readFileSync(log, 'utf8');
  } catch {
    return new Problem('mongod could not be started.', 'check MONGOD_BINARY.');
  }
  if (/No space left|disk ?full/i.test(text)) {
    return new Problem('The disk is full.', 'free at least 1 GB, or set DATA_DIR to another disk.');
  }
  if (/DBPathInUse|already in use/i.test(text)) {
    return new Problem(`Another mongod uses ${dataDir}.`, 'stop it, or set DATA_DIR to another folder.');
  }
  if (/Address already in use/i.test(text)) {
    return new Problem('The database port was taken while mongod started.', 'start again.');
  }
  if (
    /UPGRADE PROBLEM|IncompatibleFeatureCompatibilityVersion|Wrong mongod version|unsupported WiredTiger file version/i.test(
      text,
    )
  ) {
    return new Problem(
      `The data in ${dataDir} was written by another version of MongoDB.`,
      'set MONGOD_BINARY to that version, or move the folder away to start fresh.',
    );
  }
  if (/Permission denied/i.test(text)) {
    return new Problem(`mongod may not write ${dataDir}.`, 'set DATA_DIR to a folder of yours.');
  }
  const last = text
    .split('\n')
    .filter((line) => /"s":"[FE]"/.test(line))
    .at(-1);
  return new Problem(`mongod ended while it started${last ? `: ${last.slice(0, 300)}` : '.'}`, `look at ${log}.`);
}

/**
 * @param {string} dataDir
 * @param {number | undefined} asked
 */
async function choosePort(dataDir, asked) {
  if (asked !== undefined) {
    if (await isPortFree(asked)) return asked;
    throw new Problem(`Port ${asked} for the database is taken.`, 'free it, or leave the choice to the launcher.');
  }
  try {
    const kept = Number(JSON.parse(readFileSync(join(dataDir, 'mongod.json'), 'utf8')).port);
    if (Number.isInteger(kept) && kept > 0 && (await isPortFree(kept))) return kept;
  } catch {
    // the first start
  }
  return freePort();
}

/**
 * One mongod per data folder. A lock whose launcher is gone is taken over, and what that launcher left running is ended.
 * @param {string} file
 * @param {string} dataDir
 */
async function takeLock(file, dataDir) {
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, JSON.stringify({ launcher: process.pid }));
      closeSync(handle);
      return {
        /** @param {{ launcher: number, mongod: number | undefined }} owner */
        write: (owner) => writeFileSync(file, JSON.stringify(owner)),
        release: () => rmSync(file, { force: true }),
      };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST' || attempt > 5) {
        throw new Problem(`The data folder ${dataDir} cannot be locked.`, 'set DATA_DIR to a folder of yours.', error);
      }
    }
    const owner = readOwner(file);
    if (owner.launcher && isAlive(owner.launcher)) {
      throw new Problem(
        `The data folder ${dataDir} is in use by a running start (process ${owner.launcher}).`,
        'stop that one first (Ctrl+C), or set DATA_DIR to another folder.',
      );
    }
    if (owner.mongod && isMongod(owner.mongod)) await end(owner.mongod, STOP_TIMEOUT_MS);
    rmSync(file, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {{ launcher?: number, mongod?: number }}
 */
function readOwner(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * Whether the process is a mongod: its id may belong to somebody else by now.
 * @param {number} pid
 */
function isMongod(pid) {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('mongod');
  } catch {
    return false;
  }
}
