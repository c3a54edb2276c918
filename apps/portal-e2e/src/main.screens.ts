import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { test, type Person } from './support/cast';

const FOLDER = join(process.cwd(), 'docs/screens');
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 375, height: 667 } };
type Size = keyof typeof SIZES;

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.describe.configure({ timeout: 240_000 });

/** Takes a picture in light and dark. WebP: a tenth of a PNG. */
async function shoot(
  page: Page,
  name: string,
  themes: readonly ('light' | 'dark')[] = ['light', 'dark'],
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
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

const rows = (page: Page): Locator => page.getByRole('navigation', { name: /Chats|المحادثات/ }).getByRole('link');
const articles = (page: Page): Locator => page.getByRole('log').getByRole('article');

/** Somebody is there, and typing if a text is given, for as long as the picture needs. */
async function beside(person: Person, path: string): Promise<Page> {
  const page = await person.open(path);
  await expect(page.getByRole('button', { name: 'Account', exact: true })).toBeVisible();
  return page;
}

for (const size of ['desktop', 'phone'] as const satisfies readonly Size[]) {
  const viewport = SIZES[size];

  test(`students on a ${size}`, async ({ demo, openContext }) => {
    const guest = await (await openContext({ viewport })).newPage();
    await guest.goto('/login');
    await expect(guest.getByText('student1@example.com')).toBeVisible();
    await shoot(guest, `login-${size}`);

    const ana = await beside(await demo('tutor1@example.com'), '/tutor/chats');
    await beside(await demo('tutor3@example.com'), '/tutor');
    const page = await (await demo('student1@example.com')).open('/courses', { viewport });
    await expect(page.getByRole('link', { name: 'Photography basics' }).first()).toBeVisible();
    await shoot(page, `courses-${size}`);
    await page.getByRole('link', { name: 'Angular from the ground up' }).first().click();
    await expect(page.getByRole('button', { name: 'Chat with tutor' })).toBeVisible();
    await shoot(page, `course-bought-${size}`);
    await page.goBack();
    await page.getByRole('link', { name: 'Forms that people finish' }).first().click();
    await expect(page.getByRole('button', { name: 'Buy now' })).toBeVisible();
    await shoot(page, `course-${size}`);

    await page.goto('/chats');
    await rows(page).filter({ hasText: 'Photography' }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('Is the last one sharp enough to print it');
    await page.goto('/chats');
    await expect(rows(page).filter({ hasText: 'Draft' })).toBeVisible();
    await shoot(page, `chats-${size}`);
    await rows(page).filter({ hasText: 'Angular' }).click();
    await expect(articles(page).last()).toBeInViewport();
    await rows(ana).filter({ hasText: 'Lena Marsh' }).click();
    await ana.getByRole('textbox', { name: 'Message' }).pressSequentially('One more th');
    await expect(page.getByRole('log').getByText(/is typing/)).toHaveCount(1);
    await shoot(page, `thread-${size}`);
    await page.goto('/chats');
    await page.getByRole('button', { name: 'New chat' }).first().click();
    await expect(page.getByRole('dialog').getByRole('button', { name: /Ana Ruiz/ })).toBeVisible();
    await shoot(page, `new-chat-${size}`);
  });

  test(`tutors on a ${size}`, async ({ demo }) => {
    await beside(await demo('student8@example.com'), '/courses');
    await beside(await demo('student2@example.com'), '/courses');
    const page = await (await demo('tutor1@example.com')).open('/tutor', { viewport });
    await expect(page.getByText('questions wait for you')).toBeVisible();
    await shoot(page, `tutor-overview-${size}`);
    await page.goto('/tutor/students');
    await expect(page.getByRole('link', { name: /Open the chat/ }).first()).toBeVisible();
    await shoot(page, `tutor-students-${size}`);
    await page.goto('/tutor/chats');
    await expect(rows(page).first()).toBeVisible();
    if (size === 'desktop') {
      await rows(page).filter({ hasText: 'Mateo Vargas' }).click();
      await expect(articles(page).last()).toBeInViewport();
    }
    await shoot(page, `tutor-chats-${size}`);
  });
}
