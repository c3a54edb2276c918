import { expect, type Page } from '@playwright/test';
import { buyAndChat, logIn, message, newcomer, register, test, write } from './support/people';

/** Remembers what the browser refuses a page, over every page it opens, before any script of ours runs. */
async function refusals(page: Page): Promise<() => string[]> {
  const seen: string[] = [];
  await page.exposeFunction('__refused', (what: string) => seen.push(what));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      const told = `${effectiveDirective} ${blockedURI} at ${sourceFile}:${lineNumber} ${sample}`;
      void (globalThis as unknown as { __refused(what: string): Promise<void> }).__refused(told);
    });
  });
  page.on('console', (line) => {
    if (line.type() === 'error' && /Content Security Policy|Trusted/i.test(line.text())) seen.push(line.text());
  });
  return () => seen;
}

/** Styles of components arrived although nothing inline may: the page is not bare. */
async function expectStyled(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBeGreaterThan(1);
  // The CDK keeps one empty element for media queries.
  expect(await page.evaluate(() => [...document.querySelectorAll('style')].map((style) => style.textContent))).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/./)]),
  );
}

test('a student uses every page, dialog and menu without a breach of the policy', async ({ openBrowser }) => {
  const page = await openBrowser();
  const refused = await refusals(page);
  await register(page, newcomer('Mara Lind'));
  await buyAndChat(page, 'Data structures in TypeScript');
  await write(page, 'Look at https://example.com/a?b=1 <b>not bold</b> 😀');
  await expect(message(page, 'Look at').getByRole('img', { name: /Sent|Delivered|Read/ })).toBeVisible();
  await expectStyled(page);
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Log out' })).toBeVisible();
  await page.keyboard.press('Escape');
  for (const address of ['/courses', '/cart', '/wishlist', '/no-such-page', '/tutor']) {
    await page.goto(address);
    await expect(page.getByRole('main')).toBeVisible();
  }
  // Right to left, and dark.
  await page.evaluate(() => {
    localStorage.setItem('course-chat.language', 'ar');
    localStorage.setItem('course-chat.theme', 'dark');
  });
  await page.goto('/chats');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByRole('link', { name: /Data structures in TypeScript/ }).first()).toBeVisible();
  await expectStyled(page);
  expect(refused()).toEqual([]);
});

test('a tutor uses every page without a breach of the policy', async ({ openBrowser }) => {
  const page = await openBrowser();
  const refused = await refusals(page);
  await logIn(page, 'tutor2@example.com');
  for (const address of ['/tutor', '/tutor/chats', '/tutor/students', '/tutor/courses', '/login']) {
    await page.goto(address);
    await expect(page.getByRole('main')).toBeVisible();
    await expectStyled(page);
  }
  expect(refused()).toEqual([]);
});

test('the policy is in force: an injected script, style or frame does nothing', async ({ openBrowser }) => {
  const page = await openBrowser();
  const refused = await refusals(page);
  await page.goto('/login');
  await expect(page.getByLabel('Email')).toBeVisible();
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    const errors: string[] = [];
    try {
      script.textContent = 'globalThis.injected = true';
    } catch (error) {
      errors.push((error as Error).name);
    }
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { outline: 7px solid red }';
    document.head.append(style);
    try {
      // eslint-disable-next-line no-restricted-syntax -- an attack
      document.body.innerHTML += '<img src=x onerror="globalThis.injected = true">';
    } catch (error) {
      errors.push((error as Error).name);
    }
    try {
      new Worker('/ngsw-worker.js');
    } catch (error) {
      errors.push((error as Error).name);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { injected } = globalThis as { injected?: boolean };
    return { injected: injected ?? false, errors, outline: getComputedStyle(document.body).outlineStyle };
  });
  expect(outcome).toEqual({ injected: false, errors: ['TypeError', 'TypeError', 'TypeError'], outline: 'none' });
  expect(refused().length).toBeGreaterThan(2);
});

test('the reference of the API draws itself within its own policy', async ({ openBrowser }) => {
  const page = await openBrowser();
  const refused = await refusals(page);
  await page.goto('/api/docs');
  await expect(page.getByRole('heading', { name: /Course Chat/ })).toBeVisible();
  await expect(page.getByText('/api/users/chats/{chatId}/messages').first()).toBeVisible();
  expect(refused()).toEqual([]);
});
