import { expect } from '@playwright/test';
import { test } from './support/cast';
import { message, newcomer, register, row, write } from './support/people';

test('a tutor sees who waits, filters the inbox, answers, and finds a student who has not written', async ({
  pair,
  join,
}) => {
  const waiting = await pair('Wanda Waits');
  const unread = await join(waiting, 'Udo Unread');
  const silent = await join(waiting, 'Silva Silent');
  const { tutor } = waiting;
  await waiting.student.say(waiting.chatId, 'Who can help me with lesson 3?');
  await tutor.post(`/tutors/chats/${waiting.chatId}/read`, { seq: 1 });
  await tutor.say(unread.chatId, 'How are you?');
  await unread.student.say(unread.chatId, 'Fine, and one question');
  await tutor.say(silent.chatId, 'Welcome to the course');

  const page = await tutor.open('/tutor');
  await test.step('overview: two questions wait, the older one first', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toContainText(tutor.name.split(' ')[0] ?? '');
    await expect(page.getByText('questions wait for you')).toBeVisible();
    const rows = page
      .getByRole('main')
      .getByRole('link')
      .filter({ hasText: /Wanda|Udo/ });
    await expect(rows.first()).toContainText('Wanda Waits');
    await rows.first().click();
    await expect(message(page, 'Who can help me with lesson 3?')).toBeVisible();
  });

  await test.step('filters: unanswered, unread, all', async () => {
    const filter = (name: string) =>
      page.getByRole('navigation', { name: 'Chats' }).getByRole('button', { name, exact: true });
    await filter('Unanswered').click();
    await expect(row(page, 'Wanda Waits')).toBeVisible();
    await expect(row(page, 'Udo Unread')).toBeVisible();
    await expect(row(page, 'Silva Silent')).toHaveCount(0);
    await filter('Unread').click();
    await expect(row(page, 'Udo Unread')).toHaveAccessibleName(/1 unread/);
    await expect(row(page, 'Wanda Waits')).toHaveCount(0);
    await filter('All').click();
    await expect(row(page, 'Silva Silent')).toBeVisible();
  });

  await test.step('an address that asks for the longest waiting', async () => {
    await page.goto('/tutor/chats?filter=unanswered&sort=waiting');
    const names = page.getByRole('navigation', { name: 'Chats' }).getByRole('link');
    await expect(names).toHaveText([/Wanda Waits/, /Udo Unread/]);
    await row(page, 'Wanda Waits').click();
    await expect(message(page, 'Who can help me with lesson 3?')).toBeVisible();
    await expect(names).toHaveText([/Wanda Waits/, /Udo Unread/]);
  });

  await test.step('an answer takes the question off the list', async () => {
    await write(page, 'I can.');
    await expect(message(page, 'I can.').getByRole('img', { name: /Sent|Delivered|Read/ })).toBeVisible();
    await page.goto('/tutor');
    await expect(page.getByText('question waits for you')).toBeVisible();
    await expect(page.getByRole('main').getByText('Wanda Waits')).toHaveCount(0);
  });

  await test.step('a new chat with a student of the course', async () => {
    await page.goto('/tutor/chats');
    await page.getByRole('button', { name: 'New chat' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('searchbox').fill('silva');
    await dialog.getByRole('button', { name: /Silva Silent/ }).click();
    await expect(page).toHaveURL(new RegExp(silent.chatId));
    await expect(message(page, 'Welcome to the course')).toBeVisible();
  });
});

test('a student who has bought nothing is told why there is nobody to write to, and where to go', async ({
  openBrowser,
}) => {
  const page = await openBrowser();
  await register(page, newcomer('Nobody Yet'));
  await page.goto('/chats');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('No tutors yet')).toBeVisible();
  await dialog.getByRole('link', { name: 'Browse courses' }).click();
  await expect(page).toHaveURL(/\/courses$/);
});
