import { expect, type Locator, type Page } from '@playwright/test';
import { message, row, write } from './support/people';
import { test } from './support/cast';

function input(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message' });
}

test('a draft is there again after other pages, other chats and a reload, and gone once it is sent', async ({
  pair,
}) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open(`/chats/${chatId}`);
  await input(page).fill('Half a thought');
  await page.getByRole('link', { name: 'Catalogue' }).first().click();
  await expect(page).toHaveURL(/\/courses/);
  await page.goBack();
  await expect(input(page)).toHaveValue('Half a thought');
  await page.goto('/chats');
  await expect(row(page, tutor.name)).toContainText(/Draft:\s*Half a thought/);
  await row(page, tutor.name).click();
  await expect(input(page)).toHaveValue('Half a thought');
  await page.reload();
  await expect(input(page)).toHaveValue('Half a thought');
  await input(page).press('Enter');
  await expect(message(page, 'Half a thought').getByRole('img', { name: /Sent|Delivered/ })).toBeVisible();
  await page.reload();
  await expect(message(page, 'Half a thought')).toBeVisible();
  await expect(input(page)).toHaveValue('');
});

test('Enter takes a word from the input method and sends only the next time', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open(`/chats/${chatId}`);
  await input(page).click();
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await expect(input(page)).toHaveValue('にほん');
  // An input method reports the key that confirms its word as 229, and as Enter while it composes.
  for (const code of [229, 13]) {
    await keyboard.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: code,
    });
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter' });
  }
  await keyboard.send('Input.insertText', { text: '日本語' });
  await expect(input(page)).toHaveValue('日本語');
  await expect(page.getByRole('log').getByRole('article')).toHaveCount(1);
  await input(page).press('Enter');
  await expect(message(page, '日本語')).toHaveCount(1);
  await expect(page.getByRole('log').getByRole('article')).toHaveCount(2);
});

test('with the keyboard of a phone open, the input and the last message stay in sight', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, ...Array.from({ length: 30 }, (_, index) => `Line ${index + 1} of many`));
  await student.post(`/users/chats/${chatId}/read`, { seq: 30 });
  const page = await student.open(`/chats/${chatId}`, {
    viewport: { width: 375, height: 667 },
    hasTouch: true,
    isMobile: true,
  });
  await expect(message(page, 'Line 30 of many')).toBeInViewport();
  await input(page).tap();
  // interactive-widget=resizes-content: the keyboard takes its height from the page.
  await page.setViewportSize({ width: 375, height: 380 });
  await expect(input(page)).toBeInViewport({ ratio: 1 });
  await expect(message(page, 'Line 30 of many')).toBeInViewport({ ratio: 0.9 });
  await input(page).fill('Typed on a phone');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(message(page, 'Typed on a phone')).toBeInViewport();
  await expect(input(page)).toBeFocused();
  await expect(input(page)).toBeInViewport({ ratio: 1 });
  expect(await input(page).evaluate((box) => Number.parseFloat(getComputedStyle(box).fontSize))).toBeGreaterThanOrEqual(
    16,
  );
  // Turned, there is room for two lines of the input and for what it answers.
  await page.setViewportSize({ width: 667, height: 240 });
  await input(page).fill('1\n2\n3\n4\n5\n6');
  await expect(input(page)).toBeInViewport({ ratio: 1 });
  await expect(message(page, 'Typed on a phone')).toBeInViewport({ ratio: 0.9 });
});

test('too long and blank texts are refused beside the input, and nothing typed is lost', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open(`/chats/${chatId}`);
  await expect(message(page, 'Hello')).toBeVisible();

  for (const blank of ['   ', '\n\n', '\u200B\u2060']) {
    await input(page).fill(blank);
    await input(page).press('Enter');
    await expect(input(page)).toHaveValue(blank);
  }
  await expect(page.getByRole('log').getByRole('article')).toHaveCount(1);

  const long = 'x'.repeat(4_001);
  await input(page).fill(long);
  await input(page).press('Enter');
  await expect(page.getByText('A message has at most 4,000 characters')).toBeVisible();
  await expect(input(page)).toHaveValue(long);
  await input(page).press('Backspace');
  await expect(page.getByText('4,000 of 4,000 characters')).toBeVisible();
  await input(page).press('Enter');
  await expect(input(page)).toHaveValue('');
  // Higher than the screen: the rows above may leave the page, so it alone is looked for.
  await expect(message(page, 'x'.repeat(4_000))).toHaveCount(1);
});

test('tricky texts are shown as text on both sides', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  const page = await student.open(`/chats/${chatId}`);
  const other = await tutor.open(`/tutor/chats/${chatId}`);
  const hostile = [
    '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>',
    '{{constructor.constructor("window.harmed=1")()}}',
    'see javascript:window.harmed=1 or data:text/html,<script>1</script>',
    'from \u202Eevil right to left\u202C and back',
  ];
  for (const text of hostile) await write(page, text);
  for (const device of [page, other]) {
    for (const text of hostile) await expect(message(device, text.slice(0, 30))).toHaveCount(1);
    await expect(device.getByRole('log').locator('img, script, iframe')).toHaveCount(0);
    await expect(device.getByRole('log').getByRole('link')).toHaveCount(0);
    expect(await device.evaluate(() => 'harmed' in window)).toBe(false);
    // The direction of one message does not reach its neighbours.
    await expect(message(device, 'and back').locator('[dir=auto]').first()).toBeVisible();
  }
});

test('a deletion can be taken back, and is then nobody’s; one that stands takes the text off both sides', async ({
  pair,
}) => {
  const { student, tutor, chatId } = await pair();
  await student.say(chatId, 'Think again', 'Gone for good');
  const page = await student.open(`/chats/${chatId}`);
  const other = await tutor.open(`/tutor/chats/${chatId}`);
  await expect(message(other, 'Think again')).toBeVisible();

  await message(page, 'Think again').hover();
  await message(page, 'Think again').getByRole('button', { name: 'Delete' }).click();
  await expect(message(page, 'Think again')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(message(page, 'Think again')).toBeVisible();

  const row = page.getByRole('navigation', { name: 'Chats' }).locator(`a[href$="${chatId}"]`);
  await expect(row).toContainText('Gone for good');
  await message(page, 'Gone for good').hover();
  await message(page, 'Gone for good').getByRole('button', { name: 'Delete' }).click();
  // While it can still be taken back, neither the thread nor the list beside it shows it.
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expect(row).not.toContainText('Gone for good');
  await expect(message(other, 'Gone for good')).toBeVisible();
  await expect(message(other, 'This message was deleted')).toHaveCount(1, { timeout: 20_000 });
  await expect(message(other, 'Gone for good')).toHaveCount(0);
  // The one that was taken back was never deleted anywhere.
  await expect(message(other, 'Think again')).toBeVisible();
});
