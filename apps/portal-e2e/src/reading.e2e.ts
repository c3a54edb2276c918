import { expect, type Page, type Route } from '@playwright/test';
import { chatsLink, message, row, write } from './support/people';
import { Line } from './support/line';
import { test } from './support/cast';
import { firstShown, isAtEnd, log, settled, topOf, wheel } from './support/view';

/** Texts of different heights, each found again by its number. */
function texts(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const number = from + index;
    return `No. ${number}.${' Some words more, and a few again.'.repeat((number * 7) % 9)}`;
  });
}

/** Holds answers to pages of older messages until they are let go. */
async function holdPages(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = [];
  let isHolding = true;
  await page.route(/\/messages\?.*before=/, async (route) => {
    if (isHolding) held.push(route);
    else await route.continue();
  });
  return async () => {
    await expect.poll(() => held.length, 'a page was asked for').toBeGreaterThan(0);
    isHolding = false;
    for (const route of held) await route.continue();
  };
}

test('older pages come in above without moving what is read, and to the beginning', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, ...texts(1, 160));
  const page = await student.open('/courses');
  const release = await holdPages(page);
  await page.goto(`/chats/${chatId}?seq=125`);
  await expect(message(page, 'No. 125.')).toBeInViewport();
  await settled(page);
  for (let turns = 0; turns < 12 && (await log(page).evaluate((scroller) => scroller.scrollTop)) > 200; turns++) {
    await wheel(page, -600);
    await settled(page);
  }
  await settled(page);
  const read = await firstShown(page);
  const before = await topOf(message(page, read).first());
  await release();
  await expect.poll(() => log(page).evaluate((scroller) => scroller.scrollTop)).toBeGreaterThan(400);
  await settled(page);
  expect(Math.abs((await topOf(message(page, read).first())) - before)).toBeLessThanOrEqual(1);

  // Each press goes to the first message there is on this device; older ones then come.
  await expect(async () => {
    await log(page).press('Home');
    await expect(message(page, 'No. 1.').first()).toBeInViewport({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByText('Beginning of the conversation')).toBeVisible();
});

test('what arrives does not move somebody who reads above; a button counts and leads down', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, ...texts(1, 60));
  await student.post(`/users/chats/${chatId}/read`, { seq: 60 });
  const page = await student.open(`/chats/${chatId}`);
  await expect(message(page, 'No. 60.')).toBeInViewport();
  await settled(page);
  await wheel(page, -900);
  await settled(page);
  const read = await firstShown(page);
  const before = await topOf(message(page, read).first());
  await tutor.say(chatId, 'New one', 'New two', 'New three');
  const jump = page.getByRole('button', { name: /^Jump to latest/ });
  await expect(jump).toHaveAccessibleName('Jump to latest, 3 new messages');
  await settled(page);
  expect(Math.abs((await topOf(message(page, read).first())) - before)).toBeLessThanOrEqual(1);
  // Nobody has seen them yet.
  await expect(row(page, tutor.name)).toHaveAccessibleName(/3 unread/);

  await jump.click();
  await expect(message(page, 'New three')).toBeInViewport();
  await expect(jump).toHaveCount(0);
  await expect(row(page, tutor.name)).not.toHaveAccessibleName(/unread/);
  // At the end one stays at the end, and an own message leads there from anywhere.
  await tutor.say(chatId, 'New four');
  await expect(message(page, 'New four')).toBeInViewport();
  await wheel(page, -1500);
  await settled(page);
  expect(await isAtEnd(page)).toBe(false);
  await write(page, 'Mine leads down');
  await expect(message(page, 'Mine leads down')).toBeInViewport();
});

test('a line that goes down and comes back does not move what is read', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, ...texts(1, 60));
  const page = await student.open('/courses');
  const line = await Line.lay(page);
  await page.goto(`/chats/${chatId}?seq=40`);
  await expect(message(page, 'No. 40.')).toBeInViewport();
  await expect.poll(() => line.connections).toBe(1);
  await settled(page);
  const read = message(page, 'No. 40.').first();
  const before = await topOf(read);
  const moved = async () => Math.abs((await topOf(read)) - before);
  await line.down();
  await expect(page.getByText('Reconnecting…')).toBeVisible();
  expect(await moved()).toBeLessThanOrEqual(1);
  line.mend();
  await expect(page.getByText('Back online')).toBeVisible({ timeout: 30_000 });
  expect(await moved()).toBeLessThanOrEqual(1);
});

test('more than a screen of unread messages opens at the divider, which stays while one reads', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, ...texts(1, 70));
  await student.post(`/users/chats/${chatId}/read`, { seq: 35 });
  const page = await student.open(`/chats/${chatId}`);
  const divider = log(page).getByText('35 new messages');
  await expect(divider).toBeInViewport();
  await expect(message(page, 'No. 36.')).toBeInViewport();
  await expect(message(page, 'No. 70.')).not.toBeInViewport();
  await tutor.say(chatId, 'One more meanwhile');
  await expect(page.getByRole('button', { name: /^Jump to latest, / })).toBeVisible();
  await expect(divider).toHaveText('35 new messages');
});

test('a message in a tab nobody looks at stays unread until somebody looks', async ({ pair }) => {
  const { student, tutor, chatId } = await pair();
  await tutor.say(chatId, 'Seen');
  const page = await student.open('/courses');
  // Headless browsers show all of their tabs, so the page is told what a hidden one is told.
  await page.addInitScript(() => {
    let state = 'visible';
    Object.defineProperty(document, 'visibilityState', { get: () => state });
    Object.defineProperty(document, 'hidden', { get: () => state === 'hidden' });
    Object.assign(window, {
      look: (next: string) => {
        state = next;
        document.dispatchEvent(new Event('visibilitychange'));
      },
    });
  });
  await page.goto(`/chats/${chatId}`);
  await expect(message(page, 'Seen')).toBeVisible();
  const look = (state: string) =>
    page.evaluate((next) => (window as unknown as { look: (next: string) => void }).look(next), state);
  await look('hidden');
  const other = await tutor.open(`/tutor/chats/${chatId}`);
  await write(other, 'Unseen');
  await expect(message(page, 'Unseen')).toHaveCount(1);
  await expect(message(other, 'Unseen').getByRole('img', { name: 'Delivered' })).toBeVisible();
  await expect(chatsLink(page)).toHaveAccessibleName('Chats, 1 unread');
  await look('visible');
  await expect(message(other, 'Unseen').getByRole('img', { name: 'Read' })).toBeVisible();
  await expect(chatsLink(page)).toHaveAccessibleName('Chats');
});
