import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import type { AccountExport } from '@course-chat/contracts';
import { expectAccessible } from './support/axe';
import { buyAndChat, fillLogin, message, newcomer, PASSWORD, register, test, write } from './support/people';

test.describe.configure({ timeout: 180_000 });

/** To the account page as a person goes there. */
async function openAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Account' }).click();
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
}
const devices = (page: Page) => page.getByRole('region', { name: 'Devices' }).getByRole('listitem');

test('devices are seen and logged out, and a new password logs out the rest', async ({ openBrowser }) => {
  const [here, there, third] = [await openBrowser(), await openBrowser(), await openBrowser()];
  const person = newcomer('Nora Lindt');
  await register(here, person);
  for (const page of [there, third]) {
    await page.goto('/login');
    await fillLogin(page, person.email);
    await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  }
  await openAccount(here);
  await expect(here.getByText(person.email)).toBeVisible();
  await expect(devices(here)).toHaveCount(3);
  await expect(devices(here).first()).toContainText('This device');
  await devices(here).nth(1).getByRole('button').click();
  await expect(devices(here)).toHaveCount(2);

  const form = here.getByRole('region', { name: 'Password' });
  await form.getByLabel('Current password').fill('not the one');
  await form.getByLabel('New password').fill('a better password');
  await form.getByRole('button', { name: 'Change password' }).click();
  const current = form.getByLabel('Current password');
  await expect(current).toHaveAccessibleDescription('The current password is not right.');
  await expect(current).toHaveAttribute('aria-invalid', 'true');
  await expect(current).toBeFocused();
  await current.fill(PASSWORD);
  await form.getByRole('button', { name: 'Change password' }).click();
  await expect(form.getByRole('status')).toContainText('is changed');
  await expect(devices(here)).toHaveCount(1);
  // Both others are at the login, without anybody touching them, and it says why.
  for (const page of [there, third]) {
    await expect(page).toHaveURL(/\/login/, { timeout: 20_000 });
    await expect(page.getByRole('main').getByRole('status')).toContainText('You were logged out here.');
  }
});

test('a copy of everything is a file, and a deleted account opens nothing any more', async ({ openBrowser }) => {
  const page = await openBrowser();
  const person = newcomer('Emil Sand');
  await register(page, person);
  await buyAndChat(page, 'Data structures in TypeScript');
  await write(page, 'Only I would write this');
  await expect(message(page, 'Only I').getByRole('img', { name: /Sent|Delivered|Read/ })).toBeVisible();
  await openAccount(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my data' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('course-chat-my-data.json');
  const data = JSON.parse(readFileSync(await file.path(), 'utf8')) as AccountExport;
  expect([data.account.email, data.messages.map(({ text }) => text)]).toEqual([
    person.email,
    ['Only I would write this'],
  ]);

  await page.getByRole('button', { name: 'Delete account' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Current password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page).toHaveURL(/\/login/);
  await fillLogin(page, person.email);
  await expect(page.getByRole('alert')).toContainText('The email or the password is not right.');
});

test('the account page has no violation, in every look', async ({ openBrowser }) => {
  const page = await openBrowser();
  await register(page, newcomer('Ada Krug'));
  await openAccount(page);
  await expect(devices(page)).toHaveCount(1);
  await expectAccessible(page, 'the account page');
  await page.getByRole('button', { name: 'Delete account' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible(page, 'the question before deleting');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
});
