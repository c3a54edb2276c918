import { expect, type Page } from '@playwright/test';

/** Waits until the service worker has everything that the portal is made of. */
export async function shellKept(page: Page): Promise<void> {
  const manifest = await page.request.get('/ngsw.json');
  const { assetGroups } = (await manifest.json()) as { assetGroups: { name: string; urls: string[] }[] };
  const urls = assetGroups.find(({ name }) => name === 'shell')?.urls ?? [];
  expect(urls.length).toBeGreaterThan(10);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const missing = () =>
    page.evaluate(async (wanted) => {
      const found = await Promise.all(wanted.map((url) => caches.match(url)));
      return found.filter((response) => !response).length;
    }, urls);
  await expect.poll(missing, { timeout: 60_000 }).toBe(0);
}

/** How many lists and threads this device remembers. */
export async function kept(page: Page): Promise<{ lists: number; threads: number }> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('course-chat');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const transaction = db.transaction(['lists', 'threads']);
          const [lists, threads] = [
            transaction.objectStore('lists').count(),
            transaction.objectStore('threads').count(),
          ];
          transaction.oncomplete = () => {
            db.close();
            resolve({ lists: lists.result, threads: threads.result });
          };
        };
      }),
  );
}
