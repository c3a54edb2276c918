import type { Device, Person } from '../device/device';
import { endAll, eventually, Scene } from './scene';

/** What the server does: see presence-leases.ts. */
const LEASE_MS = 10_000;
const RENEWED_EVERY_MS = 3_000;
const GRACE_MS = 8_000;
/** What the server promises after a node was killed. */
const PROMISED_MS = 15_000;
/** What a loaded machine may add to the telling of who left by themselves. */
const SLACK_MS = 7_000;
const TIMEOUT_MS = 180_000;

describe('of three nodes one is killed with -9 and one stands still for longer than a lease', () => {
  let scene: Scene;
  beforeAll(async () => (scene = await Scene.start({ nodes: 3, redis: true })), TIMEOUT_MS);
  afterAll(() => endAll(scene), TIMEOUT_MS);

  const killed = () => scene.node(0).port;
  const well = () => scene.node(1).port;
  const frozen = () => scene.node(2).port;
  const told = (watch: Device, name: 'user_offline' | 'user_online', { userId }: Person) =>
    scene.heard(watch, name).filter(({ aboutUserId }) => aboutUserId === userId);
  const isOnlineFor = async (viewer: Person, { userId }: Person) => {
    const page = (await viewer.chats.list(100, null))?.page;
    return page?.items.find(({ student }) => student.id === userId)?.peer.online;
  };

  it(
    'the lights of their users go out within the lease and never before, and on again for whoever is there',
    async () => {
      const tutor = await scene.person('tutor1');
      const leaver = await scene.person('student1');
      const mover = await scene.person('student7');
      const both = await scene.person('student13');
      const otherTutor = await scene.person('tutor2');
      const sleeper = await scene.person('student2');
      const watch = await scene.device(tutor, well);
      const otherWatch = await scene.device(otherTutor, well);
      let home = killed;
      await scene.device(leaver, killed);
      await scene.device(mover, () => home());
      await scene.device(both, killed);
      await scene.device(both, well);
      await scene.device(sleeper, frozen);
      await eventually(async () => {
        for (const student of [leaver, mover, both]) expect(await isOnlineFor(tutor, student)).toBe(true);
        expect(await isOnlineFor(otherTutor, sleeper)).toBe(true);
      });

      const begun = performance.now();
      home = well;
      const goesOn = scene.node(2).stop(LEASE_MS + 2 * RENEWED_EVERY_MS);
      await scene.node(0).kill();
      for (const [viewer, gone] of [
        [watch, leaver],
        [otherWatch, sleeper],
      ] as const) {
        const { at } = await eventually(() => {
          const [news] = told(viewer, 'user_offline', gone);
          if (!news) throw new Error(`${viewer.id} was not told that ${gone.name} is away`);
          return news;
        }, PROMISED_MS + SLACK_MS);
        // A lease was renewed at most one interval before its node died.
        expect(at - begun).toBeGreaterThan(LEASE_MS - RENEWED_EVERY_MS - 1_000);
        expect(at - begun).toBeLessThan(PROMISED_MS);
      }
      expect(await isOnlineFor(tutor, leaver)).toBe(false);

      await goesOn;
      const wentOn = performance.now();
      await eventually(() => {
        expect(told(otherWatch, 'user_online', sleeper).filter(({ at }) => at > wentOn)).not.toEqual([]);
      });
      expect(await isOnlineFor(otherTutor, sleeper)).toBe(true);

      // Two rounds of looking for dead leases have passed since: who moved, or was elsewhere too, was never away.
      for (const stayed of [mover, both]) {
        expect(told(watch, 'user_offline', stayed)).toEqual([]);
        expect(await isOnlineFor(tutor, stayed)).toBe(true);
      }
      expect(told(watch, 'user_offline', leaver)).toHaveLength(1);

      // No ghost of the dead node keeps the light of somebody on who leaves now.
      for (const device of scene.devices) if (device.person === both) device.switchOff();
      await eventually(() => expect(told(watch, 'user_offline', both)).toHaveLength(1), GRACE_MS + SLACK_MS);
    },
    TIMEOUT_MS,
  );
});
