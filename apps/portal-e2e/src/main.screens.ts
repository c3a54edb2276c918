import { expect } from '@playwright/test';
import { test } from './support/cast';
import { articles, beside, rows, shoot, SIZES } from './support/shoot';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.describe.configure({ timeout: 240_000 });

for (const size of ['desktop', 'phone'] as const) {
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
    await page.goto('/tutor/courses');
    await expect(page.getByRole('link', { name: 'See its students' }).first()).toBeVisible();
    await shoot(page, `tutor-courses-${size}`);
    await page.goto('/tutor/chats');
    await expect(rows(page).first()).toBeVisible();
    if (size === 'desktop') {
      await rows(page).filter({ hasText: 'Mateo Vargas' }).click();
      await expect(articles(page).last()).toBeInViewport();
    }
    await shoot(page, `tutor-chats-${size}`);
  });
}
