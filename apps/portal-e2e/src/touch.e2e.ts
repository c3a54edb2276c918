import { expect, type Page } from '@playwright/test';
import { row } from './support/people';
import { test } from './support/cast';

/** What a finger needs, in CSS pixels. */
const FINGER_PX = 44;
const PHONE = { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true };

/** Everything on the page that can be tapped and is smaller than a finger; words that are links within a text are not meant. */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const targets = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, [role="menuitem"], [role="menuitemradio"]',
    );
    return [...targets]
      .filter((target) => target.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((target) => !target.closest('p, .content') && target.getAttribute('aria-disabled') !== 'true')
      .map((target) => ({ target, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.right > 0 && box.bottom > 0)
      .filter(({ box }) => box.width < least - 0.5 || box.height < least - 0.5)
      .filter(({ target }) => {
        // What is small to the eye may be larger to the finger: it is what a tap beside its middle reaches.
        target.scrollIntoView({ block: 'center' });
        const { x, y, width, height } = target.getBoundingClientRect();
        const reach = least / 2 - 1;
        const across = width < least - 0.5 ? [-reach, reach] : [];
        const along = height < least - 0.5 ? [-reach, reach] : [];
        const points = [...across.map((dx) => [dx, 0]), ...along.map((dy) => [0, dy])] as [number, number][];
        return points.some(
          ([dx, dy]) => !target.contains(document.elementFromPoint(x + width / 2 + dx, y + height / 2 + dy)),
        );
      })
      .map(({ target, box }) => {
        const name = target.getAttribute('aria-label') ?? target.textContent?.trim().slice(0, 30);
        return `${target.tagName.toLowerCase()} "${name}" ${Math.round(box.width)} x ${Math.round(box.height)}`;
      });
  }, FINGER_PX);
}

/** Everything on the page that looks as if it could be tapped while a tap on its middle reaches something else. */
async function covered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const top = document.querySelector('[role="dialog"], [role="menu"]') ?? document;
    return (
      [...top.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')]
        .filter((target) => target.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        // Clipped away until the keyboard reaches it.
        .filter((target) => getComputedStyle(target).clipPath === 'none')
        .filter((target) => {
          target.scrollIntoView({ block: 'center' });
          const { x, y, width, height } = target.getBoundingClientRect();
          const isReached = target.contains(document.elementFromPoint(x + width / 2, y + height / 2));
          return width > 1 && x + width > 0 && !isReached;
        })
        .map((target) => `${target.tagName.toLowerCase()} "${target.ariaLabel ?? target.textContent?.trim()}"`)
    );
  });
}

async function expectFingersFit(page: Page, where: string): Promise<void> {
  expect.soft(await tooSmall(page), where).toEqual([]);
  expect.soft(await covered(page), where).toEqual([]);
}

test('on a phone everything that can be tapped is as large as a finger: students', async ({ demo, openContext }) => {
  const guest = await (await openContext(PHONE)).newPage();
  for (const path of ['/login', '/register']) {
    await guest.goto(path);
    await expect(guest.getByRole('heading').first()).toBeVisible();
    await expectFingersFit(guest, path);
  }
  const page = await (await demo('student1@example.com')).open('/courses', PHONE);
  await expect(page.getByRole('link', { name: 'Photography basics' }).first()).toBeVisible();
  await expectFingersFit(page, 'catalogue');
  await page.getByRole('link', { name: 'مقدمة في قواعد البيانات' }).first().click();
  await page.getByRole('button', { name: 'Add to wishlist' }).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expectFingersFit(page, 'course');
  for (const path of ['/cart', '/wishlist']) {
    await page.goto(path);
    await expect(page.getByText('مقدمة في قواعد البيانات').first()).toBeVisible();
    await expectFingersFit(page, path);
  }
  await page.goto('/chats');
  await expect(row(page, 'Ana Ruiz')).toBeVisible();
  await expectFingersFit(page, 'chats');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await expect(page.getByRole('dialog').getByRole('button', { name: /Ana Ruiz/ })).toBeVisible();
  await expectFingersFit(page, 'new chat');
  await page.keyboard.press('Escape');
  await row(page, 'Ana Ruiz').click();
  await expect(page.getByRole('log').getByRole('article').last()).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).fill('Something to send');
  await expectFingersFit(page, 'chat');
});

test('on a phone everything that can be tapped is as large as a finger: tutors', async ({ demo }) => {
  const page = await (await demo('tutor1@example.com')).open('/tutor', PHONE);
  await expect(page.getByText('questions wait for you')).toBeVisible();
  await expectFingersFit(page, 'overview');
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expectFingersFit(page, 'account menu');
  for (const path of ['/tutor/students', '/tutor/courses', '/tutor/chats']) {
    await page.goto(path);
    await expect(page.getByText('Angular from the ground up').last()).toBeVisible();
    await expectFingersFit(page, path);
  }
});
