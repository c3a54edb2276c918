import { join } from 'node:path';
import { playNaive } from './naive/naive-run.ts';
import { readOptions, type Options } from './options.ts';
import { Database } from './processes/database.ts';
import { freePorts } from './processes/free-ports.ts';
import { RedisServer } from './processes/redis.ts';
import { report, summary, tally } from './report.ts';
import { Run } from './run.ts';

const ROOT = join(import.meta.dirname, '../../../..');
/** Seeds of one call are apart, so that `--seed` of a later run is easy to tell from its neighbours. */
const SEED_STEP = 7_919;

/** Ports of one checker, one after the other: see `Options.basePort`. */
const PORTS_USED = 10;

const print = (line: string) => void process.stdout.write(`${line}\n`);

async function main(options: Options): Promise<number> {
  const command = `--seconds=${options.seconds} --nodes=${options.nodes}${options.redis ? ' --redis' : ''}${options.naive ? ' --naive' : ''}`;
  print(`history checker: --seed=${options.seed} --runs=${options.runs} ${command}`);
  const database = await Database.start(ROOT, options.basePort + 8);
  const failed: number[] = [];
  const totals: Record<string, number> = {};
  try {
    for (let index = 0; index < options.runs; index++) {
      const seed = (options.seed + index * SEED_STEP) % 2 ** 31;
      if (!(await playOne(options, seed, database, totals))) failed.push(seed);
    }
  } finally {
    await database.end();
  }
  const counts = ['acked', 'resent', 'changed', 'closed', 'kill', 'term', 'stop', 'mongod', 'redis', 'cut', 'line'].map(
    (name) => `${name} ${totals[name] ?? 0}`,
  );
  print(`${options.runs - failed.length} of ${options.runs} runs without a violation: ${counts.join(', ')}`);
  for (const seed of failed) print(`replay with --runs=1 --seed=${seed} ${command}`);
  return failed.length === 0 ? 0 : 1;
}

/** @returns whether no law was broken */
async function playOne(
  options: Options,
  seed: number,
  database: Database,
  totals: Record<string, number>,
): Promise<boolean> {
  const begun = performance.now();
  if (options.naive) {
    const { history, truth, violations } = await playNaive(ROOT, database, seed, options.seconds, options.basePort);
    print(summary(seed, history, violations, (performance.now() - begun) / 1000));
    print(`  ${tally(violations)}`);
    if (options.verbose) print(report(history, truth, violations, []));
    addUp(totals, history.counts);
    return violations.length === 0;
  }
  const redis = options.redis ? await RedisServer.start(options.basePort + 9) : null;
  try {
    const { history, truth, violations, complaints } = await new Run(ROOT, options, seed, database, redis).play();
    print(summary(seed, history, violations, (performance.now() - begun) / 1000));
    if (violations.length > 0 || options.verbose) print(report(history, truth, violations, complaints));
    else for (const { text } of history.faults) if (text.startsWith('not yet quiet')) print(`  ${text.slice(0, 300)}`);
    addUp(totals, history.counts);
    return violations.length === 0;
  } catch (error) {
    print(`seed ${seed} | THE RUN ITSELF FAILED | ${error instanceof Error ? error.stack : String(error)}`);
    return false;
  } finally {
    await redis?.end();
  }
}

function addUp(totals: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + value;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const asked = readOptions(process.argv.slice(2));
// At once: Node 24 was seen to wait without end in its own cleaning up of handles, after the last run was over.
process.exit(await main({ ...asked, basePort: asked.basePort || (await freePorts(PORTS_USED)) }));
