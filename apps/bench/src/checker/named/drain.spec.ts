import { commands, type Message } from '@course-chat/contracts';
import { io } from 'socket.io-client';
import { endAll, Scene } from './scene';

const SENDS = 400;
const GONE_WITHIN_MS = 25_000;
const TIMEOUT_MS = 120_000;

describe('SIGTERM', () => {
  let scene: Scene;
  beforeAll(async () => (scene = await Scene.start()), TIMEOUT_MS);
  afterAll(() => endAll(scene), TIMEOUT_MS);

  it(
    'is no longer ready, tells clients when to come back, acknowledges what is in flight, and ends in time',
    async () => {
      const student = await scene.person('student1');
      const chatId = (await student.chats.list(1, null))?.page?.items[0]?.id ?? '';
      const url = `http://127.0.0.1:${scene.node(0).port}`;
      // A client that does not go when it is told to: the server must not wait for it for ever.
      const socket = io(url, { transports: ['websocket'], auth: { token: student.token }, reconnection: false });
      await new Promise<void>((resolve, reject) => {
        socket.on('connect', resolve);
        socket.on('connect_error', reject);
      });
      const notices: unknown[] = [];
      socket.on('server_draining', (news) => notices.push(news));
      const ask = (name: string, payload: object) =>
        socket.timeout(GONE_WITHIN_MS).emitWithAck(name, payload) as Promise<{ ok: boolean; data: Message }>;
      const acks = Array.from({ length: SENDS }, (_, index) =>
        ask('send_message', { chatId, clientMessageId: crypto.randomUUID(), text: `In flight ${index}` }),
      );
      // Some are answered, most are still under way, and so are others than sends.
      await Promise.race(acks);
      const others = [ask('mark_read', { chatId, seq: 1 }), ask('sync', { cursor: null, chats: [] })];
      const begun = performance.now();
      const ended = scene.node(0).terminate();
      let sawNotReady = false;
      void (async () => {
        while (socket.connected) {
          const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
          if (answer?.status === 503) sawNotReady = true;
        }
      })();

      const answers = await Promise.all(acks);
      expect([...answers, ...(await Promise.all(others))].filter(({ ok }) => !ok)).toEqual([]);
      const seqs = answers.map(({ data }) => commands.send_message.data.parse(data).seq);
      expect(new Set(seqs).size).toBe(SENDS);
      await ended;
      expect(performance.now() - begun).toBeLessThan(GONE_WITHIN_MS);
      expect(sawNotReady).toBe(true);
      expect(notices).toEqual([{ reconnectInMs: expect.any(Number) }]);
      // Ended by itself with 0, or it would be written down as a crash.
      expect(scene.history.violations).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
