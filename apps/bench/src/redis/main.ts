import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Child } from '../checker/processes/child.ts';
import { freePorts } from '../checker/processes/free-ports.ts';
import { RedisServer } from '../checker/processes/redis.ts';
import { spreadOf } from '../measure/statistics.ts';
import { cpuSeconds } from '../processes/process-times.ts';
import { ADAPTERS, type AdapterName } from './adapters.ts';
import { PairLoad } from './pair-load.ts';

/** Compares the ways in which two nodes can hear each other: `npm run bench:redis -- --rounds=3 --seconds=4`. */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
});
const MEASURE_MS = Number(values.seconds) * 1_000;
const DEPTH = 4;
const OPEN_PER_SECOND = 500;
const RESTART_PER_SECOND = 200;
/** Redis is ended after a part of the measurement and is away this long. */
const REDIS_AWAY_MS = 1_000;
const START_TRIES = 200;

type Figures = Record<string, number>;
const found = new Map<AdapterName, Figures[]>(ADAPTERS.map((name) => [name, []]));
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const adapter of ADAPTERS) {
    const figures = await measure(adapter);
    found.get(adapter)?.push(figures);
    print(`round ${round} ${adapter}: ${JSON.stringify(figures)}`);
  }
}
print(tableOf(found));

async function measure(adapter: AdapterName): Promise<Figures> {
  const base = await freePorts(3);
  const redis = await RedisServer.start(base);
  const nodes = [base + 1, base + 2].map((port) => startNode(adapter, port, redis.url));
  try {
    const urls = [base + 1, base + 2].map((port) => `http://127.0.0.1:${port}`) as [string, string];
    for (const url of urls) await untilUp(url);
    const load = await PairLoad.connect(urls);
    await load.closed(DEPTH, 1_000);

    const cpuOf = () => [nodes.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0), cpuSeconds(redis.pid)] as const;
    const before = cpuOf();
    const closed = await load.closed(DEPTH, MEASURE_MS);
    const after = cpuOf();
    const open = await load.open(OPEN_PER_SECOND, MEASURE_MS);
    const restarted = load.open(RESTART_PER_SECOND, MEASURE_MS + 2 * REDIS_AWAY_MS + 2_000);
    await delay(1_000);
    const isBack = redis.restart(REDIS_AWAY_MS);
    const restart = await restarted;
    await isBack;
    load.end();
    return {
      'heard on the other node a second': closed.therePerSecond,
      'ms of processor per 1,000 messages, both nodes': ((after[0] - before[0]) * 1e6) / closed.there,
      'the same, Redis': ((after[1] - before[1]) * 1e6) / closed.there,
      'not heard on the other node 1.5 s after the last was sent': closed.sent - closed.there + open.sent - open.there,
      'p50 to the own node at 500/s, ms': open.hereP50 / 1_000,
      'p50 to the other node at 500/s, ms': open.thereP50 / 1_000,
      'p99 to the other node at 500/s, ms': open.thereP99 / 1_000,
      'Redis away for 1 s at 200/s: not acknowledged': restart.sent - restart.acked,
      'the same: not heard on the own node': restart.sent - restart.here,
      'the same: longest until heard on the own node, ms': restart.hereMax / 1_000,
      'the same: not heard on the other node': restart.sent - restart.there,
      'the same: the last one not heard there, ms after the start (Redis ends at 1,000)': restart.deafUntil,
    };
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
    await redis.end();
  }
}

function startNode(adapter: AdapterName, port: number, redisUrl: string): Child {
  const env = { ...process.env, ADAPTER: adapter, PORT: String(port), REDIS_URL: redisUrl };
  const file = join(import.meta.dirname, 'node.ts');
  return new Child(process.execPath, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', file], env, (how) =>
    print(`a node with ${adapter} ${how}`),
  );
}

async function untilUp(url: string): Promise<void> {
  for (let tries = 0; tries < START_TRIES; tries++) {
    if ((await fetch(url).catch(() => null))?.ok) return;
    await delay(50);
  }
  throw new Error(`${url} does not answer`);
}

/** A row for each figure: the median of all rounds, and from where to where they went. */
function tableOf(all: ReadonlyMap<AdapterName, readonly Figures[]>): string {
  const names = Object.keys([...all.values()][0]?.[0] ?? {});
  const cell = (adapter: AdapterName, name: string) => {
    const spread = spreadOf((all.get(adapter) ?? []).map((figures) => figures[name] ?? NaN));
    const [middle, from, to] = [spread.middle, spread.low, spread.high].map((value) =>
      value.toFixed(value < 20 ? 1 : 0),
    );
    return `${middle} (${from} to ${to})`;
  };
  return [
    `| | ${ADAPTERS.join(' | ')} |`,
    `|---|${ADAPTERS.map(() => '---|').join('')}`,
    ...names.map((name) => `| ${name} | ${ADAPTERS.map((adapter) => cell(adapter, name)).join(' | ')} |`),
  ].join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
