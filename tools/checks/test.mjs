import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from '../launcher/build.mjs';
import { explain } from '../launcher/problem.mjs';
import { run } from '../launcher/processes.mjs';
import { audit } from './audit.mjs';
import { checkLockfile } from './lockfile.mjs';
import { ensureChromium, ensureRedis } from './programs.mjs';

/**
 * What a step found. A check counts as one test, passed or failed; test runners bring their own numbers.
 * @typedef {{ passed: number, failed: number, output?: string }} Result
 * @typedef {{ name: string, group: 'lint' | 'unit' | 'e2e', work: () => Promise<Result> }} Step
 */

const REPORTS = join('tmp', 'reports');
const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** @type {Step[]} */
const STEPS = [
  { name: 'lockfile', group: 'lint', work: async () => verdict(checkLockfile()) },
  { name: 'known holes', group: 'lint', work: auditStep },
  { name: 'format', group: 'lint', work: () => command('prettier', ['--check', '--log-level', 'warn', '.']) },
  { name: 'lint', group: 'lint', work: () => command('eslint', ['.', '--cache', '--cache-location', 'tmp/eslint/']) },
  { name: 'types', group: 'lint', work: types },
  { name: 'build', group: 'unit', work: build },
  {
    name: 'transfer budget',
    group: 'unit',
    work: () => command(process.execPath, ['apps/portal/tools/check-transfer.mjs']),
  },
  { name: 'unit and integration tests', group: 'unit', work: jest },
  { name: 'browser tests', group: 'e2e', work: playwright },
];

const USAGE = `Usage: npm test [-- --only=lint|unit|e2e]

Checks everything: lockfile, formatting, lint, types, build, transfer budget, Jest and Playwright.`;

/**
 * Runs every step, goes on after a failure, and ends with one line of numbers.
 * @param {string[]} args
 */
export async function test(args) {
  const only = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
  if (args.includes('--help') || (only !== undefined && !STEPS.some(({ group }) => group === only))) {
    console.log(USAGE);
    process.exitCode = args.includes('--help') ? 0 : 2;
    return;
  }
  mkdirSync(REPORTS, { recursive: true });
  let passed = 0;
  let failed = 0;
  for (const { name, work } of STEPS.filter(({ group }) => !only || group === only)) {
    const begin = Date.now();
    process.stdout.write(`${name} ...\n`);
    /** @type {Result} */
    let result;
    try {
      result = await work();
    } catch (error) {
      result = { passed: 0, failed: 1, output: explain(error) };
    }
    passed += result.passed;
    failed += result.failed;
    if (result.output) console.log(indent(result.output));
    const mark = result.failed > 0 ? '✗' : '✓';
    console.log(`${mark} ${name}: ${result.passed} passed, ${result.failed} failed (${seconds(begin)} s)`);
  }
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
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

/** @returns {Promise<Result>} */
async function jest() {
  if (!(await ensureRedis(console.log))) {
    console.log(
      '  There is no redis-server: what needs several nodes will fail (on Debian: apt-get install redis-server).',
    );
  }
  const report = freshReport('jest.json');
  const { stdout, stderr } = await run(process.execPath, [...JEST, '--json', `--outputFile=${report}`, '--silent']);
  if (!existsSync(report)) return { passed: 0, failed: 1, output: (stdout + stderr).trim() };
  const numbers = JSON.parse(readFileSync(report, 'utf8'));
  // A skipped test and a file that could not be loaded prove nothing, so they count against us.
  const skipped = numbers.numPendingTests + numbers.numTodoTests;
  const failed = numbers.numFailedTests + numbers.numRuntimeErrorTestSuites + skipped;
  const output = failed > 0 ? `${stderr.trim()}\n${skipped > 0 ? `${skipped} skipped` : ''}` : undefined;
  return { passed: numbers.numPassedTests, failed, output };
}

/** @returns {Promise<Result>} */
async function playwright() {
  const chromium = await ensureChromium((line) => console.log(line));
  const report = freshReport('playwright.json');
  const { stdout, stderr } = await run('playwright', ['test', '-c', 'apps/portal-e2e/playwright.config.ts'], {
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
