import { expect, type Locator, type Page } from '@playwright/test';

/** The box messages scroll in. */
export function log(page: Page): Locator {
  return page.getByRole('log');
}

/** Where a message begins on screen, in CSS pixels. */
export async function topOf(message: Locator): Promise<number> {
  const box = await message.boundingBox();
  if (!box) throw new Error('The message is not on screen');
  return box.y;
}

/** The text of the first message that begins on screen, to find it again. */
export async function firstShown(page: Page): Promise<string> {
  const text = await log(page).evaluate((scroller) => {
    const edge = scroller.getBoundingClientRect().top;
    const shown = [...scroller.querySelectorAll('[role=article]')].find(
      (article) => article.getBoundingClientRect().top >= edge,
    );
    return shown?.querySelector('[id^=cc-text-]')?.textContent ?? '';
  });
  expect(text).not.toBe('');
  return text;
}

/** Waits until nothing scrolls and nothing is put into the list any more, for ten frames. */
export async function settled(page: Page): Promise<void> {
  await log(page).evaluate(
    (scroller) =>
      new Promise<void>((resolve) => {
        let calm = 0;
        let before = '';
        const look = () => {
          const first = scroller.querySelector('[role=article]')?.getAttribute('aria-labelledby');
          const now = `${scroller.scrollTop} ${scroller.scrollHeight} ${first}`;
          calm = now === before ? calm + 1 : 0;
          before = now;
          if (calm >= 10) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** Whether the last message ends above the lower edge of the list. */
export async function isAtEnd(page: Page): Promise<boolean> {
  return log(page).evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 30);
}

/** Turns the wheel over the messages: negative is up. */
export async function wheel(page: Page, pixels: number): Promise<void> {
  await log(page).hover({ position: { x: 20, y: 120 } });
  await page.mouse.wheel(0, pixels);
}
