import {
  median,
  pooled,
  ratioOf,
  ratioOfPooled,
  spreadOf,
  spreadOfPooled,
  type Spread,
} from '../measure/statistics.ts';
import { OPEN_LOOP_ASIDE } from '../options.ts';
import { SERVER_NAMES, type Memory, type ServerName } from '../processes/server-process.ts';
import type { MemoryRound } from '../scenarios/memory.ts';
import type { ReadResult } from '../scenarios/reads.ts';
import type { SendRound } from '../scenarios/send-rounds.ts';
import { bars } from './bars.ts';
import type { Results } from './results.ts';

const PEERS = ['naive', 'raw', 'raw-grouped'] as const;
/** The goals; `atMost` for ratios that should be small. */
const GOALS = {
  throughput: { naive: 12, raw: 2.5, 'raw-grouped': 0.8 },
  p50: 1.1,
  p99: 1.3,
  memory: 1.25,
  reads: 1.3,
  examined: 1.1,
  reconnect: 1.5,
} as const;
const SHARES = { p50: 0.5, p99: 0.99 } as const;

/** The page that people read: method first, then each scenario with its ratios, spreads and goals. */
export function pageOf(results: Results): string {
  const parts = [
    head(results),
    results.throughput.map(({ depth, rounds }) => throughput(depth, rounds)).join('\n'),
    results.latency.length > 0 ? latency(results.latency) : '',
    results.reads.length > 0 ? readsOf(results.reads) : '',
    results.reconnect.length > 0 ? reconnectOf(results) : '',
    results.memory.length > 0 ? memoryOf(results.memory) : '',
    ...results.broken.map(({ scenario, reason }) => `\n**The scenario "${scenario}" broke:** ${reason}\n`),
  ];
  return `${parts.filter(Boolean).join('\n')}`;
}

function head({ startedAt, minutes, command, machine, measureSeconds }: Results): string {
  return `# Benchmarks

Made by \`${command}\` on ${startedAt.slice(0, 10)} at ${startedAt.slice(11, 16)} UTC, commit ${machine.commit}, in ${minutes.toFixed(0)} minutes. The benchmark writes this page
itself; \`npm run bench\` takes about a quarter of an hour, \`npm run bench:full\` longer (more and longer rounds, a million messages). Every round is
kept in \`dist/bench/\` as JSON. Without a MongoDB to be found by \`npm start\`, set \`MONGOD_BINARY\`.

**Machine.** ${machine.processors}, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}, MongoDB ${machine.mongod} as a replica set of one. Server, database and load share it, on
loopback.

**Method.** Only ratios mean anything, so every figure stands beside the same figure of its peers. Each server is a process of its own with a
database of its own on the same mongod, both new for each scenario. They take turns in rounds of ${measureSeconds} s, each after a warm-up (A B C D, D C B A, ...); a ratio is taken
within each round and the median over rounds is given, with the lowest and highest in brackets. The load comes from two other processes with real
Socket.IO clients over websocket. Each message carries its sender and number: a round in which one is lost, doubled, out of order or not in the
database exactly once has failed and says so. A generator whose event loop is busy more than 90 % of the time is named as the bottleneck.

The peers are in \`apps/bench/src/peers\`: **raw** is Socket.IO and one native insert a message with majority and journal, and nothing else;
**raw-grouped** does the same with what arrived meanwhile in one \`insertMany\`; **naive** is a chat as it is usually written, Express, Socket.IO and
Mongoose, a document and a counter a message. All check the same tokens, send the same bytes to both members and run with the options of Node
that \`npm start\` gives its server. The **product** is the built server as users start it, with limits raised: it also
validates, checks membership and enrolment, keeps messages idempotent, and derives unread counts and lists.
`;
}

function throughput(depth: number, rounds: readonly SendRound[]): string {
  const rate = (server: ServerName) => of(rounds, server).map((round) => round.perSecond);
  const rows = PEERS.filter((peer) => rate(peer).length > 0).map((peer) => {
    const ratio = ratioOf(rate('product'), rate(peer));
    const cost = ratioOf(serverAndDatabase(rounds, peer), serverAndDatabase(rounds, 'product'));
    return `| ${peer} | ${times(ratio)} | ${goalAtLeast(ratio, GOALS.throughput[peer])} | ${times(cost)} |`;
  });
  return `
## Durable messages a second: 100 chats, closed loop, ${depth} under way per member

\`\`\`
${bars(
  SERVER_NAMES.filter((name) => rate(name).length > 0).map((name) => ({ name, ...spreadOf(rate(name)) })),
  '/s',
  0,
)}
\`\`\`

| product against | messages a second | goal | messages for the same processor time of server and database |
|---|---|---|---|
${rows.join('\n')}

${health(rounds)}
`;
}

function latency(rounds: readonly SendRound[]): string {
  const rows = (['ack', 'deliver'] as const).flatMap((what) =>
    (['p50', 'p99'] as const).map((share) => {
      const value = (server: ServerName) => {
        const times = of(rounds, server).map((round) => round[what].times);
        return times.length > 0 ? pooled(times, SHARES[share]) : null;
      };
      const [product, raw] = [value('product'), value('raw')];
      const ratio = product && raw ? ratioOfPooled(product, raw) : { middle: NaN, low: NaN, high: NaN };
      const each = SERVER_NAMES.map(value).map((one) => (one ? range(inMilliseconds(spreadOfPooled(one)), 2) : '-'));
      return `| send -> ${what} ${share} | ${each.join(' | ')} | ${times(ratio)} | ${goalAtMost(ratio, GOALS[share])} |`;
    }),
  );
  return `
## From sending to the answer and to the other side, at 200 messages a second

Milliseconds. Messages are sent at random moments by the clock, the same moments for every server, whether the server keeps up or not. One round has too
few of the slowest to say what they are: each figure is of the messages of all rounds together, in brackets the lowest and highest of three thirds.
The peers that no goal names take part in every ${OPEN_LOOP_ASIDE}th round only.

| | ${SERVER_NAMES.join(' | ')} | product / raw | goal |
|---|${SERVER_NAMES.map(() => '---|').join('')}---|---|
${rows.join('\n')}

${health(rounds)}
`;
}

function readsOf(reads: readonly ReadResult[]): string {
  const sizes = [...new Set(reads.map(({ messages }) => messages))].sort((a, b) => a - b);
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  const rows = [...new Set(reads.map(({ what }) => what))].map((what) => {
    const at = (size: number | undefined) => reads.find((read) => read.what === what && read.messages === size);
    const [small, large] = [at(smallest), at(largest)];
    if (!small || !large) return '';
    const ratio = large.p99 / small.p99;
    const looked = large.returned > 0 ? large.examined / large.returned : large.examined;
    const figures = sizes.map((size) => `${at(size)?.p50.toFixed(2)} / ${at(size)?.p99.toFixed(2)}`);
    return `| ${what} | ${figures.join(' | ')} | ${ratio.toFixed(2)} ${verdict(ratio <= GOALS.reads)} | ${large.examined} / ${large.returned} ${verdict(looked <= GOALS.examined)} |`;
  });
  return `
## Reading, in databases of ${sizes.map(count).join(', ')} messages

Milliseconds, p50 / p99 of ${reads[0]?.calls} calls each, the sizes in turns. A tutor has 50 chats, one of which holds half of all messages; pages are 50 messages
at random places. Goals: p99 at the largest at most ${GOALS.reads} x the smallest; documents examined at most ${GOALS.examined} x those returned.

| | ${sizes.map(count).join(' | ')} | p99 largest / smallest | examined / returned at ${count(largest ?? 0)} |
|---|${sizes.map(() => '---|').join('')}---|---|
${rows.join('\n')}

Every call's answer is checked. What the database examined comes from its own profiler, after the timing. Ten million
messages were read once by hand: [benchmarks-10m.md](benchmarks-10m.md).
`;
}

function reconnectOf({ reconnect, reconnecting }: Results): string {
  const values = (pick: (round: (typeof reconnect)[number]) => number) => reconnect.map(pick);
  const caughtUp = values((round) => round.caughtUpMs);
  const ratio = ratioOf(
    caughtUp,
    values((round) => round.rawConnectedMs),
  );
  const good = reconnect.every((round) => round.isGood);
  return `
## ${count(reconnecting.clients)} clients come back at once, each with ${reconnecting.missed} messages missed

Milliseconds until the last client was done.

\`\`\`
${bars(
  [
    { name: 'product, caught up', ...spreadOf(caughtUp) },
    { name: 'raw, connected', ...spreadOf(values((round) => round.rawConnectedMs)) },
  ],
  ' ms',
  0,
)}
\`\`\`

Product caught up against raw only connected: ${times(ratio)}, goal at most ${GOALS.reconnect} ${verdict(ratio.middle <= GOALS.reconnect)}. ${good ? 'Nothing was lost, doubled or out of order.' : '**Messages were lost, doubled or out of order.**'}
`;
}

function memoryOf(rounds: readonly MemoryRound[]): string {
  const value = (server: ServerName, what: keyof Memory) =>
    rounds.filter((round) => round.server === server).map((round) => round[what] / 1024);
  const row = (what: keyof Memory, name: string) => {
    const ratio = ratioOf(value('product', what), value('raw', what));
    const goal = what === 'resident' ? goalAtMost(ratio, GOALS.memory) : '';
    return `| ${name} | ${range(spreadOf(value('product', what)), 1)} | ${range(spreadOf(value('raw', what)), 1)} | ${times(ratio)} | ${goal} |`;
  };
  return `
## Memory of an idle, authenticated connection

KiB for one connection, from 200 to ${count(200 + (rounds[0]?.connections ?? 0))}, each of another user, after a full garbage collection, in fresh processes. The engine keeps
pages of dead objects for the next burst, up to 130 MB whatever the load, in the product as in the peer: the goal is about what is left once it has
given them back to the system.

| | product | raw | product / raw | goal |
|---|---|---|---|---|
${row('resident', 'resident')}
${row('held', 'with the empty pages')}
${row('heap', 'live on the heap')}
`;
}

/** What a reader must know before trusting the figures above. */
function health(rounds: readonly SendRound[]): string {
  const failed = SERVER_NAMES.map((name) => ({
    name,
    all: of(rounds, name),
    bad: of(rounds, name).filter((round) => !round.isGood),
  })).filter(({ bad }) => bad.length > 0);
  const faults = failed.map(({ name, all, bad }) => {
    const sum = (pick: (round: SendRound) => number) => bad.reduce((total, round) => total + pick(round), 0);
    return `**${name} failed ${bad.length} of ${all.length} rounds**: ${sum((round) => round.faults.lost)} lost, ${sum((round) => round.faults.doubled)} doubled, ${sum((round) => round.faults.outOfOrder)} out of order, ${sum((round) => round.faults.refused)} not answered.`;
  });
  const bottlenecks = rounds.filter((round) => round.generator.isBottleneck).length;
  const others = spreadOf(rounds.map((round) => round.cpu.others));
  const lag = median(rounds.map((round) => round.generator.lagP99 / 1000));
  return [
    faults.length > 0 ? faults.join(' ') : 'Every message of every round arrived once, in order, and was stored once.',
    bottlenecks > 0 ? `In ${bottlenecks} of ${rounds.length} rounds the generator was the bottleneck.` : '',
    `Generators: busiest event loop ${(median(rounds.map((round) => round.generator.loop)) * 100).toFixed(0)} % busy, delay p99 ${lag.toFixed(1)} ms (medians).`,
    `Other programs used ${range(others, 2)} processors meanwhile.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function of(rounds: readonly SendRound[], server: ServerName): SendRound[] {
  return rounds.filter((round) => round.server === server);
}

function serverAndDatabase(rounds: readonly SendRound[], server: ServerName): number[] {
  return of(rounds, server).map(({ cost }) => cost.server + cost.mongod);
}

function times(ratio: Spread): string {
  return `**${ratio.middle.toFixed(2)} x** (${ratio.low.toFixed(2)} - ${ratio.high.toFixed(2)})`;
}

function inMilliseconds({ middle, low, high }: Spread): Spread {
  return { middle: middle / 1000, low: low / 1000, high: high / 1000 };
}

function range({ middle, low, high }: Spread, digits: number): string {
  return `${middle.toFixed(digits)} (${low.toFixed(digits)} - ${high.toFixed(digits)})`;
}

function goalAtLeast(ratio: Spread, goal: number): string {
  return `>= ${goal} ${verdict(ratio.middle >= goal)}`;
}

function goalAtMost(ratio: Spread, goal: number): string {
  return `<= ${goal} ${verdict(ratio.middle <= goal)}`;
}

function verdict(isReached: boolean): string {
  return isReached ? 'reached' : '**missed**';
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
