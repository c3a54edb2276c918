import { homedir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problem } from '../launcher/problem.mjs';
import { run } from '../launcher/processes.mjs';
import { installDebianPackages } from '../launcher/system-packages.mjs';

/** Every package of it by version, so that the same run finds the same things everywhere. */
const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));
/** What Schemathesis of requirements.txt runs on. */
const PYTHON_NEEDED = [3, 11];
const INSTALL_TIMEOUT_MS = 300_000;

/**
 * The fuzzer's program, installed once per user from the Python package index into a folder of its own.
 * @param {(line: string) => void} log
 * @returns {Promise<string>}
 * @throws Problem when it cannot be had here
 */
export async function ensureSchemathesis(log) {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const home = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'course-chat', `schemathesis-${wanted}`);
  const program = join(home, 'bin', 'schemathesis');
  if ((await run(program, ['--version'], { timeoutMs: 60_000 })).code === 0) return program;
  const python = await ensurePython(log);
  log('Fetching the API fuzzer Schemathesis (Python package index, 30 MB, once) ...');
  // An environment names its own folder in its programs, so it is made where it stays; half of one is no program.
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  try {
    await must(python, ['-m', 'venv', home]);
    const options = ['--disable-pip-version-check', '--quiet', '--no-input', '--only-binary=:all:', '--no-deps'];
    await must(join(home, 'bin', 'python'), ['-m', 'pip', 'install', ...options, '-r', REQUIREMENTS]);
    await must(program, ['--version']);
    return program;
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

/** @param {(line: string) => void} log */
async function ensurePython(log) {
  if (await isUsable()) return 'python3';
  if ((await installDebianPackages(['python3', 'python3-venv', 'python3-pip'], log)) && (await isUsable()))
    return 'python3';
  throw new Problem(
    `The API fuzzer needs Python ${PYTHON_NEEDED.join('.')} or newer with venv and pip.`,
    'install it (on Debian: apt-get install python3 python3-venv python3-pip).',
  );
}

async function isUsable() {
  const probe = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${PYTHON_NEEDED.join(', ')}))`;
  return (await run('python3', ['-c', probe], { timeoutMs: 30_000 })).code === 0;
}

/**
 * @param {string} program
 * @param {string[]} args
 */
async function must(program, args) {
  const { code, stdout, stderr } = await run(program, args, { timeoutMs: INSTALL_TIMEOUT_MS });
  if (code === 0) return;
  throw new Problem(
    `The API fuzzer could not be installed: ${(stderr || stdout).trim().split('\n').at(-1)}`,
    'check the network; the Python package index must be reachable.',
  );
}
