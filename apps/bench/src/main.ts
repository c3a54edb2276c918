import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { OPEN_LOOP_ASIDE, readOptions, type Scenario } from './options.ts';
import { describeMachine } from './report/machine.ts';
import { pageOf } from './report/page.ts';
import { isProductGood, type Results } from './report/results.ts';
import { BenchContext, say } from './scenarios/bench-context.ts';
import { memory, type MemoryRound } from './scenarios/memory.ts';
import { reads, type ReadResult } from './scenarios/reads.ts';
import { reconnect, type ReconnectRound } from './scenarios/reconnect.ts';
import { sendRounds, type SendRound } from './scenarios/send-rounds.ts';

const ROOT = join(import.meta.dirname, '../../..');
const OPEN_LOOP_PER_SECOND = 200;
/** At 200/s a p99 needs more rounds than a rate. */
const OPEN_LOOP_FACTOR = 5;
/** Uncounted rounds: at 200/s a server takes a while until it is warm. */
const OPEN_LOOP_WARMUP_ROUNDS = 2;

const options = readOptions(process.argv.slice(2));
const started = new Date();
const context = await BenchContext.open(options);
let isClosing: Promise<void> | undefined;
const close = () => (isClosing ??= context.close());
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().finally(() => process.exit(130)));

try {
  const results = await measureAll();
  const folder = join(ROOT, 'dist/bench');
  mkdirSync(folder, { recursive: true });
  const name = results.startedAt.replace(/[:.]/g, '-');
  const page = pageOf(results);
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(folder, `${name}.md`), page);
  if (options.page) writeFileSync(join(ROOT, 'docs/benchmarks.md'), page);
  say(`\n${page}\nAll rounds: ${relative(process.cwd(), join(folder, `${name}.json`))}`);
  for (const { scenario, reason } of results.broken) {
    say(`Broken: ${scenario}: ${reason}`);
    process.exitCode = 1;
  }
  if (!isProductGood(results)) {
    say('The product lost, doubled or misplaced messages: this run failed.');
    process.exitCode = 1;
  }
} catch (error) {
  // What fails because everything is being ended has nothing to say.
  if (!isClosing) throw error;
} finally {
  await close();
}

async function measureAll(): Promise<Results> {
  const wants = (scenario: Scenario) => options.scenarios.includes(scenario);
  const results = {
    startedAt: started.toISOString(),
    command: commandOf(process.argv.slice(2)),
    machine: describeMachine(context.mongodVersion),
    measureSeconds: options.measureMs / 1000,
    throughput: [] as { depth: number; rounds: SendRound[] }[],
    latency: [] as SendRound[],
    reads: [] as ReadResult[],
    reconnect: [] as ReconnectRound[],
    reconnecting: { clients: options.reconnecting, missed: options.missed },
    memory: [] as MemoryRound[],
    broken: [] as { scenario: string; reason: string }[],
    minutes: 0,
  };
  /** A scenario that breaks is told of; what the others found stays. */
  const attempt = async (scenario: string, run: () => Promise<void>) => {
    try {
      await run();
    } catch (error) {
      if (isClosing) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      results.broken.push({ scenario, reason });
      say(`  BROKEN ${reason}`);
      await context.endServers();
    }
  };
  // First, while the database's disk has nothing else to do: it goes on writing for a while after a heavy load.
  if (wants('latency')) {
    say(`Latency at ${OPEN_LOOP_PER_SECOND}/s`);
    await attempt('latency', async () => {
      const servers = await context.startAll('latency');
      const rounds = await sendRounds(context, 'latency', servers, {
        ...options,
        rounds: OPEN_LOOP_WARMUP_ROUNDS + options.rounds * OPEN_LOOP_FACTOR,
        staysConnected: true,
        paceOf: (round) => ({ open: OPEN_LOOP_PER_SECOND, seed: round + 1 }),
        hasTurn: (server, round) => ['product', 'raw'].includes(server) || round % OPEN_LOOP_ASIDE === 0,
      });
      results.latency = rounds.filter(({ round }) => round >= OPEN_LOOP_WARMUP_ROUNDS);
      await context.stopAll('latency', servers);
    });
  }
  if (wants('throughput')) {
    await attempt('throughput', async () => {
      const servers = await context.startAll('throughput');
      for (const closed of options.depths) {
        say(`Durable messages a second, ${closed} under way per member`);
        const rounds = await sendRounds(context, 'throughput', servers, {
          ...options,
          staysConnected: false,
          paceOf: () => ({ closed }),
        });
        results.throughput.push({ depth: closed, rounds });
      }
      await context.stopAll('throughput', servers);
    });
  }
  if (wants('reads')) {
    say('Reading');
    await attempt('reads', async () => void (results.reads = await reads(context)));
  }
  if (wants('reconnect')) {
    say('Coming back at once');
    await attempt('reconnect', async () => void (results.reconnect = await reconnect(context)));
  }
  if (wants('memory')) {
    say('Memory of idle connections');
    await attempt('memory', async () => void (results.memory = await memory(context)));
  }
  results.minutes = (Date.now() - started.getTime()) / 60_000;
  return results;
}

/** How to do the same again. */
function commandOf(args: readonly string[]): string {
  const own = args.filter((arg) => !['--full', '--page'].includes(arg) && !arg.startsWith('--scratch'));
  return [options.isFull ? 'npm run bench:full' : 'npm run bench', ...(own.length > 0 ? ['--', ...own] : [])].join(' ');
}
