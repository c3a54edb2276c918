import { spreadOf } from '../measure/statistics.ts';
import type { Machine } from '../report/machine.ts';
import { INCOMING_PER_SECOND, type Visit } from './measure.ts';
import { LISTS, LONG, type ListName } from './stage.ts';

/** Everything one run found; the file beside the page. */
export interface PortalResults {
  readonly startedAt: string;
  readonly minutes: number;
  readonly machine: Machine;
  readonly chromium: string;
  /** The load average before it began. */
  readonly load: number;
  readonly visits: Readonly<Record<ListName, readonly Visit[]>>;
}

interface Row {
  readonly what: string;
  readonly of: (visit: Visit) => readonly number[];
  readonly digits?: number;
  /** The goal at full speed; at a quarter of it the same figures are told without a verdict. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

const perSecond = ({ frames, milliseconds }: { frames: number; milliseconds: number }) =>
  (frames / milliseconds) * 1_000;

const ROWS: readonly Row[] = [
  {
    what: 'kB on the wire until a second later: files, those fetched ahead, socket, answers',
    of: (visit) => [visit.transferred / 1_000],
  },
  { what: 'ms from the address to the last message painted, nothing cached', of: (visit) => [visit.coldMs] },
  {
    what: 'ms from the click to the last message painted, first time in this page',
    of: (visit) => visit.openFirstMs,
    atMost: 100,
  },
  { what: 'ms the same, opened before', of: (visit) => visit.openAgainMs, atMost: 100 },
  { what: 'ms of processor time for the first', of: (visit) => visit.openFirstCpu },
  { what: 'ms of processor time for the second', of: (visit) => visit.openAgainCpu },
  {
    what: 'px that messages moved while older pages came in',
    of: (visit) => [visit.prepend.movement],
    digits: 2,
    atMost: 1,
  },
  { what: 'frames in which they moved by more than 1 px', of: (visit) => [visit.prepend.jumps] },
  { what: 'pages that came in meanwhile', of: (visit) => [visit.prepend.pages] },
  { what: 'frames/s while the wheel turns', of: (visit) => [perSecond(visit.scroll)], digits: 1, atLeast: 55 },
  { what: 'ms between frames, 95th of 100', of: (visit) => [visit.scroll.frameP95], digits: 1 },
  { what: 'ms of processor time a second', of: (visit) => [visit.scroll.cpu] },
  {
    what: `frames/s with ${INCOMING_PER_SECOND} messages/s coming in, scrolling and typing`,
    of: (visit) => [perSecond(visit.live)],
    digits: 1,
    atLeast: 55,
  },
  { what: 'ms between frames, 95th of 100', of: (visit) => [visit.live.frameP95], digits: 1 },
  { what: 'ms of processor time a second', of: (visit) => [visit.live.cpu] },
  { what: 'INP meanwhile, ms', of: (visit) => [visit.live.inp], atMost: 100 },
  {
    what: 'messages in the DOM, the most at once',
    of: (visit) => [Math.max(visit.scroll.rows, visit.live.rows)],
    atMost: 80,
  },
  { what: 'ms from `Jump to latest` to the last message painted', of: (visit) => [visit.toLatestMs] },
];

/** The page that people read. */
export function pageOf({ startedAt, minutes, machine, chromium, load, visits }: PortalResults): string {
  const slowdowns = [...new Set(LISTS.flatMap((list) => visits[list].map(({ slowdown }) => slowdown)))];
  const openings = visits.product[0]?.openFirstMs.length ?? 0;
  return `# Benchmarks of the portal

Made by \`npm run bench:portal\` on ${startedAt.slice(0, 10)} at ${startedAt.slice(11, 16)} UTC, commit ${machine.commit}, in ${minutes.toFixed(0)} minutes. The script writes this
page itself; every visit is kept in \`dist/bench/\` as JSON.

**Machine.** ${machine.processors}, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}, Chromium ${chromium} without a screen or a graphics processor, MongoDB ${machine.mongod}. Browser,
server, database and the tutor who writes share it. Load average before the start: ${load.toFixed(1)}${load > 1 ? '; **other work ran beside this, which times and frames show; processor times do not**' : ''}.

**Method.** The portal as it is built for users, served by the built api from a real database, in which one student has a chat of ${LONG.toLocaleString('en-US')}
messages, from a word to a dozen lines, and ${19} short ones. Beside it the same portal, server and data, with the list of messages
exchanged for a plain \`@for\` over the same bubbles (\`libs/web/chat/ui/src/testing/plain-message-list.ts\`): it takes the same pages, keeps all that were
loaded, and leaves the place on screen to the browser's scroll anchoring. The two take turns, each visit in a browser profile of its own.

- *Transfer*: the files a chat page needs before it is painted have a check of their own, \`nx check-transfer portal\`, with a budget of 200 kB.
- *Opening*: from the click on the row to the end of the frame in which the last message is on screen; ${openings} times a visit.
- *Movement*: the list is scrolled by script, 20 frames up, 20 frames at rest, over and over, while older pages come in; in each frame a message on
  screen is compared with where the scrolling alone would have put it.
- *Frames*: animation frames of the page while a wheel turns about 60 times a second, up through pages that load and down again.
- *Processor time*: of the page's main thread alone. Whatever else the machine does is in the other figures, and not in these.
- *Coming in*: the tutor sends ${INCOMING_PER_SECOND} messages a second from another process while the student scrolls up and down and types eight keys a second. INP as
  browsers report it: the time from a key or click to the next paint, the 98th of 100.
${slowdowns.map((slowdown) => table(slowdown, visits)).join('')}`;
}

/** One visit for whoever watches. */
export function figuresOf(visit: Visit): string {
  return ROWS.map((row) => `  ${spread(row.of(visit), row.digits ?? 0)} ${row.what}`).join('\n');
}

function table(slowdown: number, visits: PortalResults['visits']): string {
  const at = (list: ListName) => visits[list].filter((visit) => visit.slowdown === slowdown);
  const goals = slowdown === 1;
  const rows = ROWS.map((row) => {
    const cells = LISTS.map((list) => spread(at(list).flatMap(row.of), row.digits ?? 0));
    return `| ${row.what} | ${cells.join(' | ')} | ${goals ? verdict(row, at('product')) : ''} |`;
  });
  return `
## ${goals ? 'At full speed' : `With the processor slowed down ${slowdown} times`}

Median over ${at('product').length === 1 ? 'one visit' : `${at('product').length} visits`}, lowest and highest in brackets.

| | ${LISTS.join(' | ')} | goal |
|---|${LISTS.map(() => '---:|').join('')}---|
${rows.join('\n')}
`;
}

function spread(values: readonly number[], digits: number): string {
  if (values.length === 0) return '-';
  const spread = spreadOf(values);
  const [middle, least, most] = [spread.middle, spread.low, spread.high].map((value) => value.toFixed(digits));
  return least === most ? `${middle}` : `${middle} (${least} - ${most})`;
}

function verdict({ of, atMost, atLeast }: Row, visits: readonly Visit[]): string {
  if (visits.length === 0) return '';
  const { middle } = spreadOf(visits.flatMap(of));
  if (atMost !== undefined) return `<= ${atMost} ${middle <= atMost ? 'reached' : '**missed**'}`;
  if (atLeast !== undefined) return `>= ${atLeast} ${middle >= atLeast ? 'reached' : '**missed**'}`;
  return '';
}
