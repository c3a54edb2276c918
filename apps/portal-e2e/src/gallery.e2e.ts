import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';

const FILES = join(process.cwd(), 'dist/apps/gallery/browser');

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Opens the gallery; what the page throws is noted. */
async function openGallery(page: Page): Promise<string[]> {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.route('http://gallery.test/**', (route) => {
    const file = join(FILES, new URL(route.request().url()).pathname);
    return route.fulfill(
      existsSync(file) && !file.endsWith('/') ? { path: file } : { path: join(FILES, 'index.html') },
    );
  });
  await page.goto('http://gallery.test/');
  await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
  return failures;
}

test('every component in every state has no violation', async ({ page }) => {
  test.setTimeout(120_000);
  const failures = await openGallery(page);
  await expect(page.getByText("You're offline. Messages will be sent when you reconnect.")).toBeVisible();
  // The page is as long as all states together; each theme, direction and width comes once.
  await expectAccessible(page, 'gallery', [
    { theme: 'light', dir: 'ltr', width: 1280 },
    { theme: 'dark', dir: 'rtl', width: 320 },
  ]);
  expect(failures).toEqual([]);
});

test('the head of a chat says on a phone, too, when somebody was last there', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 667 });
  await openGallery(page);
  // The gallery has a margin around what it shows, a phone has not.
  await page.addStyleTag({ content: 'cc-chat-header { inline-size: 375px; box-sizing: border-box; }' });
  const states = page.locator('cc-chat-header .status:not(:empty)');
  const cut = (elements: Element[]) =>
    elements.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ textContent }) => textContent);
  expect(await states.count()).toBeGreaterThan(3);
  expect(await states.evaluateAll(cut)).toEqual([]);
});
