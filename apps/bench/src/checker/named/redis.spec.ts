import type { Device } from '../device/device';
import { endAll, eventually, Scene } from './scene';

/** The digest comes every 15 s, with Redis or without. */
const DIGEST_MS = 15_000;
const SLACK_MS = 15_000;
const SENDS = 40;
const TIMEOUT_MS = 180_000;

describe('Redis goes away and comes back', () => {
  let scene: Scene;
  beforeAll(async () => (scene = await Scene.start({ nodes: 2, redis: true })), TIMEOUT_MS);
  afterAll(() => endAll(scene), TIMEOUT_MS);

  it(
    'sends on both nodes are acknowledged, clients on both catch up even without it, and hear each other again with it',
    async () => {
      const [student, tutor] = [await scene.person('student1'), await scene.person('tutor1')];
      const chat = (await student.chats.list(100, null))?.page?.items.find(({ tutor: { id } }) => id === tutor.userId);
      const chatId = chat?.id ?? '';
      const phone = await scene.device(student, () => scene.node(0).port);
      const desk = await scene.device(tutor, () => scene.node(1).port);
      await scene.settled();
      const lastOf = (device: Device) => device.copy(chatId).seq;
      const lines = () => Array<string>(SENDS).fill(chatId);

      await scene.redis?.end();
      const before = lastOf(phone);
      const sends = [...scene.send(phone, lines()), ...scene.send(desk, lines())];
      await eventually(() => expect(sends.filter(({ outcome }) => outcome !== 'stored')).toEqual([]));
      await eventually(() => {
        for (const device of [phone, desk]) expect(lastOf(device)).toBe(before + 2 * SENDS);
      }, DIGEST_MS + SLACK_MS);

      await scene.redis?.restart(0);
      // Nodes find it again within seconds; then what one says is heard at once on the other.
      await eventually(async () => {
        const [record] = scene.send(phone, [chatId]);
        await eventually(() => expect(record?.outcome).toBe('stored'));
        const { seq } = record?.message ?? { seq: 0 };
        const live = () =>
          scene.history.sightings.filter(
            ({ by, source, message }) => by === desk.id && source === 'message_created' && message.seq === seq,
          );
        await eventually(() => expect(live()).not.toEqual([]), 500);
      });
      expect(await scene.judge()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
