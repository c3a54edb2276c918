import { expect } from '@playwright/test';
import { test } from './support/cast';
import { message, row } from './support/people';
import { HOSTILE_INDEX, HOSTILE_TITLE } from './support/staff.mjs';

const HOSTILE_NAME = '<script>window.harmed=1</script> "><img src=x onerror=harmed()> {{7*7}}';

test('markup in names and titles is shown as text, wherever they appear', async ({ pair }) => {
  const { student, tutor, chatId } = await pair(HOSTILE_NAME, HOSTILE_INDEX);
  await student.say(chatId, 'Little Bobby Tables');
  const title = HOSTILE_TITLE.replace(/\u202E.*/, '');
  const tutorPage = await tutor.open('/tutor');
  await expect(tutorPage.getByText(HOSTILE_NAME).first()).toBeVisible();
  await tutorPage.goto(`/tutor/chats/${chatId}`);
  await expect(message(tutorPage, 'Little Bobby Tables')).toBeVisible();
  await expect(tutorPage.getByRole('heading', { name: HOSTILE_NAME })).toBeVisible();
  await expect(tutorPage.getByText(title).first()).toBeVisible();
  await tutorPage.goto('/tutor/students');
  await expect(tutorPage.getByText(HOSTILE_NAME).first()).toBeVisible();

  const studentPage = await student.open('/chats');
  await expect(row(studentPage, tutor.name)).toContainText(title);
  await row(studentPage, tutor.name).click();
  await expect(message(studentPage, 'Little Bobby Tables')).toBeVisible();
  for (const page of [tutorPage, studentPage]) {
    expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
    await expect(page.locator('main img, main script:not([src])')).toHaveCount(0);
    await expect(page.getByText('49', { exact: true })).toHaveCount(0);
  }
});

test('a name that would turn the text around it is refused beside its field, and stays there', async ({
  openBrowser,
}) => {
  const page = await openBrowser();
  await page.goto('/register');
  const name = page.getByLabel('Name');
  await name.fill('Eve \u202Enimda');
  await page.getByLabel('Email').fill(`${Date.now()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('course-chat-demo');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription('Enter your name: at most 80 characters, none of them invisible.');
  await expect(page).toHaveURL(/\/register/);
  await expect(name).toHaveValue('Eve \u202Enimda');
});
