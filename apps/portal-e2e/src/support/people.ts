import { randomUUID } from 'node:crypto';
import { expect, test as base, type BrowserContext, type Locator, type Page } from '@playwright/test';

/** The password of every demo login, and of the accounts the journeys make. */
export const PASSWORD = 'course-chat-demo';

/** A new account nobody used before, with a name nobody else has. */
export function newcomer(name: string) {
  const unique = randomUUID();
  return { name: `${name} ${unique.slice(0, 4)}`, email: `${unique}@example.com`, password: PASSWORD };
}

/** Opens the portal in a browser of its own: no cookies, no storage shared with anybody. */
type OpenBrowser = () => Promise<Page>;

/** Playwright's test, with as many browsers as there are people; they close with the test. */
export const test = base.extend<{ openBrowser: OpenBrowser }>({
  openBrowser: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL });
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

/** Fills in the login page that is shown. */
export async function fillLogin(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

/** Logs in and waits until the first page stands. */
export async function logIn(page: Page, email: string): Promise<void> {
  await page.goto('/login');
  await fillLogin(page, email);
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
}

/** Makes an account by the register page. */
export async function register(page: Page, person: { name: string; email: string; password: string }): Promise<void> {
  await page.goto('/register');
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
}

/** Buys a course from its page and opens the chat with its tutor. */
export async function buyAndChat(page: Page, course: string): Promise<void> {
  await page.goto('/courses');
  await page.getByRole('link', { name: course }).first().click();
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page
    .getByRole('button', { name: /^Chat with / })
    .first()
    .click();
  await expect(page).toHaveURL(/\/chats\/[0-9a-f]{24}/);
}

/** The link to the chats with its live count, wherever the layout has it. */
export function chatsLink(page: Page): Locator {
  return page.getByRole('banner').getByRole('link', { name: /^Chats(, \d+ unread)?$/ });
}

/** The number the chats link speaks. */
export async function unreadCount(page: Page): Promise<number> {
  const name = await chatsLink(page).getAttribute('aria-label');
  return Number(/(\d+) unread/.exec(name ?? '')?.[1] ?? 0);
}

/** The row of one person in the list of chats. */
export function row(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Chats' }).getByRole('link', { name: new RegExp(`^${name}`) });
}

/** The messages with one person. */
export function thread(page: Page, name: string): Locator {
  return page.getByRole('log', { name: `Messages with ${name}` });
}

/** The message with this text. */
export function message(page: Page, text: string): Locator {
  return page.getByRole('log').getByRole('article').filter({ hasText: text });
}

/** Writes a message and sends it as a person would. */
export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Logs out by the account menu. */
export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page.getByRole('button', { name: 'Log in', exact: true })).toBeVisible();
}
