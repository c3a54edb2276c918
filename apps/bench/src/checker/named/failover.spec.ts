import { setTimeout as delay } from 'node:timers/promises';
import { ReplicaSet } from '../processes/replica-set';
import { freePorts } from '../processes/free-ports';
import { endAll, eventually, Scene } from './scene';

const ALONE_MS = 2_000;
const TIMEOUT_MS = 240_000;

/** Whoever acknowledges before most members have a message loses it here. */
describe('the primary of three databases is killed with what it had not told the others yet', () => {
  let set: ReplicaSet;
  let scene: Scene;
  beforeAll(async () => {
    const port = await freePorts(3);
    set = await ReplicaSet.start(process.env['TEST_MONGOD_BINARY'] ?? 'mongod', [port, port + 1, port + 2]);
    scene = await Scene.start({ mongodbUri: set.uri });
  }, TIMEOUT_MS);
  afterAll(() => endAll(scene, set), TIMEOUT_MS);

  it(
    'every acknowledged message is there once and every client converges',
    async () => {
      const [student, tutor] = [await scene.person('student1'), await scene.person('tutor1')];
      const phone = await scene.device(student);
      const desk = await scene.device(tutor);
      await scene.settled();
      const chatId = phone.copies.keys().next().value ?? '';
      let isOver = false;
      const life = (async () => {
        while (!isOver) {
          for (const device of [phone, desk]) if (device.outbox.size < 16) scene.send(device, [chatId]);
          await delay(25);
        }
      })();
      await delay(1_000);
      await set.losePrimary(ALONE_MS);
      const before = scene.history.counts['acked'] ?? 0;
      await eventually(() => expect(scene.history.counts['acked'] ?? 0).toBeGreaterThan(before + 20), 60_000);
      isOver = true;
      await life;
      expect(await scene.judge()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
