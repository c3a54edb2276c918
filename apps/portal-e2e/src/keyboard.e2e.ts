import { expect } from '@playwright/test';
import { Line } from './support/line';
import { tabTo } from './support/keys';
import { message, row } from './support/people';
import { test } from './support/cast';

test('writing, editing, deleting and searching need no mouse', async ({ pair, join }) => {
  const first = await pair('Anna Key');
  const second = await join(first, 'Bert Board');
  await first.student.say(first.chatId, 'A question from Anna');
  await second.student.say(second.chatId, 'A question from Bert');
  const page = await first.tutor.open('/tutor/chats');
  await expect(row(page, 'Bert Board')).toBeVisible();
  const input = page.getByRole('textbox', { name: 'Message' });

  await test.step('search, and open what is found', async () => {
    await tabTo(page, page.getByRole('searchbox', { name: 'Search chats' }));
    await page.keyboard.type('anna k');
    await expect(row(page, 'Bert Board')).toHaveCount(0);
    await tabTo(page, row(page, 'Anna Key'));
    await page.keyboard.press('Enter');
    await expect(message(page, 'A question from Anna')).toBeVisible();
  });
  await test.step('send', async () => {
    await tabTo(page, input);
    await page.keyboard.type('An answer');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('of two lines');
    await page.keyboard.press('Enter');
    await expect(message(page, 'of two lines').getByRole('img', { name: /Sent|Delivered|Read/ })).toBeVisible();
    await expect(input).toBeFocused();
  });
  await test.step('edit the last one, and leave an edit', async () => {
    await page.keyboard.press('ArrowUp');
    await expect(input).toHaveValue('An answer\nof two lines');
    await page.keyboard.press('Escape');
    await expect(input).toHaveValue('');
    await page.keyboard.press('ArrowUp');
    await expect(input).toHaveValue('An answer\nof two lines');
    await page.keyboard.type(' and a word');
    await page.keyboard.press('Enter');
    await expect(message(page, 'of two lines and a word')).toContainText('edited');
  });
  await test.step('walk through the messages with the arrows, and delete one', async () => {
    const own = message(page, 'of two lines and a word');
    await tabTo(page, own, 'Shift+Tab');
    await page.keyboard.press('ArrowUp');
    await expect(message(page, 'A question from Anna')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(own).toBeFocused();
    await tabTo(page, own.getByRole('button', { name: 'Delete' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('log').getByText('You deleted this message')).toBeVisible({ timeout: 20_000 });
  });
  await test.step('the next chat', async () => {
    await tabTo(page, page.getByRole('searchbox', { name: 'Search chats' }), 'Shift+Tab', 120);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await tabTo(page, row(page, 'Bert Board'));
    await page.keyboard.press('Enter');
    await expect(message(page, 'A question from Bert')).toBeVisible();
  });
});

test('the account menu has the focus as soon as it is open, the first time too', async ({ pair }) => {
  const { student } = await pair();
  const page = await student.open('/chats');
  const button = page.getByRole('button', { name: 'Account', exact: true });
  const entry = (name: string) => page.getByRole('menuitem', { name });
  for (const key of ['Enter', 'Space', 'ArrowDown']) {
    await test.step(`opened by ${key}, after the page was loaded`, async () => {
      await page.reload();
      await tabTo(page, button);
      await page.keyboard.press(key);
      await expect(entry('Language')).toBeFocused();
      await page.keyboard.press('ArrowDown');
      await expect(entry('Theme')).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(entry('Theme')).toHaveCount(0);
      await expect(button).toBeFocused();
    });
  }
  await test.step('opened by mouse', async () => {
    await page.reload();
    await button.click();
    await expect(entry('Language')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(entry('Language')).toHaveCount(0);
    await expect(button).toBeFocused();
  });
});

test('a message that was refused is sent again without a mouse', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open('/courses');
  const line = await Line.lay(page);
  line.refuseNext('send_message');
  await page.goto(`/chats/${chatId}`);
  await expect(message(page, 'Hello')).toBeVisible();
  await tabTo(page, page.getByRole('textbox', { name: 'Message' }));
  await page.keyboard.type('Try me twice');
  await page.keyboard.press('Enter');
  const own = message(page, 'Try me twice');
  await expect(own.getByText('Not sent.')).toBeVisible();
  await expect(
    page
      .getByRole('alert')
      .or(page.locator('[aria-live=assertive]'))
      .filter({ hasText: /Not sent/ }),
  ).not.toHaveCount(0);
  await tabTo(page, own, 'Shift+Tab');
  await tabTo(page, own.getByRole('button', { name: 'Retry' }), 'Tab', 2);
  await page.keyboard.press('Enter');
  await expect(own.getByRole('img', { name: /Sent|Delivered/ })).toBeVisible();
  await expect(own).toHaveCount(1);
});

test('what has the focus is never hidden below a bar that stays', async ({ demo }) => {
  const page = await (await demo('tutor1@example.com')).open('/account', { viewport: { width: 375, height: 667 } });
  /** What has the focus, where a part of its middle is not to be seen. */
  const hidden = () =>
    page.evaluate(() => {
      const focused = document.activeElement ?? document.body;
      const { x, y, width, height } = focused.getBoundingClientRect();
      const isSeen = [0.25, 0.5, 0.75].every((part) =>
        focused.contains(document.elementFromPoint(x + width / 2, y + height * part)),
      );
      return isSeen || focused === document.body ? '' : `${focused.tagName} "${focused.textContent?.trim()}"`;
    });
  for (const path of ['/account', '/tutor/students']) {
    await page.goto(path);
    await expect(page.getByRole('button', { name: /Delete account|Write to/ }).first()).toBeVisible();
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let step = 0; step < 25; step++) {
        await page.keyboard.press(key);
        expect.soft(await hidden(), `${path}, ${key}`).toBe('');
      }
    }
  }
});
