import { expect } from '@playwright/test';
import { buyAndChat, logIn, message, newcomer, register, thread, write, test } from './support/people';

test('typing shows at the other side and ends by itself, and on the message', async ({ openBrowser }) => {
  const student = newcomer('Wim Peeters');
  const studentPage = await openBrowser();
  await register(studentPage, student);
  await buyAndChat(studentPage, 'Data structures in TypeScript');
  await write(studentPage, 'Hello Tomás');
  await expect(message(studentPage, 'Hello Tomás').getByRole('img', { name: /Sent|Delivered/ })).toBeVisible();

  const tutorPage = await openBrowser();
  await logIn(tutorPage, 'tutor2@example.com');
  await tutorPage.goto(new URL(studentPage.url()).pathname.replace('/chats', '/tutor/chats'));
  await expect(message(tutorPage, 'Hello Tomás')).toBeVisible();

  const typing = thread(studentPage, 'Tomás Okafor').getByText('Tomás Okafor is typing');
  await tutorPage.getByRole('textbox', { name: 'Message' }).pressSequentially('Hi');
  await expect(typing).toHaveCount(1);
  // Nothing more is typed: after six seconds it is over.
  await expect(typing).toHaveCount(0, { timeout: 12_000 });

  await tutorPage.getByRole('textbox', { name: 'Message' }).pressSequentially(' Wim');
  await expect(typing).toHaveCount(1);
  await tutorPage.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(message(studentPage, 'Hi Wim')).toHaveCount(1);
  await expect(typing).toHaveCount(0, { timeout: 2_000 });
});

test('what is written offline is sent once the connection is back, once and in order', async ({ openBrowser }) => {
  test.setTimeout(120_000); // a connection that goes without a word is noticed by its missing heartbeat
  const student = newcomer('Mona Berg');
  const studentPage = await openBrowser();
  await register(studentPage, student);
  await buyAndChat(studentPage, 'Data structures in TypeScript');
  await write(studentPage, 'Before the tunnel');
  await expect(message(studentPage, 'Before the tunnel').getByRole('img', { name: /Sent|Delivered/ })).toBeVisible();

  const tutorPage = await openBrowser();
  await logIn(tutorPage, 'tutor2@example.com');
  await tutorPage.goto(new URL(studentPage.url()).pathname.replace('/chats', '/tutor/chats'));
  await expect(message(tutorPage, 'Before the tunnel')).toBeVisible();

  await studentPage.context().setOffline(true);
  await expect(studentPage.getByText("You're offline. Messages will be sent when you reconnect.")).toBeVisible({
    timeout: 40_000,
  });
  const written = ['First in the tunnel', 'Second in the tunnel', 'Third in the tunnel'];
  for (const text of written) {
    await write(studentPage, text);
    await expect(message(studentPage, text).getByRole('img', { name: 'Waiting to be sent' })).toBeVisible();
  }
  await write(tutorPage, 'Are you in the tunnel?');
  await studentPage.context().setOffline(false);

  for (const page of [studentPage, tutorPage]) {
    for (const text of written) await expect(message(page, text)).toHaveCount(1, { timeout: 40_000 });
    await expect(message(page, 'Are you in the tunnel?')).toHaveCount(1);
  }
  const inOrder = await tutorPage
    .getByRole('log')
    .getByRole('article')
    .filter({ hasText: 'in the tunnel' })
    .allInnerTexts();
  const positions = written.map((text) => inOrder.findIndex((shown) => shown.includes(text)));
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  await expect(studentPage.getByRole('img', { name: 'Waiting to be sent' })).toHaveCount(0);
});
