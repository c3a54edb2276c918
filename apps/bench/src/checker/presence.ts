import { pause, type Person } from './device/device.ts';
import type { History } from './history.ts';

const LOOK_INTERVAL_MS = 300;

/** Law 6: everybody who shares a chat with `person` comes to see until `deadline` whether they are there. */
export async function expectPresence(
  members: readonly Person[],
  person: Person,
  { isOnline, deadline }: { isOnline: boolean; deadline: number },
  history: History,
): Promise<void> {
  for (const viewer of members.filter((member) => member !== person)) {
    while (!(await seesRightly(viewer, person, isOnline))) {
      if (performance.now() > deadline) {
        const wrong = isOnline ? 'offline, who is there' : 'online, who left long ago';
        history.violate({ law: 6, name: 'wrong_presence', text: `${viewer.name} sees ${person.name} ${wrong}` });
        break;
      }
      await pause(LOOK_INTERVAL_MS);
    }
  }
}

async function seesRightly(viewer: Person, { userId }: Person, isOnline: boolean): Promise<boolean> {
  const views = (await viewer.chats.list(100, null))?.page?.items.filter(({ student, tutor }) =>
    [student.id, tutor.id].includes(userId),
  );
  return views?.every(({ peer }) => peer.online === isOnline) ?? false;
}
