import { expect } from '@playwright/test';
import {
  buyAndChat,
  fillLogin,
  logIn,
  logOut,
  message,
  newcomer,
  register,
  row,
  thread,
  write,
  test,
} from './support/people';

test('a link to a chat, opened while logged out, comes back to the chat after login', async ({ openBrowser }) => {
  const student = newcomer('Ida Brandt');
  const first = await openBrowser();
  await register(first, student);
  await buyAndChat(first, 'Data structures in TypeScript');
  await write(first, 'Remember this place');
  await expect(message(first, 'Remember this place').getByRole('img', { name: /Sent|Delivered|Read/ })).toBeVisible();
  const link = first.url();

  const second = await openBrowser();
  await second.goto(link);
  await expect(second).toHaveURL(/\/login/);
  await fillLogin(second, student.email);
  await expect(second).toHaveURL(link);
  await expect(message(second, 'Remember this place')).toBeVisible();
});

test('logging out leaves nothing behind for the next person at the same browser', async ({ openBrowser }) => {
  const page = await openBrowser();
  await register(page, newcomer('Otto Weiss'));
  await buyAndChat(page, 'Data structures in TypeScript');
  await write(page, 'This is between us');
  await expect(message(page, 'This is between us').getByRole('img', { name: /Sent|Delivered|Read/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).fill('a draft of Otto');
  const chat = new URL(page.url()).pathname;
  await logOut(page);

  // Nothing opens without a login any more, not even from the cache.
  await page.goto(chat);
  await expect(page).toHaveURL(/\/login/);

  await fillLogin(page, 'student12@example.com');
  await expect(page.getByRole('heading', { name: 'This chat is not here' })).toBeVisible();
  await expect(page.getByText('This is between us')).toHaveCount(0);
  await expect(row(page, 'Tomás Okafor').filter({ hasText: 'This is between us' })).toHaveCount(0);
  await expect(page.getByText('a draft of Otto')).toHaveCount(0);
});

test('logging out of a first page that is still on its way leaves nothing behind either', async ({ openBrowser }) => {
  const page = await openBrowser();
  await register(page, newcomer('Otto Weiss'));
  await buyAndChat(page, 'Data structures in TypeScript');
  await page.getByRole('textbox', { name: 'Message' }).fill('a draft of Otto');
  const drafts = () => page.evaluate(() => Object.values(localStorage).filter((kept) => kept === 'a draft of Otto'));
  await expect.poll(drafts).toHaveLength(1);

  // What the chats would fetch waits for this page.
  await page.route('**/api/courses?*', () => undefined);
  await page.goto('/courses');
  await logOut(page);
  expect(await drafts()).toEqual([]);
});

test("somebody else's chat shows a designed page with a way on, and none of its content", async ({ openBrowser }) => {
  const owner = await openBrowser();
  await register(owner, newcomer('Rosa Fuentes'));
  await buyAndChat(owner, 'Data structures in TypeScript');
  await write(owner, 'Nobody else may read this');
  await expect(
    message(owner, 'Nobody else may read this').getByRole('img', { name: /Sent|Delivered|Read/ }),
  ).toBeVisible();
  const chat = new URL(owner.url()).pathname;

  const stranger = await openBrowser();
  await logIn(stranger, 'student13@example.com');
  await stranger.goto(chat);
  await expect(stranger.getByRole('heading', { name: 'This chat is not here' })).toBeVisible();
  await expect(stranger.getByText('Nobody else may read this')).toHaveCount(0);
  await stranger.getByRole('button', { name: 'Back to chats' }).click();
  await expect(stranger).toHaveURL(/\/chats$/);

  // A student has no business in the tutors' area either.
  await stranger.goto('/tutor/chats');
  await expect(thread(stranger, 'Rosa Fuentes')).toHaveCount(0);
  await expect(stranger.getByRole('navigation', { name: 'Chats' })).toHaveCount(0);
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('This page is not for your account');
});

test('a login that ran out says so, and one that was ended by will in another tab says that', async ({
  openBrowser,
}) => {
  const page = await openBrowser();
  const student = newcomer('Vera Holm');
  const said = page.getByRole('main').getByRole('status');
  const login = page.getByRole('button', { name: 'Log in', exact: true });
  await page.goto('/login');
  await expect(login).toBeVisible();
  await expect(said).toBeEmpty();
  await register(page, student);

  await page.goto('/account');
  // Whose devices are shown has got an answer to the refresh: none comes any more that brings the cookie back.
  await expect(page.getByText('This device')).toBeVisible();
  await page.context().clearCookies();
  await page.reload();
  await expect(said).toHaveText('You were logged out here. Log in again: unsent messages are kept.');
  await fillLogin(page, student.email);
  await expect(page).toHaveURL(/\/account$/);

  const other = await page.context().newPage();
  await other.goto('/courses');
  await logOut(other);
  await expect(other.getByRole('main').getByRole('status')).toBeEmpty();
  await expect(said).toHaveText('You logged out in another tab.');
});

test('a wrong password is said next to the form', async ({ page }) => {
  await page.goto('/login');
  await fillLogin(page, 'student14@example.com', 'not the password');
  await expect(page.getByRole('alert')).toContainText('The email or the password is not right.');
  await expect(page).toHaveURL(/\/login/);
});

test('a page that is still on its way shows whose it is, and then the page alone', async ({ openBrowser }) => {
  const page = await openBrowser();
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/main-*.js', async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto('/login', { waitUntil: 'commit' });
  await expect(page.getByText('Course Chat', { exact: true })).toBeVisible();
  arrive();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  await expect(page.locator('#boot')).toHaveCount(0);
});
