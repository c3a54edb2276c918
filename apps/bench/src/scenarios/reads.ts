import type { Chat, MessagePage } from '@course-chat/contracts';
import type { mongo } from 'mongoose';
import { connect, createClient, dataOf, type Client } from '../load/clients.ts';
import { HttpClient } from '../load/http-client.ts';
import { Histogram } from '../measure/histogram.ts';
import { seededRandom } from '../measure/seeded-random.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import { seedLongHistory } from '../seed/long-history.ts';
import { seedProduct, type Pair } from '../seed/world.ts';
import { say, type BenchContext } from './bench-context.ts';

/** Chats of the tutor who reads. One of them holds half of all messages. */
const CHATS = 50;
const CALLS_IN_A_ROW = 10;
/** Each size has a server of its own, and each is to be warm. */
const WARMUP_BLOCKS = 30;

/** What reading one thing cost in a database of one size. */
export interface ReadResult {
  readonly what: string;
  readonly messages: number;
  readonly calls: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Documents the database looked at and handed out, for one call. */
  readonly examined: number;
  readonly returned: number;
  readonly plans: readonly string[];
}

interface Library {
  readonly size: number;
  readonly server: ServerProcess;
  readonly db: mongo.Db;
  readonly reads: readonly Read[];
  readonly close: () => void;
}

interface Read {
  readonly what: string;
  readonly run: () => Promise<void>;
  readonly times: Histogram;
}

/** The same reads on databases of different sizes, in turns of a few calls each. */
export async function reads(context: BenchContext): Promise<ReadResult[]> {
  const libraries: Library[] = [];
  for (const size of context.options.sizes) libraries.push(await openLibrary(context, size));
  const blocks = context.options.isFull ? 300 : 150;
  for (let block = -WARMUP_BLOCKS; block < blocks; block++) {
    for (const library of libraries) {
      for (const read of library.reads) await callInARow(read, block >= 0);
    }
  }
  const results: ReadResult[] = [];
  for (const library of libraries) {
    for (const read of library.reads) results.push(await resultOf(library, read));
    library.close();
    await context.stop(library.server);
    await library.db.dropDatabase();
  }
  for (const { what, messages, p50, p99, examined, returned, plans } of results) {
    say(
      `  ${what.padEnd(24)} ${String(messages).padStart(9)}  p50 ${p50.toFixed(2)} p99 ${p99.toFixed(2)} ms  examined ${examined} returned ${returned}  ${plans.join(', ')}`,
    );
  }
  return results;
}

async function callInARow({ run, times }: Read, isMeasured: boolean): Promise<void> {
  for (let call = 0; call < CALLS_IN_A_ROW; call++) {
    const started = performance.now();
    await run();
    if (isMeasured) times.record((performance.now() - started) * 1000);
  }
}

async function openLibrary(context: BenchContext, size: number): Promise<Library> {
  const db = context.db(`bench_reads_${size}`);
  const pairs = context.world.crowd.slice(0, CHATS);
  const reader = (pairs[0] as Pair).tutor; // the crowd has more than one chat
  if (pairs.some(({ tutor }) => tutor !== reader)) throw new Error('These chats are all of one tutor');
  const big = Math.floor(size / 2);
  const rest = Math.floor((size - big) / (CHATS - 1));
  await seedProduct(db, pairs);
  const started = performance.now();
  await seedLongHistory(db, pairs, (index) => (index === 0 ? big : rest));
  say(`  ${size} messages written in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const server = await context.start('product', db.databaseName);
  const http = new HttpClient(server.url, reader.token);
  const socket = createClient(server.url, reader.token);
  await connect(socket);
  const chatId = (pairs[0] as Pair).chatId;
  return {
    size,
    server,
    db,
    reads: readsOf(
      http,
      socket,
      chatId,
      big,
      pairs.map((pair, index) => ({ chatId: pair.chatId, seq: (index === 0 ? big : rest) - 1, rev: 0 })),
    ),
    close: () => (http.close(), socket.disconnect()),
  };
}

function readsOf(
  http: HttpClient,
  socket: Client,
  chatId: string,
  last: number,
  positions: { chatId: string; seq: number; rev: number }[],
): Read[] {
  // The same places in every size, as shares of the whole.
  const random = seededRandom(7);
  const somewhere = () => 1_000 + Math.floor(random() * (last - 2_000));
  const page = (query: string) => http.get<MessagePage>(`/api/tutors/chats/${chatId}/messages?limit=50${query}`);
  const read = (what: string, run: () => Promise<void>): Read => ({ what, run, times: new Histogram() });
  return [
    read('chat list', async () => {
      const { items } = await http.get<{ items: Chat[] }>('/api/tutors/chats?limit=30');
      expectCount('chats', items.length, 30);
    }),
    read('unread total', async () => {
      const { unreadTotal } = await http.get<{ unreadTotal: number }>('/api/tutors/chats?limit=1');
      expectCount('unread messages', unreadTotal, CHATS * 5);
    }),
    read('newest page', async () => {
      const { items } = await page('');
      expectCount('messages', items.length, 50);
      expectCount('the last seq', items.at(-1)?.seq ?? 0, last);
    }),
    read('page around a message', async () => {
      const seq = somewhere();
      const { items } = await page(`&around=${seq}`);
      expectCount('messages', items.length, 50);
      if (!items.some((message) => message.seq === seq)) throw new Error(`The page around ${seq} does not hold it`);
    }),
    read('page before a message', async () => {
      const seq = somewhere();
      const { items } = await page(`&before=${seq}`);
      expectCount('messages', items.length, 50);
      expectCount('the seq before', items.at(-1)?.seq ?? 0, seq - 1);
    }),
    read(`sync of ${positions.length} chats`, async () => {
      const { chats } = dataOf(await socket.emitWithAck('sync', { cursor: null, chats: positions }));
      expectCount(
        'messages',
        chats.reduce((sum, { messages }) => sum + messages.length, 0),
        positions.length,
      );
    }),
  ];
}

// A fast wrong answer is no result.
function expectCount(what: string, found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`Expected ${what}: ${wanted}, got ${found}`);
}

interface ProfileEntry {
  readonly ns: string;
  readonly docsExamined?: number;
  readonly nreturned?: number;
  readonly planSummary?: string;
  readonly op: string;
}

/** Lets the database tell what one call made it do. */
async function resultOf({ size, db }: Library, { what, run, times }: Read): Promise<ReadResult> {
  await db.command({ profile: 2 });
  await run();
  await db.command({ profile: 0 });
  const profile = db.collection<ProfileEntry>('system.profile');
  const wanted = ['messages', 'chats'].map((name) => `${db.databaseName}.${name}`);
  const entries = await profile.find({ ns: { $in: wanted }, op: { $in: ['query', 'getmore', 'command'] } }).toArray();
  await profile.drop();
  const sum = (field: 'docsExamined' | 'nreturned') => entries.reduce((total, entry) => total + (entry[field] ?? 0), 0);
  return {
    what,
    messages: size,
    calls: times.count,
    p50: times.percentile(0.5) / 1000,
    p99: times.percentile(0.99) / 1000,
    examined: sum('docsExamined'),
    returned: sum('nreturned'),
    plans: [...new Set(entries.flatMap(plansOf))],
  };
}

/** A query with many branches names the plan of each. */
function plansOf({ ns, planSummary = '' }: ProfileEntry): string[] {
  return planSummary.split(/(?<=\}), /).map((plan) => `${ns.split('.').at(-1)} ${plan}`.trim());
}
