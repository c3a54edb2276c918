import { randomUUID } from 'node:crypto';
import type { Socket as NetSocket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, TestServer, type TestSocket } from './testing';

const MESSAGES = 10_000;
const AT_ONCE = 500;
const TIMEOUT_MS = 120_000;
/** The server looks once a second, and closes what it twice found in the way: a quick machine is done with sending before that. */
const SHED_WITHIN_MS = 3_000;

describe('a reader that never reads', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  it(
    'is shed while 10,000 messages arrive, others notice nothing, and it catches up when it is back',
    async () => {
      const { student, tutor, chatId } = await server.pair();
      const [phone, desk, deaf] = [
        await server.socket(student),
        await server.socket(tutor),
        await server.socket(tutor),
      ];
      const line = lineOf(deaf);
      line.pause();
      const text = 'x'.repeat(1_000);
      for (let sent = 0; sent < MESSAGES; sent += AT_ONCE) {
        const batch = Array.from({ length: AT_ONCE }, () =>
          phone.ok('send_message', { chatId, clientMessageId: randomUUID(), text }),
        );
        const seqs = (await Promise.all(batch)).map(({ seq }) => seq);
        expect(seqs).toEqual(Array.from({ length: AT_ONCE }, (_, index) => sent + index + 1));
      }
      await desk.hears('message_created', ({ message }) => message.seq === MESSAGES);
      expect(desk.of('message_created').map(({ message }) => message.seq)).toEqual(
        Array.from({ length: MESSAGES }, (_, index) => index + 1),
      );

      await delay(SHED_WITHIN_MS);
      line.resume();
      await eventually(() => expect(deaf.disconnectReason).not.toBeNull(), 30_000);
      // Most of it was never sent: it waits for nobody in the memory of the server.
      expect(deaf.of('message_created').length).toBeLessThan(MESSAGES);
      const back = await server.socket(tutor);
      const { chats } = await back.ok('sync', { cursor: null, chats: [{ chatId, seq: 0, rev: 0 }] });
      expect(chats).toMatchObject([{ status: 'reset', chat: { lastSeq: MESSAGES, unreadCount: MESSAGES } }]);
      for (const socket of [phone, desk]) expect(socket.disconnectReason).toBeNull();
    },
    TIMEOUT_MS,
  );
});

/** The connection under a client's socket. */
function lineOf(socket: TestSocket): NetSocket {
  const { engine } = socket.io.io as unknown as { engine: { transport: { ws: { _socket: NetSocket } } } };
  return engine.transport.ws._socket;
}
