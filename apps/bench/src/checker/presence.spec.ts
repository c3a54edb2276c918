import type { Chat } from '@course-chat/contracts';
import type { Person } from './device/device';
import type { ChatRest } from './device/rest';
import { History } from './history';
import { expectPresence } from './presence';

function person(userId: string, views: () => { peerId: string; online: boolean }[]): Person {
  const items = () =>
    views().map(({ peerId, online }) => ({ student: { id: peerId }, tutor: { id: userId }, peer: { online } }) as Chat);
  const list = async () => ({ page: { items: items(), nextCursor: null, unreadTotal: 0 } });
  return { userId, name: userId, token: '', chats: { list } as unknown as ChatRest };
}

describe(expectPresence, () => {
  const leaver = person('leaver', () => []);
  const told = async (wanted: boolean, views: () => boolean, withinMs = 0) => {
    const history = new History();
    const viewer = person('viewer', () => [{ peerId: 'leaver', online: views() }]);
    const deadline = performance.now() + withinMs;
    await expectPresence([leaver, viewer], leaver, { isOnline: wanted, deadline }, history);
    return history.violations.map(({ law, name }) => [law, name]);
  };

  it('finds a ghost and a light that stays off', async () => {
    expect(await told(false, () => true)).toEqual([[6, 'wrong_presence']]);
    expect(await told(true, () => false)).toEqual([[6, 'wrong_presence']]);
  });

  it('has nothing against what is right, or becomes right in time', async () => {
    expect(await told(true, () => true)).toEqual([]);
    let looks = 0;
    expect(await told(false, () => looks++ < 2, 10_000)).toEqual([]);
  });
});
