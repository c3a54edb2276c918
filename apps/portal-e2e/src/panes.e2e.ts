import { expect, type Page } from '@playwright/test';
import { test } from './support/cast';
import { message, row } from './support/people';

const list = (page: Page) => page.getByRole('navigation', { name: 'Chats' });
const input = (page: Page) => page.getByRole('textbox', { name: 'Message' });

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test('a phone shows one pane at a time, and its back button leads from the chat to the list', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open('/chats', { viewport: { width: 375, height: 667 } });
  await row(page, tutor.name).click();
  await expect(message(page, 'Hello')).toBeVisible();
  await expect(list(page)).toBeHidden();
  await expect(input(page)).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Back to chats' }).click();
  await expect(list(page)).toBeVisible();
  await expect(input(page)).toHaveCount(0);
  await row(page, tutor.name).click();
  await expect(message(page, 'Hello')).toBeVisible();
  await page.goBack();
  await expect(list(page)).toBeVisible();
});

test('tablets and desktops show both panes, and nothing overflows at any width', async ({ pair }) => {
  const { student, tutor, chatId } = await pair('Maximilian von und zu Hohenlohe-Waldenburg-Schillingsfürst');
  await tutor.say(chatId, 'Hello', `https://example.com/${'a'.repeat(300)}`, 'W'.repeat(200));
  const page = await student.open(`/chats/${chatId}`);
  await expect(message(page, 'Hello')).toBeVisible();
  for (const width of [320, 375, 768, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    if (width >= 768) await expect(list(page)).toBeVisible();
    else await expect(list(page)).toBeHidden();
    await expect(input(page)).toBeInViewport({ ratio: 1 });
    expect(await overflow(page), `at ${width} px`).toBe(0);
  }
});

test('at 200 % zoom a chat can be read and answered without scrolling sideways', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello', 'Can you read this at twice the size?');
  // A window of 1280 x 800 at 200 % has half as many pixels each way.
  const page = await student.open(`/chats/${chatId}`, { viewport: { width: 640, height: 400 } });
  await expect(message(page, 'twice the size')).toBeInViewport({ ratio: 1 });
  await expect(input(page)).toBeInViewport({ ratio: 1 });
  expect(await overflow(page)).toBe(0);
  for (const path of ['/chats', '/courses', '/cart', '/wishlist']) {
    await page.goto(path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    expect(await overflow(page), path).toBe(0);
  }
});
