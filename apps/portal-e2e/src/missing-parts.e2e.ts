import { expect, type Page } from '@playwright/test';
import { test } from './support/cast';
import { message, row } from './support/people';

/** From here on no script reaches the page: the connection is away, or a newer version took their place. */
async function withoutScripts(page: Page): Promise<() => Promise<void>> {
  const scripts = /\.js(\?|$)/;
  await page.route(scripts, (route) => route.abort());
  return () => page.unroute(scripts);
}

const notice = (page: Page) => page.getByText('This part of the portal could not be loaded');

test('what cannot be loaded says so, and comes when it is asked for again', async ({ pair }) => {
  const { student, tutor } = await pair();
  const page = await student.open('/chats');
  await expect(row(page, tutor.name)).toBeVisible();
  const mend = await withoutScripts(page);

  const account = page.getByRole('button', { name: 'Account', exact: true });
  await account.click();
  await expect(notice(page)).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(notice(page)).toHaveCount(0);

  await page.getByRole('link', { name: 'Wishlist' }).click();
  await expect(notice(page)).toBeVisible();
  await expect(page).toHaveURL(/\/chats$/);

  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(page.getByRole('alert')).toContainText('This could not be loaded');

  await mend();
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByText('This could not be loaded')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await account.click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Wishlist' }).click();
  await expect(page.getByRole('heading', { name: 'Wishlist', exact: true })).toBeVisible();
  await expect(notice(page)).toHaveCount(0);
});

/** Holds what matches until the answer is called. */
async function hold(page: Page, what: RegExp): Promise<() => void> {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(what, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

test('what takes its time says so: a dialog, a menu, a logout', async ({ pair }) => {
  const { student, tutor } = await pair();
  const page = await student.open('/chats');
  await expect(row(page, tutor.name)).toBeVisible();
  let letGo = await hold(page, /\.js(\?|$)/);
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(page.getByText('One moment…')).toBeVisible();
  letGo();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByText('One moment…')).toHaveCount(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  letGo = await hold(page, /\.js(\?|$)/);
  const account = page.getByRole('button', { name: 'Account', exact: true });
  await account.click();
  await expect(account).toHaveAttribute('aria-busy', 'true');
  letGo();

  letGo = await hold(page, /\/auth\/logout/);
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page.getByText('Logging out…')).toBeVisible();
  letGo();
  await expect(page).toHaveURL(/\/login/);
  await expect(page.getByText('Logging out…')).toHaveCount(0);
});

test('the session is asked for before the application is there, a chat before its page is, and each once', async ({
  pair,
}) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Is anybody there?');
  // Nothing of the application: no worker has its files.
  const page = await student.open('/favicon.svg');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const count = (path: string) => asked.filter((one) => one === path).length;
  const letAppArrive = await hold(page, /main-.*\.js/);
  const letRestArrive = await hold(page, /chunk-.*\.js/);

  await page.goto(`/chats/${chatId}`, { waitUntil: 'commit' });
  await expect.poll(() => count('/api/auth/refresh')).toBe(1);
  letAppArrive();
  const messages = `/api/users/chats/${chatId}/messages`;
  await expect.poll(() => count(messages)).toBe(1);
  letRestArrive();
  await expect(message(page, 'Is anybody there?')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  expect([count('/api/auth/refresh'), count(messages)]).toEqual([1, 1]);
});
