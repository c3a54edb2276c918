import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect, type Socket as NetSocket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SocketDispatcher } from '@course-chat/api/realtime';
import { portOf } from './application';
import { drain } from './drain';
import { chatsOf, eventually, TestServer, type TestPair, type TestSocket } from './testing';

/** What a drain takes at most when somebody does not go, on a machine that is slow. */
const SOON_MS = 12_000;
const TIMEOUT_MS = 60_000;

describe(drain, () => {
  let server: TestServer;
  let pair: TestPair;
  const lines: NetSocket[] = [];
  beforeEach(async () => {
    server = await TestServer.start();
    pair = await server.pair();
  }, TIMEOUT_MS);
  afterEach(async () => {
    for (const line of lines.splice(0)) line.destroy();
    await server.stop();
  }, TIMEOUT_MS);

  const drained = async () => {
    const begun = performance.now();
    await drain(server.app);
    return performance.now() - begun;
  };

  it(
    'waits for no connection on which nothing is asked: one kept alive, one that says nothing, one whose owner sleeps',
    async () => {
      const sleeper = await server.socket(pair.tutor);
      lines.push(lineOf(sleeper).pause());
      const silent = connect(portOf(server.app, 0), '127.0.0.1');
      lines.push(silent);
      await new Promise((resolve) => silent.once('connect', resolve));
      // A load balancer asks over one connection, again and again: one request is always just then under way.
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      let isOver = false;
      const balancer = (async () => {
        while (!isOver && (await askOver(agent, `${server.url}/api/health/ready`)));
      })();

      expect(await drained()).toBeLessThan(SOON_MS);
      isOver = true;
      await balancer;
      agent.destroy();
    },
    TIMEOUT_MS,
  );

  it(
    'answers a request that has begun and writes all that follows from it, and cuts off one that never ends',
    async () => {
      const body = JSON.stringify({ clientMessageId: randomUUID(), text: 'Half of me is on its way' });
      const head = [
        `POST /api${chatsOf(pair.student)}/${pair.chatId}/messages HTTP/1.1`,
        'host: localhost',
        'content-type: application/json',
        `authorization: Bearer ${pair.student.token}`,
        `content-length: ${Buffer.byteLength(body)}`,
      ];
      const [ends, never] = [0, 1].map(() => {
        const line = connect(portOf(server.app, 0), '127.0.0.1');
        line.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 20)}`);
        lines.push(line);
        const heard = { text: '', isClosed: false };
        line.on('data', (chunk: Buffer) => (heard.text += chunk.toString()));
        line.on('close', () => (heard.isClosed = true));
        line.on('error', () => {});
        return { line, heard };
      });
      await delay(100);
      const took = drained();
      await delay(1_000);
      ends?.line.write(body.slice(20));
      expect(await took).toBeLessThan(SOON_MS);
      await eventually(() => expect([ends?.heard.isClosed, never?.heard.isClosed]).toEqual([true, true]));
      expect(ends?.heard.text).toMatch(/^HTTP\/1.1 201 /);
      expect(never?.heard.text).toBe('');
      expect(await server.connection.collection('chats').findOne({ 'last.seq': 1 })).toMatchObject({
        last: { preview: 'Half of me is on its way' },
        unread: { tutor: 1 },
      });
    },
    TIMEOUT_MS,
  );

  it(
    'does not wait for people to stop asking',
    async () => {
      const phone = await server.socket(pair.student);
      const stored: number[] = [];
      const codes = new Set<string>();
      const life = async () => {
        while (phone.disconnectReason === null) {
          const answer = await send(phone).catch(() => null);
          if (answer?.ok) stored.push(answer.data.seq);
          else if (answer) codes.add(answer.error.code);
        }
      };
      // With several at it there is always something under way.
      const lives = Array.from({ length: 8 }, life);
      await eventually(() => expect(stored.length).toBeGreaterThan(20));
      expect(await drained()).toBeLessThan(SOON_MS);
      await eventually(() => expect(phone.disconnectReason).not.toBeNull());
      phone.close();
      await Promise.all(lives);
      expect([...codes].filter((code) => code !== 'UNAVAILABLE')).toEqual([]);
      expect(phone.of('server_draining')).toHaveLength(1);
      expect(await server.connection.collection('messages').countDocuments()).toBeGreaterThanOrEqual(stored.length);
    },
    TIMEOUT_MS,
  );

  it('says so to whoever asks once it takes no more, and does nothing', async () => {
    const phone = await server.socket(pair.student);
    await server.app.get(SocketDispatcher).finish(0);
    expect(await send(phone)).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', retryAfterMs: 1_000 } });
    expect(await server.connection.collection('messages').countDocuments()).toBe(0);
  });

  function send(phone: TestSocket) {
    return phone.command('send_message', {
      chatId: pair.chatId,
      clientMessageId: randomUUID(),
      text: 'On and on',
    });
  }
});

/** One request over the agent's connection. @returns whether it was answered */
function askOver(agent: Agent, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(url, { agent }, (answer) => {
      answer.resume().on('end', () => resolve(true));
    });
    asked.on('error', () => resolve(false)).end();
  });
}

/** The connection under a client's socket. */
function lineOf(socket: TestSocket): NetSocket {
  const { engine } = socket.io.io as unknown as { engine: { transport: { ws: { _socket: NetSocket } } } };
  return engine.transport.ws._socket;
}
