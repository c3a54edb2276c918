import { join } from 'node:path';
import type { Fault } from './faults/plan.ts';
import type { History } from './history.ts';
import { SHOP_SECRET } from './office.ts';
import { ApiNode } from './processes/api-node.ts';
import type { Database } from './processes/database.ts';
import type { RedisServer } from './processes/redis.ts';
import type { Random } from './random.ts';

/** No limit may be what is tested. */
const RATE_LIMIT_SCALE = '100000';
const JWT_SECRET = 'the history checker signs with this secret';

/** The server under test: its nodes, and what they stand on. */
export class Cluster {
  readonly nodes: readonly ApiNode[];
  readonly database: Database;
  private readonly redis: RedisServer | null;
  private readonly history: History;
  private readonly random: Random;
  /** One line of work for each process, so that two faults of one do not meet. */
  private readonly queues = new Map<unknown, Promise<void>>();

  constructor(
    root: string,
    options: { nodes: number; basePort: number; server: string; name: string },
    database: Database,
    redis: RedisServer | null,
    history: History,
    random: Random,
  ) {
    this.database = database;
    this.redis = redis;
    this.history = history;
    this.random = random;
    const env = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      MONGODB_URI: database.uri(options.name),
      REDIS_URL: redis?.url ?? '',
      JWT_SECRET,
      ENROLLMENT_WEBHOOK_SECRET: SHOP_SECRET,
      RATE_LIMIT_SCALE,
      DEMO: 'true',
      DEMO_TUTOR: 'false',
      LOG_LEVEL: 'warn',
      PUBLIC_ORIGINS: '',
    };
    const main = join(root, options.server);
    this.nodes = Array.from(
      { length: options.nodes },
      (_, index) =>
        new ApiNode(`api ${index + 1}`, options.basePort + index, main, env, history, () => database.isWell),
    );
  }

  /** The first node alone, since it builds indexes and demo data; then the others. */
  async start(): Promise<void> {
    for (const node of this.nodes) await node.start();
  }

  /** A node that a balancer would choose, or null. */
  anyPort = (): number | null => {
    const up = this.nodes.filter(({ url }) => url);
    return up.length > 0 ? this.random.pick(up).port : null;
  };

  anyUrl = (): string | null => {
    const port = this.anyPort();
    return port === null ? null : `http://127.0.0.1:${port}`;
  };

  stoppedBetween = (from: number, to: number): number =>
    this.nodes
      .flatMap(({ stops }) => stops)
      .reduce((sum, stop) => sum + Math.max(0, Math.min(to, stop.to) - Math.max(from, stop.from)), 0);

  /** Does something bad to a process; it is over when `settled` resolves. */
  strike(fault: Fault): void {
    const node = this.nodes[fault.which % this.nodes.length] as ApiNode;
    const downMs = Math.round(fault.ms / 3);
    switch (fault.kind) {
      case 'killApi':
        return this.line(node, 'kill', `kill -9 ${node.name}, start after ${downMs} ms`, async () => {
          await node.kill();
          await rest(downMs);
          await node.start();
        });
      case 'termApi':
        return this.line(node, 'term', `SIGTERM ${node.name}`, async () => {
          await node.terminate();
          await node.start();
        });
      case 'pauseApi':
        return this.line(node, 'stop', `stop ${node.name} for ${fault.ms} ms`, () => node.stop(fault.ms));
      case 'pauseMongod':
        return this.line(this.database, 'mongod', `stop mongod for ${fault.ms} ms`, () =>
          this.database.pause(fault.ms),
        );
      case 'killMongod':
        return this.line(this.database, 'mongod', `kill -9 mongod, start after ${downMs} ms`, () =>
          this.database.crash(downMs),
        );
      case 'stepDown':
        return this.line(this.database, 'mongod', 'mongod steps down', () =>
          this.database.stepDown(1 + (fault.which % 2)),
        );
      case 'restartRedis':
        return this.redis
          ? this.line(
              this.redis,
              'redis',
              `restart Redis after ${downMs} ms`,
              () => this.redis?.restart(downMs) ?? rest(0),
            )
          : undefined;
      case 'pauseRedis':
        return this.redis
          ? this.line(
              this.redis,
              'redis',
              `stop Redis for ${fault.ms} ms`,
              () => this.redis?.pause(fault.ms) ?? rest(0),
            )
          : undefined;
      default:
        return;
    }
  }

  async settled(): Promise<void> {
    await Promise.all(this.queues.values());
  }

  complaints(): string[] {
    return this.nodes.flatMap((node) => node.complaints());
  }

  async end(): Promise<void> {
    await this.settled();
    await Promise.all(this.nodes.map((node) => node.kill()));
  }

  private line(subject: unknown, name: string, text: string, work: () => Promise<void>): void {
    const before = this.queues.get(subject) ?? Promise.resolve();
    const done = before.then(async () => {
      this.history.count(name);
      this.history.fault(text);
      await work();
      this.history.fault(`over: ${text}`);
    });
    this.queues.set(
      subject,
      done.catch((error: unknown) => this.history.fault(`failed: ${text}: ${String(error)}`)),
    );
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
