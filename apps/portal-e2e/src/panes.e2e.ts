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

test('a chat opened by its address covers the list, which is there as soon as one goes back or turns the phone', async ({
  pair,
}) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open('/favicon.svg', { viewport: { width: 375, height: 667 } });
  // Its messages do not come, and the list waits for them.
  await page.route(/\/messages/, () => undefined);
  await page.goto(`/chats/${chatId}`);
  await expect(input(page)).toBeVisible();
  await expect(page.locator('cc-inbox-pane')).toHaveCount(0);
  await page.setViewportSize({ width: 844, height: 375 });
  await expect(row(page, tutor.name)).toBeVisible();
  await page.setViewportSize({ width: 375, height: 667 });

  await page.goto(`/chats/${chatId}`);
  await expect(page.locator('cc-inbox-pane')).toHaveCount(0);
  await page.getByRole('button', { name: 'Back to chats' }).click();
  await expect(row(page, tutor.name)).toBeVisible();
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

test('on a phone the focus goes along from the list into the chat, and back to its row', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open('/chats', { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true });
  await row(page, tutor.name).focus();
  await page.keyboard.press('Enter');
  await expect(message(page, 'Hello')).toBeVisible();
  const inThread = () => page.evaluate(() => document.activeElement?.closest('.thread') !== null);
  await expect.poll(inThread).toBe(true);
  await page.getByRole('button', { name: 'Back to chats' }).focus();
  await page.keyboard.press('Enter');
  await expect(row(page, tutor.name)).toBeFocused();
});

test('a row keeps the focus while others come in above it', async ({ pair, join }) => {
  const first = await pair();
  const [second, third] = [await join(first, 'Second Student'), await join(first, 'Third Student')];
  const { tutor } = first;
  await first.student.say(first.chatId, 'One');
  await second.student.say(second.chatId, 'Two');
  await third.student.say(third.chatId, 'Three');
  const page = await tutor.open('/tutor/chats');
  const focused = row(page, second.student.name);
  await expect(row(page, third.student.name)).toContainText('Three');
  await focused.focus();
  await first.student.say(first.chatId, 'Up');
  await expect(row(page, first.student.name)).toContainText('Up');
  await expect(focused).toBeFocused();
  await second.student.say(second.chatId, 'I go up myself');
  await expect(focused).toContainText('I go up myself');
  await expect(focused).toBeFocused();
});
