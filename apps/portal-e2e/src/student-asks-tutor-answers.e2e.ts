import { expect } from '@playwright/test';
import {
  buyAndChat,
  chatsLink,
  logIn,
  message,
  newcomer,
  register,
  row,
  thread,
  unreadCount,
  write,
  test,
} from './support/people';

const QUESTION = 'Which lens should I borrow for the first walk?';
const ANSWER = 'A 35 mm. It makes you walk, and that is the point.';

test('a student buys a course and asks, the tutor answers, and every device shows the same', async ({
  openBrowser,
}) => {
  const student = newcomer('Vera Lindqvist');
  const tutor = { name: 'Sam Bianchi', email: 'tutor4@example.com' };

  const tutorPage = await openBrowser();
  await logIn(tutorPage, tutor.email);
  // The overview is drawn from the chats: once it is there, the number on the link is the server's.
  await expect(tutorPage.getByRole('heading', { name: 'Waiting longest' })).toBeVisible();
  const before = await unreadCount(tutorPage);

  const studentPage = await openBrowser();
  await register(studentPage, student);
  await test.step('buy: the shop buttons give way to the chat', async () => {
    await studentPage.goto('/courses');
    await studentPage.getByRole('link', { name: 'Photography basics' }).first().click();
    await expect(studentPage.getByRole('button', { name: 'Add to cart' })).toBeVisible();
    await expect(studentPage.getByRole('button', { name: 'Add to wishlist' })).toBeVisible();
    await studentPage.getByRole('button', { name: 'Buy now' }).click();
    await expect(studentPage.getByRole('button', { name: 'Chat with tutor' })).toBeVisible();
    await expect(studentPage.getByRole('button', { name: 'Buy now' })).toBeHidden();
    await expect(studentPage.getByRole('button', { name: 'Add to cart' })).toBeHidden();
    await studentPage.getByRole('button', { name: 'Chat with tutor' }).click();
    await expect(thread(studentPage, tutor.name)).toBeVisible();
  });

  await test.step('ask: one message, stored and delivered', async () => {
    await write(studentPage, QUESTION);
    await expect(message(studentPage, QUESTION)).toHaveCount(1);
    await expect(message(studentPage, QUESTION).getByRole('img', { name: 'Delivered' })).toBeVisible();
    await expect(studentPage.getByRole('textbox', { name: 'Message' })).toHaveValue('');
    await expect(studentPage.getByRole('textbox', { name: 'Message' })).toBeFocused();
  });

  await test.step('the tutor sees the badge, opens the chat, and the badge goes', async () => {
    await expect(chatsLink(tutorPage)).toHaveAccessibleName(`Chats, ${before + 1} unread`);
    await chatsLink(tutorPage).click();
    await expect(row(tutorPage, student.name)).toHaveAccessibleName(/1 unread/);
    await row(tutorPage, student.name).click();
    await expect(message(tutorPage, QUESTION)).toBeVisible();
    await expect.poll(() => unreadCount(tutorPage)).toBe(before);
    await expect(row(tutorPage, student.name)).not.toHaveAccessibleName(/unread/);
  });

  await test.step('the student sees that it was read', async () => {
    await expect(message(studentPage, QUESTION).getByRole('img', { name: 'Read' })).toBeVisible();
  });

  await test.step('answer: shown at the student, read at the tutor', async () => {
    await write(tutorPage, ANSWER);
    await expect(message(studentPage, ANSWER)).toHaveCount(1);
    await expect(message(tutorPage, ANSWER).getByRole('img', { name: 'Read' })).toBeVisible();
  });

  await test.step('reload keeps everything, in order, once', async () => {
    for (const page of [studentPage, tutorPage]) {
      await page.reload();
      await expect(message(page, ANSWER)).toBeVisible();
      await expect(page.getByRole('log').getByRole('article')).toHaveCount(2);
      await expect(page.getByRole('log').getByRole('article').first()).toContainText(QUESTION);
    }
    await expect(message(studentPage, QUESTION).getByRole('img', { name: 'Read' })).toBeVisible();
  });

  await test.step('a second device of the student shows the same, and stays in step', async () => {
    const phone = await openBrowser();
    await logIn(phone, student.email);
    await phone.goto('/chats');
    await row(phone, tutor.name).click();
    await expect(message(phone, QUESTION).getByRole('img', { name: 'Read' })).toBeVisible();
    await expect(message(phone, ANSWER)).toBeVisible();
    await write(phone, 'Sent from my phone');
    await expect(message(studentPage, 'Sent from my phone')).toHaveCount(1);
    await expect(message(tutorPage, 'Sent from my phone')).toHaveCount(1);
    await expect(message(phone, 'Sent from my phone')).toHaveCount(1);
  });
});

test('unread counts of a chat that is not open move on every device of its owner', async ({ openBrowser }) => {
  const student = newcomer('Nils Aalto');
  const studentPage = await openBrowser();
  await register(studentPage, student);
  await buyAndChat(studentPage, 'Data structures in TypeScript');
  await write(studentPage, 'Is a heap a tree?');
  await expect(message(studentPage, 'Is a heap a tree?').getByRole('img', { name: /Sent|Delivered/ })).toBeVisible();
  const chatUrl = new URL(studentPage.url()).pathname;

  const tutorPage = await openBrowser();
  await logIn(tutorPage, 'tutor2@example.com');
  await tutorPage.goto(chatUrl.replace('/chats', '/tutor/chats'));
  await expect(message(tutorPage, 'Is a heap a tree?')).toBeVisible();

  await studentPage.goto('/courses');
  const phone = await openBrowser();
  await logIn(phone, student.email);
  await expect(chatsLink(phone)).toHaveAccessibleName('Chats');
  await write(tutorPage, 'A complete one, kept in an array.');
  for (const page of [studentPage, phone]) await expect(chatsLink(page)).toHaveAccessibleName('Chats, 1 unread');
  await expect(studentPage).toHaveTitle(/^\(1\) /);

  await phone.goto(chatUrl);
  await expect(message(phone, 'A complete one, kept in an array.')).toBeVisible();
  for (const page of [studentPage, phone]) await expect(chatsLink(page)).toHaveAccessibleName('Chats');
});
