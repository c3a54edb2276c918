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
/**
 * How many times a processor is slowed down to be a phone's: four times a fast desktop's, twice a slow one's. So the table
 * under "Calibrating the CPU slowdown" of https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md, where a
 * fast one has a `benchmarkIndex` of 1,500 or more.
 */
const slowdownOf = (benchmarkIndex: number): number => (benchmarkIndex < 1_500 ? 2 : 4);
/**
 * Looks at each page as a phone; the one in the middle counts, since no two are alike. So "Run Lighthouse multiple times" in
 * https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md
 */
const LOOKS = 3;
/** How often one look is tried: now and then Lighthouse misses the beginning of a page and says "Please run Lighthouse again". */
const TRIES = 3;
/** Who looks at which page; `:chatId` is the first chat of their list. */
const PAGES = [
  { path: '/login', email: null },
  { path: '/courses', email: 'student1@example.com' },
  { path: '/chats', email: 'student1@example.com' },
  { path: '/chats/:chatId', email: 'student1@example.com' },
  { path: '/tutor', email: 'tutor1@example.com' },
] as const;

type Launch = Parameters<typeof chromium.launchPersistentContext>[1];

interface Report {
  environment: { benchmarkIndex: number };
  categories: Record<string, { score: number | null }>;
}

test('Lighthouse looks at every kind of page', async ({ baseURL, launchOptions }) => {
  test.setTimeout(1_800_000);
  const rows: string[] = [];
  const look = async (page: (typeof PAGES)[number], form: string, ...options: string[]) => {
    const report = await visitAgain(() => visit(baseURL, page, launchOptions, options));
    const said = CATEGORIES.map((name) => `${name} ${scoreOf(report, name)}`).join(', ');
    rows.push(`${page.path} on ${form}: ${said} (benchmarkIndex ${report.environment.benchmarkIndex.toFixed(0)})`);
    return report;
  };
  const asItIs: Report[] = [];
  for (const page of PAGES) asItIs.push(await look(page, 'a phone, 4 x slower'));
  const slowdown = slowdownOf(median(asItIs.map(({ environment }) => environment.benchmarkIndex)));
  for (const page of PAGES) {
    const phones: Report[] = [];
    for (let times = 0; times < LOOKS; times++) {
      const form = `a phone, ${slowdown} x slower`;
      phones.push(await look(page, form, `--throttling.cpuSlowdownMultiplier=${slowdown}`));
    }
    const desktop = await look(page, 'a desktop', '--preset=desktop');
    for (const name of CATEGORIES) {
      const phone = median(phones.map((report) => scoreOf(report, name)));
      expect.soft(phone, `${page.path} on a phone: ${name}`).toBeGreaterThanOrEqual(LEAST[name]);
      expect.soft(scoreOf(desktop, name), `${page.path} on a desktop: ${name}`).toBeGreaterThanOrEqual(LEAST[name]);
    }
  }
  // Performance is what is left of the processors: the load says how far it can be trusted.
  const [load = 0] = loadavg();
  process.stdout.write(`${rows.join('\n')}\nLoad average of ${cpus().length} processors: ${load.toFixed(1)}\n`);
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Of 100. */
function scoreOf({ categories }: Report, name: (typeof CATEGORIES)[number]): number {
  return Math.round((categories[name]?.score ?? 0) * 100);
}

async function visitAgain(visiting: () => Promise<Report>, tries = TRIES): Promise<Report> {
  try {
    return await visiting();
  } catch (error) {
    if (tries === 1) throw error;
    return visitAgain(visiting, tries - 1);
  }
}

/** Has Lighthouse look at a page in a browser that was never there before, but for the login. */
async function visit(
  baseURL: string | undefined,
  { path, email }: (typeof PAGES)[number],
  launchOptions: Launch & object,
  options: readonly string[],
): Promise<Report> {
  const profile = mkdtempSync(join(tmpdir(), 'course-chat-lighthouse-'));
  const port = await freePort();
  const args = [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`];
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions, args });
  try {
    let chatId = '';
    if (email !== null) {
      const login = await context.request.post(`${baseURL}/api/auth/login`, { data: { email, password: PASSWORD } });
      expect(login.status()).toBe(200);
      const headers = { authorization: `Bearer ${((await login.json()) as { accessToken: string }).accessToken}` };
      if (path.includes(':chatId')) {
        const list = await context.request.get(`${baseURL}/api/users/chats`, { headers });
        chatId = ((await list.json()) as { items: { id: string }[] }).items[0]?.id ?? '';
      }
    }
    return await reportOf(`${baseURL}${path.replace(':chatId', chatId)}`, port, join(profile, 'report.json'), options);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function reportOf(url: string, port: number, file: string, options: readonly string[]): Promise<Report> {
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
