import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readOptions, type Scenario } from './options.ts';
import { describeMachine } from './report/machine.ts';
import { pageOf } from './report/page.ts';
import { isProductGood, type Results } from './report/results.ts';
import { BenchContext, say } from './scenarios/bench-context.ts';
import { memory } from './scenarios/memory.ts';
import { reads } from './scenarios/reads.ts';
import { reconnect } from './scenarios/reconnect.ts';
import { sendRounds, type SendRound } from './scenarios/send-rounds.ts';

const ROOT = join(import.meta.dirname, '../../..');
const OPEN_LOOP_PER_SECOND = 200;
/** At 200/s a p99 needs more time than a rate. */
const OPEN_LOOP_FACTOR = 2;

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
  const throughput: { depth: number; rounds: SendRound[] }[] = [];
  let latency: SendRound[] = [];
  if (wants('throughput') || wants('latency')) {
    const servers = await context.startAll('send');
    for (const closed of wants('throughput') ? options.depths : []) {
      say(`Durable messages a second, ${closed} under way per member`);
      const rounds = await sendRounds(context, 'send', servers, { ...options, paceOf: () => ({ closed }) });
      throughput.push({ depth: closed, rounds });
    }
    if (wants('latency')) {
      say(`Latency at ${OPEN_LOOP_PER_SECOND}/s`);
      latency = await sendRounds(context, 'send', servers, {
        rounds: options.rounds,
        measureMs: options.measureMs * OPEN_LOOP_FACTOR,
        paceOf: (round) => ({ open: OPEN_LOOP_PER_SECOND, seed: round + 1 }),
      });
    }
    await context.stopAll('send', servers);
  }
  return {
    startedAt: started.toISOString(),
    command: commandOf(process.argv.slice(2)),
    machine: describeMachine(context.mongodVersion),
    measureSeconds: options.measureMs / 1000,
    throughput,
    latency,
    reads: wants('reads') ? (say('Reading'), await reads(context)) : [],
    reconnect: wants('reconnect') ? (say('Coming back at once'), await reconnect(context)) : [],
    reconnecting: { clients: options.reconnecting, missed: options.missed },
    memory: wants('memory') ? (say('Memory of idle connections'), await memory(context)) : [],
    minutes: (Date.now() - started.getTime()) / 60_000,
  };
}

/** How to do the same again. */
function commandOf(args: readonly string[]): string {
  const own = args.filter((arg) => !['--full', '--page'].includes(arg) && !arg.startsWith('--scratch'));
  return [options.isFull ? 'npm run bench:full' : 'npm run bench', ...(own.length > 0 ? ['--', ...own] : [])].join(' ');
}
