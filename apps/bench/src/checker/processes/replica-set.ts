import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { Child } from './child.ts';

const NAME = 'rs3';
const READY_MS = 60_000;
/** Short, so that a killed primary is missed soon. */
const ELECTION_TIMEOUT_MS = 4_000;

interface Member {
  readonly host: string;
  readonly child: Child;
}

/** Three mongods that stand in for each other, of one spec alone. */
export class ReplicaSet {
  readonly uri: string;
  private readonly members: readonly Member[];
  private readonly dataDir: string;

  private constructor(dataDir: string, members: readonly Member[]) {
    this.dataDir = dataDir;
    this.members = members;
    this.uri = `mongodb://${members.map(({ host }) => host).join(',')}/?replicaSet=${NAME}`;
  }

  static async start(binary: string, ports: readonly number[]): Promise<ReplicaSet> {
    const dataDir = mkdtempSync(join(tmpdir(), 'course-chat-set-'));
    process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
    const members = ports.map((port) => ({ host: `127.0.0.1:${port}`, child: launch(binary, dataDir, port) }));
    const set = new ReplicaSet(dataDir, members);
    try {
      await Promise.all(members.map(({ host }) => hello(directly(host))));
      await set.initiate();
      await hello(set.uri);
    } catch (error) {
      await set.end();
      throw error;
    }
    return set;
  }
  /**
   * The worst moment for a primary to die: the others stand still, so that what it took meanwhile is on it alone. It
   * never comes back; the others go on and elect one of themselves.
   */
  async losePrimary(aloneMs: number): Promise<void> {
    const { primary } = await hello(this.uri);
    const isPrimary = ({ host }: Member) => host === primary;
    const others = this.members.filter((member) => !isPrimary(member));
    for (const { child } of others) child.signal('SIGSTOP');
    await delay(aloneMs);
    await this.members.find(isPrimary)?.child.kill();
    for (const { child } of others) child.signal('SIGCONT');
    await hello(this.uri);
  }

  async end(): Promise<void> {
    await Promise.all(this.members.map(({ child }) => child.kill()));
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async initiate(): Promise<void> {
    const members = this.members.map(({ host }, index) => ({ _id: index, host }));
    const settings = { electionTimeoutMillis: ELECTION_TIMEOUT_MS, heartbeatIntervalMillis: 500 };
    const first = new mongoose.mongo.MongoClient(directly(members[0]?.host ?? ''));
    try {
      await first.db('admin').command({ replSetInitiate: { _id: NAME, members, settings } });
    } finally {
      await first.close();
    }
  }
}

/** What the primary says of the set, when there is one; a member addressed directly, as soon as it listens. */
async function hello(uri: string): Promise<{ primary?: string }> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: READY_MS });
  try {
    return await client.db('admin').command({ hello: 1 });
  } finally {
    await client.close();
  }
}

function directly(host: string): string {
  return `mongodb://${host}/?directConnection=true`;
}

function launch(binary: string, dataDir: string, port: number): Child {
  const dbPath = join(dataDir, String(port));
  mkdirSync(dbPath);
  const options = ['--replSet', NAME, '--dbpath', dbPath, '--port', String(port), '--bind_ip', '127.0.0.1'];
  const small = ['--nounixsocket', '--quiet', '--wiredTigerCacheSizeGB', '0.25'];
  return new Child(binary, [...options, ...small], process.env, () => {});
}
