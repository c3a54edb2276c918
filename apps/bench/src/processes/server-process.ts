import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { residentBytes } from './process-times.ts';

/** The launcher of `npm start`, which knows how the server is started. It is no library, so it is loaded by its file. */
type Launcher = typeof import('../../../../tools/launcher/api.mjs');

/** The four servers, in the order they take turns. */
export const SERVER_NAMES = ['product', 'raw', 'raw-grouped', 'naive'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

const ROOT = join(import.meta.dirname, '../../../..');
const PRODUCT = join(ROOT, 'dist/apps/api/main.js');
const PEERS = join(ROOT, 'apps/bench/src/peers');
const LAUNCHER = join(ROOT, 'tools/launcher/api.mjs');
const PROBE = join(ROOT, 'apps/bench/src/processes/probe.mjs');
// The first start on a database with ten million messages builds their indexes.
const START_TIMEOUT_MS = 1_800_000;
const STOP_TIMEOUT_MS = 30_000;
/** No limit may be what is measured. */
const RATE_LIMIT_SCALE = '100000';

export interface ServerOptions {
  readonly name: ServerName;
  readonly mongodbUri: string;
  readonly jwtSecret: string;
  /** Where its output goes. */
  readonly logDir: string;
  readonly port?: number;
  /** What to run instead of the server of this name. */
  readonly program?: string;
  /** Writes a processor profile there when it stops. */
  readonly profileDir?: string;
}

/** Bytes of a process. */
export interface Memory {
  /** Resident, with the pages that the engine keeps empty for the next burst of garbage: up to 130 MB, whatever the load. */
  readonly held: number;
  /** Resident once it has given those back to the system. */
  readonly resident: number;
  /** Live on the heap. */
  readonly heap: number;
}

/** A server under test: a process of its own. */
export class ServerProcess {
  readonly name: ServerName;
  readonly url: string;
  private readonly child: ChildProcess;

  private constructor(name: ServerName, url: string, child: ChildProcess) {
    this.name = name;
    this.url = url;
    this.child = child;
  }

  /** @throws Error when the product is not built or the server does not answer in time */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const isProduct = options.name === 'product';
    if (isProduct && !existsSync(PRODUCT)) throw new Error('The product is not built: run `npx nx build api` first.');
    const port = options.port ?? (await freePort());
    const profile = options.profileDir ? ['--cpu-prof', '--cpu-prof-dir', options.profileDir] : [];
    const { SERVER_NODE_OPTIONS } = (await import(LAUNCHER)) as Launcher;
    const log = createWriteStream(join(options.logDir, `${options.name}.log`), { flags: 'a' });
    const child = spawn(
      process.execPath,
      [
        ...SERVER_NODE_OPTIONS,
        ...['--expose-gc', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--import', PROBE, ...profile],
        options.program ?? (isProduct ? PRODUCT : join(PEERS, `${options.name}.ts`)),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: {
          ...process.env,
          NODE_ENV: 'production',
          LOG_LEVEL: 'warn',
          HOST: '127.0.0.1',
          PORT: String(port),
          MONGODB_URI: options.mongodbUri,
          JWT_SECRET: options.jwtSecret,
          RATE_LIMIT_SCALE,
          DEMO: 'false',
          REDIS_URL: '',
          PUBLIC_ORIGINS: '',
        },
      },
    );
    child.stdout?.pipe(log);
    child.stderr?.pipe(log);
    const server = new ServerProcess(options.name, `http://127.0.0.1:${port}`, child);
    try {
      await server.untilReady(isProduct ? '/api/health/ready' : '/');
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.name} did not start`);
    return this.child.pid;
  }

  /** What the process takes after a garbage collection. */
  async memory(): Promise<Memory> {
    await this.ask('collect');
    const held = residentBytes(this.pid);
    const { heapUsed, external } = await this.ask('give back');
    return { held, resident: residentBytes(this.pid), heap: heapUsed + external };
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }

  private async ask(what: 'collect' | 'give back'): Promise<NodeJS.MemoryUsage> {
    const answered = new Promise<{ memory: NodeJS.MemoryUsage }>((resolve) => this.child.once('message', resolve));
    this.child.send(what);
    return (await answered).memory;
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async untilReady(path: string): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      if (this.hasEnded) throw new Error(`${this.name} ended while it started; see its log`);
      const answer = await fetch(this.url + path).catch(() => null);
      if (answer?.ok) return;
      if (Date.now() > deadline)
        throw new Error(`${this.name} did not answer within ${START_TIMEOUT_MS / 1000} s; see its log`);
      await delay(50);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
