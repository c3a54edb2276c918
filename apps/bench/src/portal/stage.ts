import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import mongoose, { type mongo } from 'mongoose';
import { ServerProcess } from '../processes/server-process.ts';
import { seedHistory } from '../seed/history.ts';
import { chatRecord, idOf, makeWorld, seedProduct, type Pair } from '../seed/world.ts';

/** What is measured: the portal as it is built for users, and the same portal with a plain `@for` list in it. */
export const LISTS = ['product', 'plain @for'] as const;
export type ListName = (typeof LISTS)[number];

/** Messages in the long chat. */
export const LONG = 100_000;
/** Chats of the student, the long one included; the others are short. */
const CHATS = 30;
const SHORT = 40;
const CACHE_GB = 0.5;
const PASSWORD = 'bench-portal-password';

type Launcher = typeof import('../../../../tools/launcher/mongod.mjs');
type RunningMongod = Awaited<ReturnType<Launcher['startMongod']>>;
const ROOT = join(import.meta.dirname, '../../../..');
const LAUNCHER = join(ROOT, 'tools/launcher/mongod.mjs');
const API = join(ROOT, 'dist/apps/api');
const PLAIN = join(ROOT, 'dist/apps/plain-list');

/** One list to measure: a server that serves a portal with it, on a database of its own. */
export interface Scene {
  readonly list: ListName;
  readonly server: ServerProcess;
  /** The chat with 100,000 messages and one of the short ones, as the student's addresses. */
  readonly long: string;
  readonly short: string;
  readonly longChat: Pair;
}

/** One database server, two portals, one browser. */
export class Stage {
  readonly mongodVersion: string;
  readonly chromiumVersion: string;
  readonly scenes: readonly Scene[];
  private readonly end: () => Promise<void>;
  private readonly browser: Browser;

  private constructor(parts: {
    mongod: RunningMongod;
    browser: Browser;
    scenes: readonly Scene[];
    end: () => Promise<void>;
  }) {
    this.mongodVersion = parts.mongod.version;
    this.chromiumVersion = parts.browser.version();
    this.browser = parts.browser;
    this.scenes = parts.scenes;
    this.end = parts.end;
  }

  static async open(): Promise<Stage> {
    const directory = mkdtempSync(join(tmpdir(), 'course-chat-bench-portal-'));
    const { findMongod, startMongod } = (await import(LAUNCHER)) as Launcher;
    const log = (line: string) => void process.stderr.write(`${line}\n`);
    const source = await findMongod({ dataDir: directory, log, env: { ...process.env, MONGODB_URI: '' } });
    if (!('binary' in source)) throw new Error('The benchmark starts a mongod of its own');
    const mongod = await startMongod({ binary: source.binary, dataDir: directory, cacheGb: CACHE_GB });
    const client = await new mongoose.mongo.MongoClient(mongod.uri).connect();
    const servers: ServerProcess[] = [];
    const browser = await launch();
    const end = async () => {
      await browser.close();
      await Promise.all(servers.map((server) => server.stop()));
      await client.close();
      await mongod.stop();
      rmSync(directory, { recursive: true, force: true });
    };
    try {
      const scenes: Scene[] = [];
      for (const list of LISTS) {
        const database = `bench_${list.replace(/\W+/g, '_')}`;
        const jwtSecret = randomBytes(32).toString('hex');
        const server = await ServerProcess.start({
          name: 'product',
          program: programOf(list),
          mongodbUri: mongod.uri.replace('/course-chat?', `/${database}?`),
          jwtSecret,
          logDir: directory,
        });
        servers.push(server);
        scenes.push(await furnish(list, server, client.db(database), jwtSecret));
      }
      return new Stage({ mongod, browser, scenes, end });
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** A browser profile of its own with the student logged in. */
  async enter({ server, list }: Scene): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      baseURL: server.url,
      viewport: { width: 1280, height: 800 },
      serviceWorkers: 'block',
    });
    const login = await context.request.post('/api/auth/login', { data: { email: emailOf(list), password: PASSWORD } });
    if (!login.ok()) throw new Error(`The login answered ${login.status()}`);
    return context;
  }

  close(): Promise<void> {
    return this.end();
  }
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_BINARY'] ?? '/usr/bin/chromium',
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  });
}

/** The api serves the portal that lies beside it, so that the plain one gets an api beside it. */
function programOf(list: ListName): string {
  const portal = list === 'product' ? join(ROOT, 'dist/apps/portal') : join(PLAIN, 'portal');
  if (!existsSync(join(API, 'main.js')) || !existsSync(join(portal, 'browser/index.html')))
    throw new Error('Not built: run `npm run bench:portal`, which builds what it needs.');
  if (list === 'product') return join(API, 'main.js');
  mkdirSync(PLAIN, { recursive: true });
  cpSync(API, join(PLAIN, 'api'), { recursive: true });
  return join(PLAIN, 'api/main.js');
}

function emailOf(list: ListName): string {
  return `student-${LISTS.indexOf(list)}@bench.example`;
}

/** A student who registered, and their chats as if they had been written one message after the other. */
async function furnish(list: ListName, server: ServerProcess, db: mongo.Db, jwtSecret: string): Promise<Scene> {
  const answer = await fetch(`${server.url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Bea Bench', email: emailOf(list), password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`Registering answered ${answer.status}: ${await answer.text()}`);
  const { accessToken, user } = (await answer.json()) as { accessToken: string; user: { id: string } };
  const world = makeWorld(jwtSecret, 0).talking;
  await seedProduct(db, world);
  const everyTutor = [...new Map(world.map((pair) => [pair.courseId, pair])).values()];
  const pairs = Array.from({ length: CHATS }, (_, index): Pair => {
    const { courseId, tutor } = everyTutor[index % everyTutor.length] as Pair; // 20 of them
    const student = { id: user.id, sessionId: '', role: 'student' as const, token: accessToken };
    return { chatId: idOf('chat', 1_000 + index), courseId, student, tutor };
  }).slice(0, everyTutor.length);
  const now = new Date();
  const oid = (id: string) => new mongoose.mongo.ObjectId(id);
  await db.collection('enrollments').insertMany(
    pairs.map(({ student, courseId }) => ({
      ...{ studentId: oid(student.id), courseId: oid(courseId) },
      ...{ status: 'active', purchasedAt: now, changedAt: now },
    })),
  );
  await db.collection('chats').insertMany(pairs.map((pair) => chatRecord(pair, now)));
  await seedHistory(db, pairs, (index) => (index === 0 ? LONG : SHORT), textOf);
  const [long, short] = pairs as [Pair, Pair];
  return { list, server, longChat: long, long: `/chats/${long.chatId}`, short: `/chats/${short.chatId}` };
}

const WORDS =
  'why does the second step follow from first one when we have not shown that it holds for all of them'.split(' ');

/** As long and as short as what people write, the same in every run: from a word to a dozen lines. */
function textOf(seq: number): string {
  const length = seq % 11 === 0 ? 120 : seq % 5 === 0 ? 40 : 1 + ((seq * 7) % 17);
  const words = Array.from({ length }, (_, place) => WORDS[(seq * 3 + place * 5) % WORDS.length]);
  const text = words.join(' ');
  return `#${seq} ${seq % 13 === 0 ? text.replaceAll(' of ', ' of\n') : text}`;
}
