import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { run } from './processes.mjs';

const STAMP = join('dist', '.inputs');
const OUTPUTS = [join('dist', 'apps', 'api', 'main.js'), join('dist', 'apps', 'portal', 'browser', 'index.html')];
const SOURCES = [
  'apps/api',
  'apps/portal',
  'libs',
  'nx.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.web.json',
];

/**
 * Builds the api and the portal unless they stand there already, made from exactly these files. Must run in the
 * workspace root.
 * @param {(line: string) => void} log
 * @param {AbortSignal} [signal] Ends the build.
 */
export async function buildIfNeeded(log, signal) {
  const inputs = fingerprint();
  if (OUTPUTS.every((file) => existsSync(file)) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs) return;
  log('Building the api and the portal (once, and after changes) ...');
  const { code, stdout, stderr } = await run('nx', ['run-many', '-t', 'build', '-p', 'api,portal'], {
    signal,
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' },
  });
  if (code !== 0) {
    throw new Problem(
      `The build failed:\n${(stdout + stderr).trim()}`,
      'mend what the compiler names above, then start again.',
    );
  }
  for (const file of OUTPUTS) {
    if (!existsSync(file))
      throw new Problem(`The build left no ${file}.`, 'look at the outputs in the project.json files.');
  }
  mkdirSync('dist', { recursive: true });
  writeFileSync(STAMP, inputs);
}

/** Names, sizes and times of everything the build reads: enough to know "nothing was touched" in a few milliseconds. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (/** @type {string} */ path) => {
    const found = statSync(path);
    if (!found.isDirectory()) {
      hash.update(`${path}:${found.size}:${found.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(path).sort()) if (name !== 'node_modules') visit(join(path, name));
  };
  for (const source of SOURCES) if (existsSync(source)) visit(source);
  return hash.digest('hex');
}
