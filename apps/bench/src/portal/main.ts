import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '../report/machine.ts';
import { visit, type Visit } from './measure.ts';
import { figuresOf, pageOf, type PortalResults } from './page.ts';
import { LISTS, Stage, type ListName } from './stage.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    slowdowns: { type: 'string', default: '1,4' },
    lists: { type: 'string', default: LISTS.join(',') },
    page: { type: 'boolean', default: false },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);

const started = new Date();
/** What else the machine was doing before anything was measured. */
const load = loadavg()[0] ?? 0;
const stage = await Stage.open();
let isClosing: Promise<void> | undefined;
const close = () => (isClosing ??= stage.close());
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().finally(() => process.exit(130)));

try {
  const visits: Record<ListName, Visit[]> = { product: [], 'plain @for': [] };
  for (let round = 1; round <= Number(options.rounds); round++) {
    for (const slowdown of options.slowdowns.split(',').map(Number)) {
      for (const scene of stage.scenes.filter(({ list }) => options.lists.split(',').includes(list))) {
        say(`Round ${round}, ${slowdown} x slower: ${scene.list}`);
        const found = await visit(stage, scene, slowdown);
        visits[scene.list].push(found);
        say(figuresOf(found));
        // What was found stays, whatever comes after.
        write(visits);
      }
    }
  }
  say(`\n${write(visits)}`);
} catch (error) {
  // What fails because everything is being ended has nothing to say.
  if (!isClosing) throw error;
} finally {
  await close();
}

/** Writes down what was found so far. @returns the page */
function write(visits: PortalResults['visits']): string {
  const results: PortalResults = {
    startedAt: started.toISOString(),
    minutes: (Date.now() - started.getTime()) / 60_000,
    machine: describeMachine(stage.mongodVersion),
    chromium: stage.chromiumVersion,
    load,
    visits,
  };
  const folder = join(ROOT, 'dist/bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `portal-${results.startedAt.replace(/[:.]/g, '-')}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  const page = pageOf(results);
  if (options.page) writeFileSync(join(ROOT, 'docs/benchmarks-portal.md'), page);
  return page;
}
