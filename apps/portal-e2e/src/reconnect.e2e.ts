import { expect } from '@playwright/test';
import { Line } from './support/line';
import { chatsLink, logOut, message, row, write } from './support/people';
import { test } from './support/cast';

const SENT = { name: /Sent|Delivered|Read/ };

test('after any number of reconnects one message is one message, one unread, one announcement', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Welcome');
  const page = await student.open('/courses');
  const line = await Line.lay(page);
  await page.goto(`/chats/${chatId}`);
  await expect(message(page, 'Welcome')).toBeVisible();
  const connected = (times: number) => expect.poll(() => line.connections, { timeout: 20_000 }).toBe(times);
  // The messages come over REST: the page may show them before it has a connection to be cut.
  await connected(1);
  for (let times = 1; times <= 4; times++) {
    await line.cut();
    await connected(times + 1);
  }
  await write(page, 'Am I here once?');
  await expect(message(page, 'Am I here once?').getByRole('img', SENT)).toBeVisible();
  await tutor.say(chatId, 'And I, once?');
  await expect(message(page, 'And I, once?')).toHaveCount(1);
  await expect(message(page, 'Am I here once?')).toHaveCount(1);
  await expect(page.getByText(/: And I, once\?$/)).toHaveCount(1); // the announcer's line

  await page.getByRole('link', { name: 'Catalogue' }).first().click();
  await line.cut();
  await tutor.say(chatId, 'Two', 'Three');
  await expect(chatsLink(page)).toHaveAccessibleName('Chats, 2 unread');
});

test('a message whose answer was lost is sent again and stands there once', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Ready');
  const page = await student.open('/courses');
  const line = await Line.lay(page);
  await page.goto(`/chats/${chatId}`);
  await expect(message(page, 'Ready')).toBeVisible();
  const other = await tutor.open(`/tutor/chats/${chatId}`);
  await expect(message(other, 'Ready')).toBeVisible();

  line.cutOnceSent('Only once');
  await write(page, 'Only once');
  await expect(message(other, 'Only once')).toHaveCount(1);
  await expect(message(page, 'Only once').getByRole('img', SENT)).toBeVisible({ timeout: 20_000 });
  expect(line.connections).toBeGreaterThan(1);
  await write(page, 'After it');
  await expect(message(other, 'After it')).toBeVisible();
  for (const device of [page, other]) {
    await expect(message(device, 'Only once')).toHaveCount(1);
    await expect(device.getByRole('log').getByRole('article')).toHaveCount(3);
  }
});

test('what was not sent when the login ended is sent after the next login', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open('/courses');
  const line = await Line.lay(page);
  await page.goto(`/chats/${chatId}`);
  await expect(message(page, 'Hello')).toBeVisible();
  await line.down();
  await write(page, 'Kept through it all');
  await expect(message(page, 'Kept through it all').getByRole('img', { name: 'Waiting to be sent' })).toBeVisible();

  await page.context().clearCookies();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Log in', exact: true })).toBeVisible();
  line.mend();
  await page.getByLabel('Email').fill(student.email);
  await page.getByLabel('Password', { exact: true }).fill('course-chat-demo');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/chats/${chatId}`));
  await expect(message(page, 'Kept through it all').getByRole('img', SENT)).toBeVisible();
  await expect(message(page, 'Kept through it all')).toHaveCount(1);
});

test('logging out with unsent messages asks first', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open('/courses');
  const line = await Line.lay(page);
  await page.goto(`/chats/${chatId}`);
  await expect(message(page, 'Hello')).toBeVisible();
  await line.down();
  await write(page, 'Not yet sent');
  await expect(message(page, 'Not yet sent').getByRole('img', { name: 'Waiting to be sent' })).toBeVisible();

  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await expect(dialog).toContainText('not sent yet');
  await dialog.getByRole('button', { name: 'Stay logged in' }).click();
  await expect(message(page, 'Not yet sent')).toBeVisible();
  line.mend();
  await expect(message(page, 'Not yet sent').getByRole('img', SENT)).toBeVisible({ timeout: 40_000 });
  // Now there is nothing to ask.
  await logOut(page);
});

test('reading on one device takes the unread number off the others, also off one that was away', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'One', 'Two', 'Three');
  const desk = await student.open('/courses');
  const away = await student.open('/courses');
  const line = await Line.lay(away);
  await away.goto('/courses');
  for (const page of [desk, away]) await expect(chatsLink(page)).toHaveAccessibleName('Chats, 3 unread');
  await expect(away).toHaveTitle(/^\(3\) /);

  await line.down();
  const phone = await student.open('/chats');
  await row(phone, tutor.name).click();
  await expect(message(phone, 'Three')).toBeVisible();
  await expect(chatsLink(desk)).toHaveAccessibleName('Chats');
  line.mend();
  await expect(chatsLink(away)).toHaveAccessibleName('Chats', { timeout: 40_000 });
  await expect(away).not.toHaveTitle(/^\(/);
});

test('typing of somebody whose device is gone ends by itself', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Hello');
  const page = await student.open(`/chats/${chatId}`);
  await expect(message(page, 'Hello')).toBeVisible();
  const other = await tutor.open(`/tutor/chats/${chatId}`);
  const typing = page.getByRole('log').getByText(/is typing/);
  // A key pressed before the connection stands is heard with a later one.
  await expect(async () => {
    await other.getByRole('textbox', { name: 'Message' }).pressSequentially('so ');
    await expect(typing).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await other.context().close();
  await expect(typing).toHaveCount(0, { timeout: 12_000 });
});

test('a page with a message that the device could not keep asks before it goes', async ({ pair }) => {
  const { student, chatId } = await pair();
  const page = await student.open('/courses');
  // A full disk: the browser takes nothing.
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The disk is full', 'QuotaExceededError');
    };
  });
  const line = await Line.lay(page);
  await page.goto(`/chats/${chatId}`);
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeEnabled();
  await line.down();
  await write(page, 'Only here');
  await expect(message(page, 'Only here')).toBeVisible();
  const asked = page.waitForEvent('dialog');
  const leaving = page.evaluate(() => location.reload());
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await leaving;
  await expect(message(page, 'Only here')).toBeVisible();
  line.mend();
  await expect(message(page, 'Only here').getByRole('img', SENT)).toBeVisible({ timeout: 40_000 });
});
