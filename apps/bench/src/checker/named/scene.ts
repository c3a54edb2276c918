import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventName, User } from '@course-chat/contracts';
import { Device, type Person } from '../device/device.ts';
import { ChatRest, Rest } from '../device/rest.ts';
import { History, type SendRecord, type Violation } from '../history.ts';
import { checkLaws } from '../laws/index.ts';
import { ApiNode } from '../processes/api-node.ts';
import { freePorts } from '../processes/free-ports.ts';
import { RedisServer } from '../processes/redis.ts';
import { untilQuiet } from '../quiet.ts';
import { Random } from '../random.ts';
import { TruthReader } from '../truth.ts';

const ROOT = process.cwd();
/** Another build may be tried, to see that the specs notice what is wrong with it. */
const SERVER = process.env['CHECKED_SERVER'] ?? 'dist/apps/api/main.js';
const PASSWORD = 'course-chat-demo';
const PORTS_USED = 6;

/** The built server on one node or more, and people of the demo with devices on nodes of their choice. */
export class Scene {
  readonly nodes: readonly ApiNode[];
  readonly redis: RedisServer | null;
  readonly history: History;
  readonly devices: Device[] = [];
  private before: ReadonlySet<string> = new Set();
  private readonly random = new Random(randomBytes(4).readUInt32BE());
  private readonly reader: TruthReader;

  private constructor(nodes: readonly ApiNode[], redis: RedisServer | null, history: History, uri: string) {
    this.nodes = nodes;
    this.redis = redis;
    this.history = history;
    this.reader = new TruthReader(uri);
  }

  static async start(
    options: { nodes?: number; redis?: boolean; mongodbUri?: string; env?: Record<string, string> } = {},
  ): Promise<Scene> {
    const main = join(ROOT, SERVER);
    if (!existsSync(main)) throw new Error('Build the server first: npx nx build api');
    const base = await freePorts(PORTS_USED);
    const redis = options.redis ? await RedisServer.start(base + PORTS_USED - 1) : null;
    const history = new History();
    const uri = databaseOf(options.mongodbUri ?? process.env['TEST_MONGODB_URI'] ?? '');
    const env = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      MONGODB_URI: uri,
      REDIS_URL: redis?.url ?? '',
      JWT_SECRET: 'the named faults sign with this secret',
      RATE_LIMIT_SCALE: '100000',
      DEMO: 'true',
      DEMO_TUTOR: 'false',
      LOG_LEVEL: 'warn',
      PUBLIC_ORIGINS: '',
      ...options.env,
    };
    const nodes = Array.from(
      { length: options.nodes ?? 1 },
      (_, index) => new ApiNode(`api ${index + 1}`, base + index, main, env, history, () => true),
    );
    const scene = new Scene(nodes, redis, history, uri);
    try {
      // The first alone, since it builds indexes and demo data.
      for (const node of nodes) await node.start();
      scene.before = await scene.reader.messageIds();
      return scene;
    } catch (error) {
      await scene.end();
      throw error;
    }
  }

  node(index: number): ApiNode {
    const node = this.nodes[index];
    if (!node) throw new RangeError(`There is no node ${index}`);
    return node;
  }

  /** Somebody of the demo, logged in. */
  async person(account: string): Promise<Person & { readonly user: User; readonly rest: Rest }> {
    const rest = new Rest(() => this.nodes.find(({ url }) => url)?.url ?? null);
    const { user, accessToken } = await rest.login(`${account}@example.com`, PASSWORD);
    const chats = new ChatRest(rest, user.role === 'tutor' ? 'tutors' : 'users');
    return { userId: user.id, name: account, token: accessToken, chats, user, rest };
  }

  /** A device that connects to the node of `port()`; null is nowhere. It comes back by itself. */
  async device(person: Person, port: () => number | null = () => this.node(0).port): Promise<Device> {
    const id = `${person.name}/${this.devices.filter((device) => device.person === person).length + 1}`;
    const around = {
      history: this.history,
      stoppedBetween: (from: number, to: number) =>
        this.nodes
          .flatMap(({ stops }) => stops)
          .reduce((sum, stop) => sum + Math.max(0, Math.min(to, stop.to) - Math.max(from, stop.from)), 0),
    };
    const device = await Device.make(id, person, this.random.fork(id), around, port);
    this.devices.push(device);
    device.switchOn();
    return device;
  }

  /** Puts messages into a device's outbox, which tries each under one id until it is stored. */
  send(device: Device, chatIds: readonly string[]): SendRecord[] {
    return chatIds.map((chatId, index) => {
      const record: SendRecord = {
        deviceId: device.id,
        userId: device.person.userId,
        chatId,
        clientMessageId: device.random.uuid(),
        text: `${device.id} line ${index}`,
        inTurn: device.outbox.inTurn,
        tries: 0,
        outcome: 'open',
      };
      this.history.sends.push(record);
      device.outbox.add(record);
      return record;
    });
  }

  /** What this device heard of one event, about whom and when. */
  heard(device: Device, name: EventName): { aboutUserId: string | null; at: number }[] {
    return this.history.heard.filter((event) => event.by === device.id && event.name === name);
  }

  /** Waits until every device is connected and has had its first look. */
  async settled(): Promise<void> {
    await eventually(() => {
      const restless = this.devices.filter(({ isSettled }) => !isSettled);
      if (restless.length > 0) throw new Error(restless.map(({ id, why }) => `${id}: ${why}`).join('; '));
    });
  }

  /** Waits until every device shows what is stored. @returns what broke a law since the start */
  async judge(): Promise<Violation[]> {
    const { devices, reader, before, history } = this;
    await untilQuiet({ devices, reader, before, history }, { withTotals: false });
    history.devices.push(...devices.map((device) => ({ ...device.atEnd(), unreadTotal: null })));
    return checkLaws(history, await reader.read(before));
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.devices.map((device) => device.end()));
    await Promise.all(this.nodes.map((node) => node.kill()));
    await this.redis?.end();
    await this.reader.dropAndClose();
  }
}

/** Tries until it does not throw or the time is over; then throws what it threw last. */
export async function eventually<T>(attempt: () => T | Promise<T>, withinMs = 30_000): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() >= end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Ends what came to be; a start that failed half-way must not leave processes behind that keep the specs from ending. */
export async function endAll(...started: ({ end(): Promise<void> } | undefined)[]): Promise<void> {
  for (const one of started)
    await one?.end().catch((error: unknown) => void process.stderr.write(`${String(error)}\n`));
}

/** A database of its own on a server or on several, whose addresses `URL` would not read. */
function databaseOf(server: string): string {
  return server.replace('/?', `/named_${randomBytes(6).toString('hex')}?`);
}
