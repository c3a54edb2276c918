import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = process.cwd();
const FOLDER = join(ROOT, 'apps/bench/src/checker');
/** A seed that once found two edits under one rev; and one that nobody has seen before. */
const KNOWN_SEED = 9_919;
const TIMEOUT_MS = 300_000;

function checker(...args: string[]): Promise<{ code: number; output: string }> {
  const flags = [
    '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
    '--disable-warning=ExperimentalWarning',
    '--import',
    join(FOLDER, 'resolve.mjs'),
  ];
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_OPTIONS: '' };
    execFile(
      process.execPath,
      [...flags, join(FOLDER, 'main.ts'), '--port=0', ...args],
      { cwd: ROOT, env, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
    );
  });
}

describe('the laws under faults', () => {
  it(
    'hold on the built server',
    async () => {
      if (!existsSync(join(ROOT, 'dist/apps/api/main.js'))) throw new Error('Build the server first: npx nx build api');
      const random = Math.floor(Math.random() * 2 ** 31);
      for (const seed of [KNOWN_SEED, random]) {
        const { code, output } = await checker('--runs=1', '--seconds=4', `--seed=${seed}`);
        // The output names the seed, the law and the story.
        if (code !== 0) throw new Error(output);
        expect(output).toContain('1 of 1 runs without a violation');
      }
    },
    TIMEOUT_MS,
  );

  it(
    'are found broken on the naive peer, by the same judgement',
    async () => {
      const { code, output } = await checker('--naive', '--runs=1', '--seconds=5', '--seed=1');
      expect(output).toContain('missing_on_device');
      expect(output).toContain('wrong_unread');
      expect(code).toBe(1);
    },
    TIMEOUT_MS,
  );
});
