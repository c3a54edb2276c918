import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

type Scores = Record<(typeof CATEGORIES)[number], number>;
interface Report {
  lighthouseVersion: string;
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { score: number | null; title: string; scoreDisplayMode: string }>;
}

const rows: string[] = [];
const load: number[] = [];

for (const { path, email } of PAGES) {
  for (const form of ['phone', 'desktop'] as const) {
    test(`Lighthouse: ${path} on a ${form}`, async ({ baseURL, launchOptions }) => {
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
        const report = await look(`${baseURL}${path}`, port, join(profile, 'report.json'), FORMS[form]);
        load.push(loadavg()[0] ?? 0);
        const scores = Object.fromEntries(
          CATEGORIES.map((name) => [name, Math.round((report.categories[name]?.score ?? 0) * 100)]),
        ) as Scores;
        rows.push(`| ${path} | ${form} | ${CATEGORIES.map((name) => scores[name]).join(' | ')} |`);
        const failed = Object.entries(report.audits)
          .filter(([, { score, scoreDisplayMode }]) => score === 0 && scoreDisplayMode === 'binary')
          .map(([id, { title }]) => `${id}: ${title}`);
        for (const name of CATEGORIES)
          expect.soft(scores[name], `${name}; ${failed.join('; ')}`).toBeGreaterThanOrEqual(LEAST[name]);
      } finally {
        await context.close();
        rmSync(profile, { recursive: true, force: true });
      }
    });
  }
}

test.afterAll(() => {
  if (rows.length < PAGES.length * Object.keys(FORMS).length) return;
  const page = `# Lighthouse

Made by \`npm run lighthouse\` (${LIGHTHOUSE}, its own settings for phones and for desktops) on ${new Date().toISOString().slice(0, 10)}: the built portal, served by the built
api with the demo data, in the Chromium of the system without a graphics processor. Goals: performance at least ${LEAST.performance}, accessibility ${LEAST.accessibility}. Load average of the ${cpus().length} processors meanwhile: ${loads()}.

| page | form | ${CATEGORIES.join(' | ')} |
|---|---|${CATEGORIES.map(() => '---:|').join('')}
${rows.join('\n')}
`;
  writeFileSync(join(process.cwd(), 'docs/lighthouse.md'), page);
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

/** Performance is what is left of the processors: it says how far the figures can be trusted. */
function loads(): string {
  return `${Math.min(...load).toFixed(1)} to ${Math.max(...load).toFixed(1)}`;
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
