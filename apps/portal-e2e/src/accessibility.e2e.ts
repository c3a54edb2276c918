import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { test } from './support/cast';
import { message } from './support/people';

// Each look of each page: light and dark, both directions, phone and desktop.
test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.describe.configure({ timeout: 120_000 });

/** Goes to an address as a link does, without loading the page anew. */
async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((url) => {
    history.pushState(null, '', url);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  }, path);
  await expect(page).toHaveURL((url) => url.pathname === path);
  await expect(page.getByRole('heading').first()).toBeVisible();
}

test('pages before the login have no violation', async ({ openBrowser }) => {
  const page = await openBrowser();
  for (const path of ['/login', '/register']) {
    await page.goto(path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expectAccessible(page, path);
  }
});

test('pages of a student have no violation: shop', async ({ demo }) => {
  const page = await (await demo('student1@example.com')).open('/courses');
  await expect(page.getByRole('link', { name: 'Photography basics' }).first()).toBeVisible();
  await expectAccessible(page, 'catalogue');
  await page.getByRole('link', { name: 'Photography basics' }).first().click();
  await expect(page.getByRole('button', { name: 'Chat with tutor' })).toBeVisible();
  await expectAccessible(page, 'a course that was bought');
  await page.goBack();
  await page.getByRole('link', { name: 'مقدمة في قواعد البيانات' }).first().click();
  await page.getByRole('button', { name: 'Add to wishlist' }).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expectAccessible(page, 'a course to buy');
  for (const path of ['/cart', '/wishlist', '/no-access', '/nowhere']) {
    await visit(page, path);
    await expectAccessible(page, path);
  }
});

test('pages of a student have no violation: chats', async ({ demo }) => {
  const page = await (await demo('student1@example.com')).open('/chats');
  const rows = page.getByRole('navigation', { name: 'Chats' }).getByRole('link');
  await expect(rows).not.toHaveCount(0);
  await expectAccessible(page, 'the list of chats');
  await rows.filter({ hasText: 'Angular' }).click();
  await expect(message(page, 'never set state of your own')).toBeVisible();
  await expectAccessible(page, 'a chat');
  await rows.filter({ hasText: 'Forms' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
  await expect(page.getByRole('log').getByRole('article')).not.toHaveCount(0);
  await expectAccessible(page, 'a chat that can only be read');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await expect(page.getByRole('dialog').getByRole('button', { name: /Ana Ruiz/ })).toBeVisible();
  await expectAccessible(page, 'the new-chat dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expectAccessible(page, 'the account menu');
});

test('pages of a tutor have no violation', async ({ demo }) => {
  const page = await (await demo('tutor1@example.com')).open('/tutor');
  await expect(page.getByText('questions wait for you')).toBeVisible();
  await expectAccessible(page, 'overview');
  for (const path of ['/tutor/students', '/tutor/courses', '/tutor/chats']) {
    await visit(page, path);
    await expect(page.getByText('Angular from the ground up').last()).toBeVisible();
    await expectAccessible(page, path);
  }
  await page
    .getByRole('navigation', { name: 'Chats' })
    .getByRole('link', { name: /^Mateo Vargas/ })
    .click();
  await expect(message(page, 'dos tiendas')).toBeVisible();
  await expectAccessible(page, 'a chat');
});
