import { expect, type Locator, type Page } from '@playwright/test';
import { fillLogin, message } from './support/people';
import { test } from './support/cast';
import { log, settled, wheel } from './support/view';

const LENGTH = 190;
const TARGET = 100;

/** Texts of different heights, each found again by its number. */
const texts = Array.from(
  { length: LENGTH },
  (_, index) => `No. ${index + 1}.${' A few words more, and again.'.repeat((index * 5) % 7)}`,
);

/** How far the middle of a message is from the middle of the list, as a part of the list's height. */
async function offCentre(page: Page, target: Locator): Promise<number> {
  const [box, view] = [await target.boundingBox(), await log(page).boundingBox()];
  if (!box || !view) return 1;
  return Math.abs(box.y + box.height / 2 - (view.y + view.height / 2)) / view.height;
}

/** Notes the texts of messages that are marked: it lasts two seconds, which is nothing on a busy machine. */
async function noteMarks(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const marked: string[] = [];
    Object.assign(window, { marked });
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('[role="log"] .flash')) marked.push(row.textContent ?? '');
    }).observe(document, { subtree: true, attributeFilter: ['class'] });
  });
  return () => page.evaluate(() => (window as unknown as { marked: string[] }).marked);
}

/** Turns the wheel until a message stands in the DOM. */
async function read(page: Page, pixels: number, until: Locator): Promise<void> {
  await expect(async () => {
    await wheel(page, pixels);
    await expect(until).toHaveCount(1, { timeout: 300 });
  }).toPass({ timeout: 40_000, intervals: [50] });
}

for (const side of ['student', 'tutor'] as const) {
  test(`a link to a message of a ${side}: centred and marked, pages load both ways, and back to the newest`, async ({
    pair,
    openContext,
  }) => {
    test.setTimeout(120_000);
    const { student, tutor, chatId } = await pair();
    const [reader, writer] = side === 'student' ? [student, tutor] : [tutor, student];
    await writer.say(chatId, ...texts);
    const page = await (await openContext()).newPage();
    const pages: string[] = [];
    page.on('request', (request) => {
      const asked = /messages\?(before|after|around)=/.exec(request.url())?.[1];
      if (asked) pages.push(asked);
    });

    const marks = await noteMarks(page);
    const address = `${reader.chats}/${chatId}?seq=${TARGET}`;
    await page.goto(address);
    await fillLogin(page, reader.email);
    await expect(page).toHaveURL((url) => url.pathname + url.search === address);
    const target = message(page, `No. ${TARGET}.`);
    await expect(target).toBeInViewport();
    await expect.poll(marks).toContainEqual(expect.stringContaining(`No. ${TARGET}.`));
    expect(await offCentre(page, target)).toBeLessThan(0.15);
    await expect(target).not.toHaveClass(/flash/);
    expect(pages).toContain('around');

    await read(page, -900, message(page, 'No. 40.'));
    expect(pages).toContain('before');
    await read(page, 1_200, message(page, 'No. 160.'));
    expect(pages).toContain('after');
    // Every number between what is on screen is there, once and in its order.
    const numbers = await log(page)
      .getByRole('article')
      .evaluateAll((rows) => rows.map((row) => Number(/No\. (\d+)\./.exec(row.textContent ?? '')?.[1])));
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));

    await page.getByRole('button', { name: /^Jump to latest/ }).click();
    await expect(message(page, `No. ${LENGTH}.`)).toBeInViewport();
    await settled(page);
    await expect(page.getByRole('button', { name: /^Jump to latest/ })).toHaveCount(0);
    // What comes now comes in at the end.
    await writer.say(chatId, 'And one more');
    await expect(message(page, 'And one more')).toBeInViewport();
  });
}
