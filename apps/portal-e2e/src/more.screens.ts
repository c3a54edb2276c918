import { expect } from '@playwright/test';
import { test } from './support/cast';
import { newcomer, register, write } from './support/people';
import { articles, beside, rows, shoot, SIZES } from './support/shoot';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.describe.configure({ timeout: 240_000 });

test('a tablet', async ({ demo }) => {
  await beside(await demo('tutor1@example.com'), '/tutor/chats');
  const student = await (await demo('student1@example.com')).open('/chats', { viewport: SIZES.tablet });
  await rows(student).filter({ hasText: 'Angular' }).click();
  await expect(articles(student).last()).toBeInViewport();
  await shoot(student, 'thread-tablet');
  const tutor = await (await demo('tutor1@example.com')).open('/tutor/chats', { viewport: SIZES.tablet });
  await rows(tutor).filter({ hasText: 'Jo Park' }).click();
  await expect(articles(tutor).last()).toBeInViewport();
  await shoot(tutor, 'tutor-chats-tablet');
});

for (const size of ['desktop', 'phone'] as const) {
  test(`Arabic on a ${size}`, async ({ demo }) => {
    const options = { viewport: SIZES[size], locale: 'ar' };
    const student = await (await demo('student1@example.com')).open('/courses', options);
    await expect(student.getByRole('link', { name: 'مقدمة في قواعد البيانات' }).first()).toBeVisible();
    await shoot(student, `courses-arabic-${size}`, ['light']);
    await student.goto('/chats');
    await expect(rows(student).first()).toBeVisible();
    if (size === 'phone') await shoot(student, `chats-arabic-${size}`, ['light']);
    await rows(student).filter({ hasText: 'Angular' }).click();
    await expect(articles(student).last()).toBeInViewport();
    await shoot(student, `thread-arabic-${size}`);
    const tutor = await (await demo('tutor1@example.com')).open('/tutor', options);
    await expect(tutor.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(tutor.getByRole('main').getByRole('link').first()).toBeVisible();
    await shoot(tutor, `tutor-overview-arabic-${size}`, ['light']);
  });

  test(`what is not every day on a ${size}`, async ({ demo, openContext }) => {
    const page = await (await openContext({ viewport: SIZES[size] })).newPage();
    await register(page, { ...newcomer('Nora Newman'), name: 'Nora Newman' });
    await page.goto('/chats');
    await expect(page.getByRole('button', { name: 'New chat' }).last()).toBeVisible();
    await shoot(page, `no-chats-${size}`);
    await page.goto('/courses');
    await page.getByRole('link', { name: 'Forms that people finish' }).first().click();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('link', { name: 'View cart' }).click();
    await expect(page).toHaveURL(/\/cart$/);
    await shoot(page, `cart-${size}`);
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await shoot(page, `account-menu-${size}`, ['light']);

    const chat = await (await demo('student1@example.com')).open('/chats', { viewport: SIZES[size] });
    await rows(chat).filter({ hasText: 'TypeScript' }).click();
    await expect(articles(chat).last()).toBeInViewport();
    await chat.context().setOffline(true);
    await expect(chat.getByText("You're offline.")).toBeVisible({ timeout: 60_000 });
    await write(chat, 'Sent once I am out of the tunnel');
    await expect(articles(chat).last()).toContainText('tunnel');
    await shoot(chat, `offline-${size}`);
  });
}
