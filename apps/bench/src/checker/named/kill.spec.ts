import type { AvailableTutors, Chat } from '@course-chat/contracts';
import { endAll, eventually, Scene } from './scene';

const CHATS = 50;
const SENDS = 5_000;
const KILLED_AFTER = 1_500;
const TIMEOUT_MS = 240_000;

describe('kill -9 of the server in the middle of 5,000 sends over 50 chats', () => {
  let scene: Scene;
  beforeAll(async () => (scene = await Scene.start()), TIMEOUT_MS);
  afterAll(() => endAll(scene), TIMEOUT_MS);

  /** Every student with every tutor of the course, until there are enough chats. */
  async function openChats() {
    const tutors = await Promise.all(upTo(4).map((number) => scene.person(`tutor${number}`)));
    const students = await Promise.all(upTo(20).map((number) => scene.person(`student${number}`)));
    const chats: Chat[] = [];
    for (const student of students) {
      const courses = (await student.rest.ask('GET', '/courses'))?.body as { items: { id: string }[] };
      for (const { id } of courses.items) await student.rest.ask('POST', `/courses/${id}/purchase`);
      const { items } = (await student.rest.ask('GET', '/users/chats/tutors'))?.body as AvailableTutors;
      for (const { tutor, course } of items) {
        if (chats.length >= CHATS) break;
        const answer = await student.rest.ask('POST', '/users/chats', { courseId: course.id, tutorId: tutor.id });
        chats.push(answer?.body as Chat);
      }
    }
    const people = [...students, ...tutors].filter((person) =>
      chats.some(({ student, tutor }) => [student.id, tutor.id].includes(person.userId)),
    );
    return { people, chats };
  }

  it(
    'every acknowledged message is there once, no seq has a hole, and every client converges without a reload',
    async () => {
      const { people, chats } = await openChats();
      expect(chats).toHaveLength(CHATS);
      for (const person of people) await scene.device(person);
      await scene.settled();

      for (const device of scene.devices) {
        const mine = chats.filter(({ student, tutor }) => [student.id, tutor.id].includes(device.person.userId));
        // Each chat gets its share from both sides.
        scene.send(
          device,
          upTo(SENDS / CHATS / 2).flatMap(() => mine.map(({ id }) => id)),
        );
      }
      const acked = () => scene.history.sends.filter(({ outcome }) => outcome === 'stored').length;
      await eventually(() => expect(acked()).toBeGreaterThan(KILLED_AFTER), 120_000);
      await scene.node(0).kill();
      expect(acked()).toBeLessThan(SENDS);
      await scene.node(0).start();

      await eventually(() => expect(acked()).toBe(SENDS), 120_000);
      expect(await scene.judge()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
