// What a browser transfers, compressed, before the chat page of a student is painted: the document, its style sheet, the
// initial scripts and the chunk of the route, with everything they import. Fails above the budget. What the socket adds,
// which is loaded beside the first answers of the api, is told below.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET = 200_000;
/** The source whose chunk `/chats` loads on demand. */
const PAGE = 'libs/web/chat/feature/src/chat-pages.ts';
const SOCKET = 'node_modules/ngx-socket-io/fesm2022/ngx-socket-io.mjs';

const dist = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../../../dist/apps/portal'));
const statsFile = join(dist, 'browser-stats.json');
if (!existsSync(statsFile)) fail(`There is no ${statsFile}. Build the portal for production first: nx build portal`);

const { outputs } = JSON.parse(readFileSync(statsFile, 'utf8'));
const index = readFileSync(join(dist, 'browser/index.html'), 'utf8');
const byEntry = new Map(Object.entries(outputs).map(([file, { entryPoint }]) => [entryPoint, file]));

const files = new Set(['index.html']);
for (const [, file] of index.matchAll(/(?:src|href)="([^":]+\.(?:js|css|svg))"/g)) add(file);
add(byEntry.get(PAGE) ?? fail(`No chunk starts at ${PAGE}. Does the route still load it on demand?`));

const painted = sizes();
for (const { file, bytes } of painted) console.log(`${kilo(bytes).padStart(9)}  ${file}`);
const total = sum(painted);
console.log(`${kilo(total).padStart(9)}  the chat page in ${files.size} files, at most ${kilo(BUDGET)}`);
add(byEntry.get(SOCKET) ?? fail(`No chunk starts at ${SOCKET}. Is the socket still loaded on demand?`));
console.log(`${kilo(sum(sizes())).padStart(9)}  with the socket`);
if (total > BUDGET) fail(`The chat page transfers ${kilo(total - BUDGET)} too much.`);

function sizes() {
  return [...files]
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(dist, 'browser', file))).length }))
    .sort((a, b) => b.bytes - a.bytes);
}

function sum(entries) {
  return entries.reduce((total, { bytes }) => total + bytes, 0);
}

/** A file and everything it imports at once; what it imports later is not part of the page. */
function add(file) {
  if (files.has(file)) return;
  files.add(file);
  for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') add(path);
}

function kilo(bytes) {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
