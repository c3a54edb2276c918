import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe';

const FILES = join(process.cwd(), 'dist/apps/gallery/browser');

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('every component in every state has no violation', async ({ page }) => {
  test.setTimeout(120_000);
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
  await expect(page.getByText("You're offline. Messages will be sent when you reconnect.")).toBeVisible();
  // The page is as long as all states together; each theme, direction and width comes once.
  await expectAccessible(page, 'gallery', [
    { theme: 'light', dir: 'ltr', width: 1280 },
    { theme: 'dark', dir: 'rtl', width: 320 },
  ]);
  expect(failures).toEqual([]);
});
