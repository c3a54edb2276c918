import { expect, type BrowserContextOptions, type Page } from '@playwright/test';
import { test, type Pair } from './support/cast';
import { kept, shellKept } from './support/device';
import { Gate } from './support/gate';
import { STAFF, staffCourseId } from './support/staff.mjs';
import { chatsLink, fillLogin, logOut, message, row, write } from './support/people';

const SENT = { name: /Sent|Delivered|Read/ };
const WAITS = { name: 'Waiting to be sent' };
const WITH_WORKER: BrowserContextOptions = { serviceWorkers: 'allow' };
const OFFLINE = "You're offline. Messages will be sent when you reconnect.";

// The worker fills its store when the page has come to rest.
test.describe.configure({ timeout: 150_000 });

/** A student who has read the chat on this device, which then remembers it and the portal. */
async function reader({ student, tutor, chatId }: Pair, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await student.open(`/chats/${chatId}`, { ...WITH_WORKER, ...options });
  await expect(message(page, 'Read me in the tunnel')).toBeVisible();
  await expect(row(page, tutor.name)).toBeVisible();
  await shellKept(page);
  await expect.poll(() => kept(page)).toEqual({ lists: 1, threads: 1 });
  return page;
}

test('without a network a reload shows the chat as it was, and what is written then is sent once, later', async ({
  pair,
}) => {
  const both = await pair();
  const { tutor, chatId } = both;
  await tutor.say(chatId, 'First of all', 'Read me in the tunnel');
  const page = await reader(both);

  await page.context().setOffline(true);
  await page.reload();
  await expect(message(page, 'Read me in the tunnel')).toBeVisible();
  await expect(message(page, 'First of all')).toBeVisible();
  await expect(row(page, tutor.name)).toContainText('Read me in the tunnel');
  await expect(page.getByText(OFFLINE)).toBeVisible();
  await write(page, 'Written in the tunnel');
  await expect(message(page, 'Written in the tunnel').getByRole('img', WAITS)).toBeVisible();
  // The page goes away once more before there is a network again.
  await page.reload();
  await expect(message(page, 'Written in the tunnel').getByRole('img', WAITS)).toBeVisible();

  await tutor.say(chatId, 'Said meanwhile');
  await page.context().setOffline(false);
  await expect(message(page, 'Written in the tunnel').getByRole('img', SENT)).toBeVisible({ timeout: 40_000 });
  await expect(message(page, 'Said meanwhile')).toBeVisible();
  await expect(page.getByText(OFFLINE)).toHaveCount(0);
  await expect(message(page, 'Written in the tunnel')).toHaveCount(1);
  await expect(page.getByRole('log').getByRole('article')).toHaveCount(4);
  const other = await tutor.open(`/tutor/chats/${chatId}`);
  await expect(message(other, 'Written in the tunnel')).toHaveCount(1);
});

test('what needs the network says that there is none, and does not blame the server', async ({ pair }) => {
  const both = await pair();
  await both.tutor.say(both.chatId, 'Read me in the tunnel');
  const page = await reader(both);
  await page.goto(`/courses/${staffCourseId(STAFF - 1)}`);
  const buy = page.getByRole('button', { name: 'Buy now' });
  await expect(buy).toBeVisible();
  await page.context().setOffline(true);
  await buy.click();
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be reached' })).toBeVisible();
});

test('with the server down a reload shows the list, its chats and that there is no connection', async ({
  pair,
  openContext,
}) => {
  const both = await pair();
  const { student, tutor, chatId } = both;
  await tutor.say(chatId, 'Read me in the tunnel');
  const gate = await Gate.open(process.env['E2E_BASE_URL'] ?? '');
  try {
    const page = await (await openContext({ ...WITH_WORKER, baseURL: gate.url })).newPage();
    await page.goto(`/login?returnUrl=/chats/${chatId}`);
    await fillLogin(page, student.email);
    await expect(message(page, 'Read me in the tunnel')).toBeVisible();
    await shellKept(page);
    await expect.poll(() => kept(page)).toEqual({ lists: 1, threads: 1 });

    await tutor.open('/tutor');
    const presence = page.locator('cc-chat-header .status');
    await expect(presence).toHaveText('online');

    await gate.shut();
    // Whether somebody is there, nobody can know now.
    await expect(presence).toHaveText('', { timeout: 20_000 });
    await page.goto('/chats');
    await row(page, tutor.name).click();
    await expect(message(page, 'Read me in the tunnel')).toBeVisible();
    await expect(page.getByText(OFFLINE)).toBeVisible({ timeout: 20_000 });
    await expect(presence).toHaveText('');
    await gate.reopen();
    await expect(page.getByText(OFFLINE)).toHaveCount(0, { timeout: 60_000 });
    await expect(presence).toHaveText('online');
    await write(page, 'Here again');
    await expect(message(page, 'Here again').getByRole('img', SENT)).toBeVisible();
  } finally {
    await gate.shut();
  }
});

test('a chat that was read opens at once, whatever the server takes, and then at what is new', async ({ pair }) => {
  const both = await pair();
  const { tutor, chatId } = both;
  await tutor.say(chatId, 'Read me in the tunnel');
  const page = await reader(both);
  await page.goto('/courses');
  await tutor.say(chatId, 'New since then');
  await expect(chatsLink(page)).toHaveAccessibleName('Chats, 1 unread');
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.context().route(/\/api\//, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/chats/${chatId}`);
  await expect(message(page, 'Read me in the tunnel')).toBeVisible();
  await expect(message(page, 'New since then')).toHaveCount(0);
  release();
  await expect(message(page, 'New since then')).toBeVisible();
  await expect(page.getByRole('log').getByText('1 new message')).toBeVisible();
});

test('after logging out nothing is left to read, with a network or without, for nobody', async ({ pair }) => {
  const both = await pair();
  const { tutor, chatId } = both;
  await tutor.say(chatId, 'Read me in the tunnel');
  const page = await reader(both);
  await page.addInitScript(() => {
    const told: number[] = [];
    Object.assign(globalThis, { told });
    Object.assign(navigator, {
      setAppBadge: async (count: number) => void told.push(count),
      clearAppBadge: async () => void told.push(0),
    });
  });
  await page.goto('/courses');
  await tutor.say(chatId, 'Another');
  await expect(page).toHaveTitle(/^\(1\) /);
  const badge = () => page.evaluate(() => (globalThis as unknown as { told: number[] }).told.at(-1));
  await expect.poll(badge).toBe(1);
  await logOut(page);
  await expect.poll(badge).toBe(0);
  await expect(page).not.toHaveTitle(/^\(/);
  await expect.poll(() => kept(page)).toEqual({ lists: 0, threads: 0 });
  expect(await page.evaluate(() => localStorage.getItem('course-chat.person'))).toBeNull();

  await page.context().setOffline(true);
  await page.goto(`/chats/${chatId}`);
  await expect(page.getByText('Course Chat cannot be reached')).toBeVisible();
  await expect(page.getByText('Read me in the tunnel')).toHaveCount(0);
  await page.context().setOffline(false);
  await expect(page.getByRole('button', { name: 'Log in', exact: true })).toBeVisible({ timeout: 40_000 });
  await fillLogin(page, 'student12@example.com');
  await expect(page.getByRole('heading', { name: 'This chat is not here' })).toBeVisible();
  await expect(page.getByText('Read me in the tunnel')).toHaveCount(0);
});

test('the portal can be installed: manifest, icons, a worker that the policy lets in, and files kept as they should', async ({
  pair,
}) => {
  const { student } = await pair();
  const page = await student.open('/courses', WITH_WORKER);
  const refused: string[] = [];
  page.on('console', (line) => {
    if (line.type() === 'error') refused.push(line.text());
  });
  await page.reload();
  await shellKept(page);
  expect(refused).toEqual([]);
  // It is named when the first page is there, and a browser that is shown it then takes it as well.
  const browser = await page.context().newCDPSession(page);
  await expect
    .poll(() => browser.send('Page.getAppManifest'))
    .toMatchObject({ url: expect.stringMatching(/\/manifest\.webmanifest$/), errors: [] });
  const manifest = (await (await page.request.get('/manifest.webmanifest')).json()) as {
    icons: { src: string; sizes: string; purpose: string }[];
    display: string;
  };
  expect(manifest.display).toBe('standalone');
  expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(
    expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
  );
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, `/${src}`);
    if (sizes !== 'any') expect(size).toBe(sizes);
  }
  const keeping = async (path: string) => (await page.request.get(path)).headers()['cache-control'];
  const script = /src="(main-[^"]+\.js)"/.exec(await (await page.request.get('/')).text())?.[1];
  for (const path of ['/', '/chats', '/ngsw.json', '/ngsw-worker.js', '/manifest.webmanifest'])
    expect(await keeping(path), path).toBe('no-cache');
  expect(await keeping(`/${script}`)).toBe('public, max-age=31536000, immutable');
  expect((await page.request.get('/chunk-GONE1234.js')).status()).toBe(404);
});
