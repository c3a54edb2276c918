import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Person } from './cast';

const FOLDER = join(process.cwd(), 'docs/screens');

/** The screens that pictures are taken of. */
export const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 768, height: 1024 },
  phone: { width: 375, height: 667 },
} as const;

/** Takes a picture in light and dark. WebP: a tenth of a PNG. */
export async function shoot(
  page: Page,
  name: string,
  themes: readonly ('light' | 'dark')[] = ['light', 'dark'],
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  // What a pointer rests on looks different.
  await page.mouse.move(1, 1);
  const devtools = await page.context().newCDPSession(page);
  for (const theme of themes) {
    await page.evaluate((chosen) => {
      document.documentElement.dataset['chatTheme'] = chosen;
      return document.fonts.ready.then(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
    }, theme);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 85 });
    writeFileSync(join(FOLDER, `${name}-${theme}.webp`), Buffer.from(data, 'base64'));
  }
  await devtools.detach();
}

/** The rows of the list of chats, in any language. */
export const rows = (page: Page): Locator =>
  page.getByRole('navigation', { name: /Chats|المحادثات/ }).getByRole('link');
/** The messages on screen. */
export const articles = (page: Page): Locator => page.getByRole('log').getByRole('article');

/** Somebody is there for as long as the pictures need. */
export async function beside(person: Person, path: string): Promise<Page> {
  const page = await person.open(path);
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  return page;
}
