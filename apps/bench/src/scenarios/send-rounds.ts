import { setTimeout as delay } from 'node:timers/promises';
import { addFaults, hasFaults, noFaults, type DeliveryFaults } from '../measure/delivery-ledger.ts';
import { Histogram, type SerializedHistogram } from '../measure/histogram.ts';
import { cpuSeconds, machineSeconds } from '../processes/process-times.ts';
import type { ServerName, ServerProcess } from '../processes/server-process.ts';
import type { LoadChat, SendJob } from '../load/jobs.ts';
import { databaseOf, say, type BenchContext } from './bench-context.ts';

/** A generator that is this busy may be what is measured. */
const BUSY_LOOP = 0.9;
const PAUSE_MS = 400;

interface CpuUse {
  readonly seconds: number;
  readonly server: number;
  readonly mongod: number;
  readonly generators: number;
  readonly others: number;
}

interface Latency {
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly times: SerializedHistogram;
}

/** One server's turn. */
export interface SendRound {
  readonly server: ServerName;
  /** Counted from 0. */
  readonly round: number;
  readonly perSecond: number;
  readonly ack: Latency;
  readonly deliver: Latency;
  readonly faults: DeliveryFaults;
  /** Messages that the database holds beyond or short of those acknowledged. */
  readonly storedDifference: number;
  /** Processors in use during the turn, connecting included, by each part and by whatever else ran on the machine. */
  readonly cpu: CpuUse;
  /** Microseconds of processor time a message took: what a busy neighbour disturbs least. */
  readonly cost: { readonly server: number; readonly mongod: number };
  /** Commands to the database for a thousand messages, by name. */
  readonly commands: Readonly<Record<string, number>>;
  readonly generator: {
    readonly cpu: number;
    readonly loop: number;
    readonly lagP99: number;
    readonly isBottleneck: boolean;
  };
  readonly isGood: boolean;
}

/** What the turns of a scenario are like. */
interface Turns {
  readonly rounds: number;
  readonly warmupMs: number;
  readonly measureMs: number;
  readonly staysConnected: boolean;
  readonly paceOf: (round: number) => SendJob['pace'];
  /** Whether a server takes its turn in a round; all do otherwise. */
  readonly hasTurn?: (server: ServerName, round: number) => boolean;
}

/**
 * Runs `rounds` turns of every server, one after the other, so that each meets the same weather, and there and back, so that
 * none always has what the same other left behind: a database still writes for a while after a turn is over.
 */
export async function sendRounds(
  context: BenchContext,
  scenario: string,
  servers: readonly ServerProcess[],
  turns: Turns,
): Promise<SendRound[]> {
  const results: SendRound[] = [];
  for (let round = 0; round < turns.rounds; round++) {
    for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
      if (turns.hasTurn && !turns.hasTurn(server.name, round)) continue;
      const result = await turn(context, scenario, server, turns, round);
      results.push(result);
      say(lineOf(result));
      await delay(PAUSE_MS);
    }
  }
  return results;
}

async function turn(
  context: BenchContext,
  scenario: string,
  server: ServerProcess,
  { warmupMs, measureMs, staysConnected, paceOf }: Turns,
  round: number,
): Promise<SendRound> {
  const pace = paceOf(round);
  const messages = context.db(databaseOf(scenario, server.name)).collection('messages');
  const storedBefore = await messages.countDocuments();
  const key = context.nextRound();
  const shares = sharesOf(context);
  const commandsBefore = await commandCounts(context);
  const before = snapshot(context, server);
  const results = await Promise.all(
    context.generators.map((generator, index) =>
      generator.run({
        kind: 'send',
        url: server.url,
        chats: shares[index] ?? [],
        round: key,
        warmupMs,
        measureMs,
        staysConnected,
        pace: shareOf(pace, context.generators.length, index),
      }),
    ),
  );
  const cpu = difference(before, snapshot(context, server));
  const commandsAfter = await commandCounts(context);
  const [ack, deliver] = [new Histogram(), new Histogram()];
  for (const result of results) {
    ack.merge(result.ack);
    deliver.merge(result.deliver);
  }
  const faults = results.map((result) => result.faults).reduce(addFaults, noFaults());
  const stored = (await messages.countDocuments()) - storedBefore;
  const ackedInAll = results.reduce((sum, result) => sum + result.ackedInAll, 0);
  const storedDifference = stored - ackedInAll;
  const costOf = (share: number) => (share * cpu.seconds * 1e6) / ackedInAll;
  const busiest = results.map((result) => result.generator).reduce((a, b) => (a.loop > b.loop ? a : b));
  return {
    server: server.name,
    round,
    perSecond: results.reduce((sum, result) => sum + (result.acked * 1000) / result.measuredMs, 0),
    ack: latencyOf(ack),
    deliver: latencyOf(deliver),
    faults,
    storedDifference,
    cpu,
    cost: { server: costOf(cpu.server), mongod: costOf(cpu.mongod) },
    commands: perThousand(commandsBefore, commandsAfter, ackedInAll),
    generator: { ...busiest, isBottleneck: busiest.loop > BUSY_LOOP },
    isGood: !hasFaults(faults) && storedDifference === 0,
  };
}

const COMMANDS = ['insert', 'update', 'find', 'aggregate', 'findAndModify', 'getMore', 'bulkWrite'] as const;

/** How often each command was run on the database server so far. */
async function commandCounts(context: BenchContext): Promise<Record<string, number>> {
  const status = await context.db('admin').command({ serverStatus: 1 });
  const commands = (status['metrics'] as { commands: Record<string, { total?: unknown }> }).commands;
  return Object.fromEntries(COMMANDS.map((name) => [name, Number(commands[name]?.total ?? 0)]));
}

function perThousand(
  before: Record<string, number>,
  after: Record<string, number>,
  messages: number,
): Record<string, number> {
  const entries = Object.entries(after).map(
    ([name, count]) => [name, ((count - (before[name] ?? 0)) * 1000) / messages] as const,
  );
  return Object.fromEntries(entries.filter(([, count]) => count >= 1));
}

/** The chats of each generator: all chats of a tutor with the same one, which then sees all that its clients get. */
function sharesOf(context: BenchContext): LoadChat[][] {
  const tutors = [...new Set(context.world.talking.map(({ tutor }) => tutor.id))];
  return context.generators.map((_, index) =>
    context.world.talking.filter(({ tutor }) => tutors.indexOf(tutor.id) % context.generators.length === index),
  );
}

function shareOf(pace: SendJob['pace'], parts: number, index: number): SendJob['pace'] {
  return 'closed' in pace ? pace : { open: pace.open / parts, seed: pace.seed * parts + index };
}

function latencyOf(histogram: Histogram): Latency {
  return {
    p50: histogram.percentile(0.5) / 1000,
    p99: histogram.percentile(0.99) / 1000,
    times: histogram.serialize(),
  };
}

function snapshot(context: BenchContext, server: ServerProcess) {
  return {
    at: performance.now() / 1000,
    server: cpuSeconds(server.pid),
    mongod: context.mongodSeconds(),
    generators: context.generators.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0),
    all: machineSeconds().busy,
  };
}

function difference(before: ReturnType<typeof snapshot>, after: ReturnType<typeof snapshot>): CpuUse {
  const seconds = after.at - before.at;
  const server = (after.server - before.server) / seconds;
  const mongod = (after.mongod - before.mongod) / seconds;
  const generators = (after.generators - before.generators) / seconds;
  return {
    seconds,
    server,
    mongod,
    generators,
    others: Math.max(0, (after.all - before.all) / seconds - server - mongod - generators),
  };
}

function lineOf({
  server,
  round,
  perSecond,
  ack,
  deliver,
  faults,
  storedDifference,
  cpu,
  cost,
  generator,
  isGood,
}: SendRound): string {
  const parts = [
    `  ${round + 1} ${server.padEnd(11)} ${perSecond.toFixed(0).padStart(6)}/s`,
    `ack p50 ${ack.p50.toFixed(2)} p99 ${ack.p99.toFixed(2)}  deliver p50 ${deliver.p50.toFixed(2)} p99 ${deliver.p99.toFixed(2)} ms`,
    `cpu server ${cpu.server.toFixed(2)} mongod ${cpu.mongod.toFixed(2)} load ${cpu.generators.toFixed(2)} others ${cpu.others.toFixed(2)}`,
    `a message: server ${cost.server.toFixed(0)} mongod ${cost.mongod.toFixed(0)} us`,
    `loop ${generator.loop.toFixed(2)}${generator.isBottleneck ? ' GENERATOR IS THE BOTTLENECK' : ''}`,
  ];
  return `${parts.join('  ')}${isGood ? '' : `  FAILED ${JSON.stringify({ ...faults, storedDifference })}`}`;
}
