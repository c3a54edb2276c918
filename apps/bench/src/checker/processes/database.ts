import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';

type Launcher = typeof import('../../../../../tools/launcher/mongod.mjs');
type Running = Awaited<ReturnType<Launcher['startMongod']>>;

/** A mongod of this run alone, which may be stopped, killed and made to step down; its data outlives all of it. */
export class Database {
  /** Whether nobody is doing anything to it. */
  isWell = true;
  private readonly binary: string;
  private readonly dataDir: string;
  private readonly launcher: Launcher;
  private running: Running;

  private constructor(launcher: Launcher, binary: string, dataDir: string, running: Running) {
    this.launcher = launcher;
    this.binary = binary;
    this.dataDir = dataDir;
    this.running = running;
  }

  static async start(root: string, port: number): Promise<Database> {
    const launcher = (await import(join(root, 'tools/launcher/mongod.mjs'))) as Launcher;
    const dataDir = mkdtempSync(join(tmpdir(), 'course-chat-checker-'));
    // Its data is worth nothing after this process, and a stopped mongod would not hear anything gentler.
    process.once('exit', () => endAtOnce(dataDir));
    const source = await launcher.findMongod({
      dataDir,
      log: (line: string) => void process.stderr.write(`${line}\n`),
      env: { ...process.env, MONGODB_URI: '' },
    });
    if (!('binary' in source)) throw new Error('The checker needs a mongod of its own');
    const running = await launcher.startMongod({ binary: source.binary, dataDir, port, cacheGb: 0.25 });
    return new Database(launcher, source.binary, dataDir, running);
  }

  uri(database: string): string {
    return `mongodb://127.0.0.1:${this.running.port}/${database}?replicaSet=rs0`;
  }

  async pause(ms: number): Promise<void> {
    await this.unwell(async () => {
      process.kill(this.pid, 'SIGSTOP');
      await delay(ms);
      process.kill(this.pid, 'SIGCONT');
    });
  }

  /** As a power cut would, and started again. */
  async crash(downMs: number): Promise<void> {
    await this.unwell(async () => {
      process.kill(this.pid, 'SIGKILL');
      await delay(downMs);
      const { port } = this.running;
      await this.running.stop();
      this.running = await this.launcher.startMongod({
        binary: this.binary,
        dataDir: this.dataDir,
        port,
        cacheGb: 0.25,
      });
    });
  }

  /** Gives up being primary for a second or more; nobody else can take over. */
  async stepDown(seconds: number): Promise<void> {
    await this.unwell(async () => {
      const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${this.running.port}/?directConnection=true`);
      try {
        await client.db('admin').command({ replSetStepDown: seconds, secondaryCatchUpPeriodSecs: 0, force: true });
        for (let tries = 0; tries < 200; tries++) {
          if ((await client.db('admin').command({ hello: 1 }))['isWritablePrimary'] === true) return;
          await delay(50);
        }
      } finally {
        await client.close();
      }
    });
  }

  async end(): Promise<void> {
    await this.running.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private get pid(): number {
    return Number(JSON.parse(readFileSync(join(this.dataDir, 'mongod.lock.json'), 'utf8')).mongod);
  }

  private async unwell(work: () => Promise<void>): Promise<void> {
    this.isWell = false;
    try {
      await work();
    } finally {
      // Drivers need a moment to find it again; what fails within it is still the fault's doing.
      setTimeout(() => (this.isWell = true), 3_000).unref();
    }
  }
}

function endAtOnce(dataDir: string): void {
  try {
    process.kill(Number(JSON.parse(readFileSync(join(dataDir, 'mongod.lock.json'), 'utf8')).mongod), 'SIGKILL');
  } catch {
    // It was ended in good order.
  }
  rmSync(dataDir, { recursive: true, force: true });
}
