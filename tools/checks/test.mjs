import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from '../launcher/build.mjs';
import { explain } from '../launcher/problem.mjs';
import { run } from '../launcher/processes.mjs';
import { fuzz } from '../fuzz/fuzz.mjs';
import { audit } from './audit.mjs';
import { checkLicences } from './licences.mjs';
import { checkLockfile } from './lockfile.mjs';
import { ensureChromium, ensureRedis } from './programs.mjs';
import { checkServed } from './served.mjs';

/**
 * What a step found. A check counts as one test, passed or failed; test runners bring their own numbers.
 * @typedef {{ passed: number, failed: number, output?: string }} Result
 * @typedef {'lint' | 'unit' | 'e2e' | 'security'} Group
 * @typedef {{ name: string, groups: Group[], work: () => Promise<Result> }} Step
 */

const REPORTS = join('tmp', 'reports');
const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** Random calls the fuzzer makes of each route as each person, besides those at the edges of its schema: in `npm test`, and with `--only=security`. */
const FUZZ_EXAMPLES = { short: 8, long: 100 };
/** The short form tries the same each time, so that a red run is somebody's change; the long one looks for more. */
const FUZZ_SEED = 1;

/** Specs and journeys that guard the doors; `npm test` runs them among all others. */
const SECURITY_SPECS = [
  ...['src/doors/', 'src/hostile/', 'src/slow-reader', 'src/auth', 'src/logins', 'src/sessions', 'src/external'],
  ...['src/access', 'src/nodes', 'src/browser-policy', 'src/rest', 'src/privacy', 'libs/api/auth', 'libs/api/kernel'],
  ...['tools/no-way-in', 'tools/checks', 'tools/boundaries'],
];
const SECURITY_JOURNEYS = ['content-security-policy', 'hostile-names', 'session'];

/** What ESLint is given, one part after the other. */
const LINT_PARTS = [
  ['apps/api', 'libs/api', 'libs/contracts'],
  ['apps/bench', 'apps/portal-e2e', 'apps/gallery'],
  ['apps/portal', 'libs/web'],
  ['.', '--ignore-pattern', 'apps/**', '--ignore-pattern', 'libs/**'],
];

/**
 * One after the other; those in brackets together, since each leaves a processor idle for a part of its time.
 * @type {(Step | Step[])[]}
 */
const STEPS = [
  { name: 'lockfile', groups: ['lint', 'security'], work: async () => verdict(checkLockfile()) },
  { name: 'known holes', groups: ['lint', 'security'], work: auditStep },
  { name: 'licences', groups: ['lint', 'security'], work: async () => verdict(checkLicences()) },
  [
    { name: 'format', groups: ['lint'], work: () => command('prettier', ['--check', '--log-level', 'warn', '.']) },
    { name: 'lint', groups: ['lint', 'security'], work: lint },
    { name: 'types', groups: ['lint'], work: types },
  ],
  { name: 'build', groups: ['unit', 'security'], work: build },
  {
    name: 'transfer budget',
    groups: ['unit'],
    work: () => command(process.execPath, ['apps/portal/tools/check-transfer.mjs']),
  },
  { name: 'what is served', groups: ['unit', 'security'], work: async () => verdict(checkServed()) },
  { name: 'unit and integration tests', groups: ['unit'], work: () => jest([]) },
  { name: 'specs of the doors', groups: ['security'], work: () => jest(SECURITY_SPECS) },
  { name: 'public fuzzer', groups: ['unit'], work: () => fuzzer(FUZZ_EXAMPLES.short, FUZZ_SEED) },
  { name: 'public fuzzer, long', groups: ['security'], work: () => fuzzer(FUZZ_EXAMPLES.long) },
  { name: 'browser tests', groups: ['e2e'], work: () => playwright([]) },
  { name: 'browser tests of the doors', groups: ['security'], work: () => playwright(SECURITY_JOURNEYS) },
];
const GROUPS = new Set(STEPS.flat().flatMap(({ groups }) => groups));

const USAGE = `Usage: npm test [-- --only=lint|unit|e2e|security]

Checks everything: lockfile, licences, formatting, lint, types, build, transfer budget, Jest, the API fuzzer and Playwright.
\`--only=security\` (npm run test:security) is what guards the doors, alone, with a longer run of the fuzzer.`;

/**
 * Runs every step, goes on after a failure, and ends with one line of numbers.
 * @param {string[]} args
 */
export async function test(args) {
  const only = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
  if (args.includes('--help') || (only !== undefined && !GROUPS.has(/** @type {Group} */ (only)))) {
    console.log(USAGE);
    process.exitCode = args.includes('--help') ? 0 : 2;
    return;
  }
  mkdirSync(REPORTS, { recursive: true });
  let passed = 0;
  let failed = 0;
  for (const entry of STEPS) {
    const together = [entry].flat().filter(({ groups }) => belongs(groups, only));
    for (const result of await Promise.all(together.map(take))) {
      passed += result.passed;
      failed += result.failed;
    }
  }
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
}

/**
 * Takes one step and tells how it went.
 * @param {Step} step
 * @returns {Promise<Result>}
 */
async function take({ name, work }) {
  const begin = Date.now();
  process.stdout.write(`${name} ...\n`);
  /** @type {Result} */
  let result;
  try {
    result = await work();
  } catch (error) {
    result = { passed: 0, failed: 1, output: explain(error) };
  }
  if (result.output) console.log(indent(result.output));
  const mark = result.failed > 0 ? '✗' : '✓';
  console.log(`${mark} ${name}: ${result.passed} passed, ${result.failed} failed (${seconds(begin)} s)`);
  return result;
}

/**
 * Whether a step runs: without a choice every one but those that only repeat others alone.
 * @param {Group[]} groups
 * @param {string | undefined} only
 */
function belongs(groups, only) {
  return groups.some((group) => (only ? group === only : group !== 'security'));
}

/**
 * @param {string[]} problems
 * @returns {Result}
 */
function verdict(problems) {
  return problems.length > 0 ? { passed: 0, failed: 1, output: problems.join('\n') } : { passed: 1, failed: 0 };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<Result>}
 */
async function command(program, args) {
  const { code, stdout, stderr } = await run(program, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, output: (stdout + stderr).trim() };
}

/**
 * One part after the other: a program that knows the types of the whole workspace at once runs out of memory.
 * @returns {Promise<Result>}
 */
async function lint() {
  // Without the graph of projects the rule about who may import whom passes everything.
  await run('nx', ['show', 'projects']);
  const problems = [];
  for (const part of LINT_PARTS) {
    const { code, stdout, stderr } = await run('eslint', [...part, '--cache', '--cache-location', 'tmp/eslint/']);
    const output = stdout + stderr;
    if (code !== 0 || output.includes('No cached ProjectGraph')) problems.push(output.trim());
  }
  return verdict(problems);
}

/** @returns {Promise<Result>} */
async function auditStep() {
  const report = await audit();
  if (!report) return { passed: 0, failed: 0, output: 'The registry gave no advisories; nothing was checked.' };
  const { failures, notes } = report;
  return { ...verdict(failures), output: [...failures, ...notes].join('\n') };
}

/** @returns {Promise<Result>} */
async function types() {
  const projects = await run('nx', ['run-many', '-t', 'typecheck', '--parallel=2', '--output-style=static']);
  const tools = await run('tsc', ['-p', 'tools/tsconfig.json']);
  const problems = [projects, tools].filter(({ code }) => code !== 0).map(({ stdout, stderr }) => stdout + stderr);
  return verdict(problems);
}

/** @returns {Promise<Result>} */
async function build() {
  await buildIfNeeded(() => {});
  return { passed: 1, failed: 0 };
}

/**
 * @param {string[]} paths parts of the paths of the specs to run; all without any
 * @returns {Promise<Result>}
 */
async function jest(paths) {
  if (!(await ensureRedis(console.log))) {
    console.log(
      '  There is no redis-server: what needs several nodes will fail (on Debian: apt-get install redis-server).',
    );
  }
  const report = freshReport('jest.json');
  const { stdout, stderr } = await run(process.execPath, [
    ...[...JEST, '--json', `--outputFile=${report}`, '--silent'],
    ...paths,
  ]);
  if (!existsSync(report)) return { passed: 0, failed: 1, output: (stdout + stderr).trim() };
  const numbers = JSON.parse(readFileSync(report, 'utf8'));
  // A skipped test and a file that could not be loaded prove nothing, so they count against us.
  const skipped = numbers.numPendingTests + numbers.numTodoTests;
  const failed = numbers.numFailedTests + numbers.numRuntimeErrorTestSuites + skipped;
  const output = failed > 0 ? `${stderr.trim()}\n${skipped > 0 ? `${skipped} skipped` : ''}` : undefined;
  return { passed: numbers.numPassedTests, failed, output };
}

/**
 * @param {number} examples
 * @param {number} [seed]
 * @returns {Promise<Result>}
 */
async function fuzzer(examples, seed) {
  const runs = await fuzz({ examples, seed, log: (line) => console.log(`  ${line}`) });
  const told = runs.map(({ who, cases, clean }) => `as ${who}: ${cases} calls${clean ? '' : ', not clean'}`);
  const bad = runs.filter(({ clean }) => !clean);
  return {
    passed: runs.length - bad.length,
    failed: bad.length,
    output: [...told, ...bad.map(({ output }) => output)].join('\n'),
  };
}

/**
 * @param {string[]} files parts of the paths of the journeys to run; all without any
 * @returns {Promise<Result>}
 */
async function playwright(files) {
  const chromium = await ensureChromium((line) => console.log(line));
  const report = freshReport('playwright.json');
  const { stdout, stderr } = await run('playwright', ['test', '-c', 'apps/portal-e2e/playwright.config.ts', ...files], {
    env: { ...process.env, CHROMIUM_BINARY: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, output: (stdout + stderr).trim() };
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = stats.unexpected + stats.flaky + stats.skipped + errors.length;
  return { passed: stats.expected, failed, output: failed > 0 ? (stdout + stderr).trim() : undefined };
}

/** @param {string} name */
function freshReport(name) {
  const file = join(process.cwd(), REPORTS, name);
  rmSync(file, { force: true });
  return file;
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^/gm, '  ');
}

/** @param {number} begin */
function seconds(begin) {
  return ((Date.now() - begin) / 1000).toFixed(1);
}
