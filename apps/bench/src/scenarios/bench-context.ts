import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type mongo } from 'mongoose';
import { cpuSeconds } from '../processes/process-times.ts';
import { LoadProcess } from '../processes/load-process.ts';
import { ServerProcess, type ServerName } from '../processes/server-process.ts';
import { makeWorld, seedPeer, seedProduct, type World } from '../seed/world.ts';
import type { Options } from '../options.ts';

/** The launcher of `npm start`, which knows where a mongod comes from. It is no library, so it is loaded by its file. */
type Launcher = typeof import('../../../../tools/launcher/mongod.mjs');
type RunningMongod = Awaited<ReturnType<Launcher['startMongod']>>;
const LAUNCHER = join(import.meta.dirname, '../../../../tools/launcher/mongod.mjs');

/** Memory that mongod may use for its cache: the same for every server, and more than the data of any scenario. */
const CACHE_GB = 2;
/** Load generators; a chat belongs to one of them with all of its members. */
const LOAD_PROCESSES = 2;

/** One database server, one world, the load generators: what every scenario works with. */
export class BenchContext {
  readonly jwtSecret = randomBytes(32).toString('hex');
  readonly options: Options;
  readonly world: World;
  readonly directory: string;
  readonly mongodVersion: string;
  readonly generators: readonly LoadProcess[];
  private readonly mongod: RunningMongod;
  private readonly client: mongo.MongoClient;
  private readonly servers = new Set<ServerProcess>();
  private rounds = 0;

  private constructor(options: Options, directory: string, mongod: RunningMongod, client: mongo.MongoClient) {
    this.options = options;
    this.directory = directory;
    this.mongod = mongod;
    this.mongodVersion = mongod.version;
    this.client = client;
    this.world = makeWorld(this.jwtSecret, options.crowd);
    this.generators = Array.from({ length: LOAD_PROCESSES }, () => new LoadProcess());
  }

  static async open(options: Options): Promise<BenchContext> {
    mkdirSync(options.scratch ?? tmpdir(), { recursive: true });
    const directory = mkdtempSync(join(options.scratch ?? tmpdir(), 'course-chat-bench-'));
    const { findMongod, startMongod } = (await import(LAUNCHER)) as Launcher;
    const source = await findMongod({ dataDir: directory, log: say, env: { ...process.env, MONGODB_URI: '' } });
    if (!('binary' in source)) throw new Error('The benchmark starts a mongod of its own');
    const mongod = await startMongod({ binary: source.binary, dataDir: directory, cacheGb: CACHE_GB });
    const client = await new mongoose.mongo.MongoClient(mongod.uri).connect();
    return new BenchContext(options, directory, mongod, client);
  }

  db(name: string): mongo.Db {
    return this.client.db(name);
  }

  uriOf(database: string): string {
    return this.mongod.uri.replace('/course-chat?', `/${database}?`);
  }

  /** Starts a server on a database of this name. */
  async start(name: ServerName, database: string): Promise<ServerProcess> {
    const { profileDir } = this.options;
    const server = await ServerProcess.start({
      name,
      mongodbUri: this.uriOf(database),
      jwtSecret: this.jwtSecret,
      logDir: this.directory,
      ...(profileDir && { profileDir: join(profileDir, name) }),
    });
    this.servers.add(server);
    return server;
  }

  async stop(server: ServerProcess): Promise<void> {
    await server.stop();
    this.servers.delete(server);
  }

  /** Starts the named servers, each on a database of its own with the same people and chats. */
  async startAll(scenario: string, names: readonly ServerName[] = this.options.servers): Promise<ServerProcess[]> {
    const servers: ServerProcess[] = [];
    for (const name of names) {
      const db = this.db(databaseOf(scenario, name));
      const pairs = [...this.world.talking, ...this.world.crowd];
      await (name === 'product' ? seedProduct(db, pairs) : seedPeer(db, pairs));
      servers.push(await this.start(name, db.databaseName));
    }
    return servers;
  }

  async stopAll(scenario: string, servers: readonly ServerProcess[]): Promise<void> {
    await this.disconnect();
    for (const server of servers) {
      await this.stop(server);
      await this.db(databaseOf(scenario, server.name)).dropDatabase();
    }
  }

  /** Closes the connections that the generators left open. */
  async disconnect(): Promise<void> {
    await Promise.all(this.generators.map((generator) => generator.run({ kind: 'disconnect' })));
  }

  /** Ends whatever a broken scenario left running. */
  async endServers(): Promise<void> {
    await this.disconnect();
    await Promise.all([...this.servers].map((server) => this.stop(server)));
  }

  /** A number for the messages of one round that no other round has: 8 hex digits. */
  nextRound(): string {
    this.rounds += 1;
    return this.rounds.toString(16).padStart(8, '0');
  }

  /** Processor seconds used so far by the database. */
  mongodSeconds(): number {
    return cpuSeconds(this.mongodPid());
  }

  /** Ends every process that was started here and removes its data. */
  async close(): Promise<void> {
    await Promise.all([...this.servers].map((server) => server.stop()));
    await Promise.all(this.generators.map((generator) => generator.stop()));
    await this.client.close();
    await this.mongod.stop();
    if (!this.options.keep) rmSync(this.directory, { recursive: true, force: true });
  }

  private mongodPid(): number {
    const lock = JSON.parse(readFileSync(join(this.directory, 'mongod.lock.json'), 'utf8')) as { mongod?: number };
    return lock.mongod ?? 0;
  }
}

export function databaseOf(scenario: string, server: ServerName): string {
  return `bench_${scenario}_${server.replace('-', '_')}`;
}

/** A line for whoever watches. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
