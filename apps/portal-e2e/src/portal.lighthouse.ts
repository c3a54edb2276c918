import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { PASSWORD } from './support/people';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
/** The goals, of 100. */
const LEAST = { performance: 95, accessibility: 100, 'best-practices': 95 } as const;
const FORMS = { phone: [], desktop: ['--preset=desktop'] } as const;
/** Who looks at which page. */
const PAGES = [
  { path: '/login', email: null },
  { path: '/courses', email: 'student1@example.com' },
  { path: '/chats', email: 'student1@example.com' },
  { path: '/tutor', email: 'tutor1@example.com' },
] as const;

interface Report {
  categories: Record<string, { score: number | null }>;
}

test('Lighthouse looks at every kind of page', async ({ baseURL, launchOptions }) => {
  test.setTimeout(1_800_000);
  const rows: string[] = [];
  for (const { path, email } of PAGES) {
    for (const form of ['phone', 'desktop'] as const) {
      const profile = mkdtempSync(join(tmpdir(), 'course-chat-lighthouse-'));
      const port = await freePort();
      const args = [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`];
      const context = await chromium.launchPersistentContext(profile, { ...launchOptions, args });
      try {
        if (email !== null) {
          const login = await context.request.post(`${baseURL}/api/auth/login`, {
            data: { email, password: PASSWORD },
          });
          expect(login.status()).toBe(200);
        }
        const { categories } = await look(`${baseURL}${path}`, port, join(profile, 'report.json'), FORMS[form]);
        const scores = CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100));
        rows.push(`${path} on a ${form}: ${CATEGORIES.map((name, index) => `${name} ${scores[index]}`).join(', ')}`);
        for (const [index, name] of CATEGORIES.entries())
          expect.soft(scores[index], `${path} on a ${form}: ${name}`).toBeGreaterThanOrEqual(LEAST[name]);
      } finally {
        await context.close();
        rmSync(profile, { recursive: true, force: true });
      }
    }
  }
  // Performance is what is left of the processors: the load says how far it can be trusted.
  const [load = 0] = loadavg();
  process.stdout.write(`${rows.join('\n')}\nLoad average of ${cpus().length} processors: ${load.toFixed(1)}\n`);
});

async function look(url: string, port: number, file: string, options: readonly string[]): Promise<Report> {
  const args = ['--yes', LIGHTHOUSE, url, `--port=${port}`, '--disable-storage-reset', '--quiet', '--output=json'];
  const child = spawn(
    'npx',
    [...args, `--output-path=${file}`, `--only-categories=${CATEGORIES.join(',')}`, ...options],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
