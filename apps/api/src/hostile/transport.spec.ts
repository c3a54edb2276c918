import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { FRAME_MAX_BYTES, PACKETS_PER_SECOND, SOCKETS_PER_ADDRESS, SOCKETS_PER_USER } from '@course-chat/contracts';
import { eventually, type TestSocket } from '../testing';
import { outcomeOf, rawHttp, untilClosed, webSocketOf } from './raw-connection';
import { expectClean, HostileScene } from './scene';

const ENGINE = '/socket.io/?transport=polling';

/** Packets below the commands; each either ends its own connection or is ignored. */
const PACKETS = [
  ...['451-', '451-["x",{"_placeholder":true,"num":0}]', '4599999999999-["x"]', '45-1-["x"]', '451-["x"', '461-[]'],
  ...[
    '42',
    '42[',
    '42["connect"]',
    '42["disconnect",{}]',
    '42["disconnecting"]',
    '42["__proto__",{}]',
    '42[{}]',
    '42[null]',
  ],
  ...[
    '42["newListener",1]',
    '42["error",{}]',
    '42[""]',
    '42[1,2]',
    '42{"0":"x"}',
    '4299999999999999999999["x"]',
    '42-1["x"]',
  ],
  ...['421.5["x"]', '43[]', '430["x"]', '4318446744073709551616["x"]', '49', '4', '', 'b', 'bAAAA', '9', '\u0000'],
  ...[
    '40{"token":1}',
    '40',
    '40[',
    '41',
    '44{"message":"x"}',
    '42/admin,["x"]',
    '40/admin,{}',
    '40/__proto__,',
    '6',
    '1',
  ],
  ...['2', '2probe', '3', '3probe', '5', '0{"sid":"x"}', '42["x","\ud800"]', `42["${'x'.repeat(60_000)}"]`],
  `42["join_chat",${'['.repeat(30_000)}${']'.repeat(30_000)}]`,
  `451-["join_chat",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
];

describe('hostile transport', () => {
  let scene: HostileScene;
  beforeAll(async () => (scene = await HostileScene.start()));
  afterEach(() => scene.expectUntouched());
  afterAll(() => scene.stop());

  const fresh = () => scene.server.socket(scene.pair.student);

  it.each(PACKETS.map((packet) => [packet.slice(0, 40), packet]))('bears the packet %j', async (_, packet) => {
    const bad = await fresh();
    webSocketOf(bad).send(packet);
    expect(['closed', 'answers']).toContain(await outcomeOf(bad, scene.chatId));
    bad.close();
  });

  it('bears bytes where text belongs, and too many of them', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(10), Buffer.alloc(1_000, 0xff)]) {
      const bad = await fresh();
      webSocketOf(bad).send('451-["join_chat",{"chatId":{"_placeholder":true,"num":0}}]');
      for (let attachment = 0; attachment < 3; attachment++) webSocketOf(bad).send(bytes);
      expect(['closed', 'answers']).toContain(await outcomeOf(bad, scene.chatId));
      bad.close();
    }
  });

  it.each([FRAME_MAX_BYTES + 1, 1024 * 1024])('a frame of %d bytes ends that connection alone', async (size) => {
    const fat = await fresh();
    webSocketOf(fat).send(`42["join_chat","${'x'.repeat(size)}"]`);
    await untilClosed(fat);
  });

  it('closes a connection that floods: commands, broken packets, pongs and pings of either kind', async () => {
    const busy = await HostileScene.start({ RATE_LIMIT_SCALE: '1' });
    try {
      const floods: ((socket: TestSocket) => void)[] = [
        (socket) => webSocketOf(socket).send('42["nothing",{}]'),
        (socket) => webSocketOf(socket).send('3'),
        (socket) => webSocketOf(socket).send('6'),
        (socket) => webSocketOf(socket).ping('x'.repeat(100)),
      ];
      for (const flood of floods) {
        const bad = await busy.server.socket(busy.stranger);
        for (let count = 0; count < PACKETS_PER_SECOND * 3; count++) flood(bad);
        await untilClosed(bad);
      }
      expect(await busy.socket.ok('leave_chat', { chatId: busy.chatId })).toBeNull();
      await busy.expectUntouched();
    } finally {
      await busy.stop();
    }
  }, 30_000);

  it.each([
    ['an older protocol', `${ENGINE}&EIO=3`],
    ['no protocol', ENGINE],
    ['a list of protocols', `${ENGINE}&EIO=4&EIO=3`],
    ['a protocol that is none', `${ENGINE}&EIO=__proto__`],
    ['a transport that is none', '/socket.io/?EIO=4&transport=__proto__'],
    ['a transport of many', `${ENGINE}&transport=websocket&EIO=4`],
    ...['__proto__', 'constructor', 'toString', 'x'.repeat(10_000), '%00', 'a&sid=b', '[]', '../..'].map((sid) => [
      `the session ${sid.slice(0, 20)}`,
      `${ENGINE}&EIO=4&sid=${sid}`,
    ]),
  ])('refuses %s', async (_, path) => {
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE', 'TRACEX']) {
      const response = await rawHttp(
        scene.server.url,
        `${method} ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\n4`,
      );
      expect(response).toMatch(/^HTTP\/1\.1 4\d\d /);
      expectClean(response);
    }
  });

  it.each(['evil.example', 'null', 'http://127.0.0.1', 'http://127.0.0.1:1.evil.example'])(
    'refuses the Origin %s before there is a connection',
    async (origin) => {
      for (const transport of ['polling', 'websocket']) {
        const { status } = await fetch(`${scene.server.url}/socket.io/?EIO=4&transport=${transport}`, {
          headers: { origin },
        });
        expect([400, 403]).toContain(status);
      }
    },
  );

  it.each(
    ['/admin', '/__proto__', '//', `/${'x'.repeat(3_000)}`].map((namespace) => [namespace.slice(0, 20), namespace]),
  )('has no namespace %j', async (_, namespace) => {
    const socket = scene.server.rawSocket({ auth: { token: scene.pair.student.token }, namespace });
    const outcome = await new Promise<string>((resolve) =>
      socket
        .on('connect', () => resolve('connected'))
        .on('connect_error', (...[error]) => resolve((error as Error).message)),
    );
    expect(outcome).toBe('Invalid namespace');
  });

  it('takes ten sockets of one person and refuses the rest, saying when to come again', async () => {
    const busy = await HostileScene.start({ RATE_LIMIT_SCALE: '1' });
    try {
      const results = await Promise.allSettled(Array.from({ length: 100 }, () => busy.server.socket(busy.stranger)));
      const open = results.filter(({ status }) => status === 'fulfilled');
      expect(open).toHaveLength(SOCKETS_PER_USER - 1); // The scene has one of them.
      for (const result of results) {
        if (result.status === 'rejected') {
          expect(result.reason).toMatchObject({
            data: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) },
          });
        } else result.value.close();
      }
      // Others are not touched, and who left makes room.
      await busy.expectUntouched();
      await eventually(async () => (await busy.server.socket(busy.stranger)).close());
    } finally {
      await busy.stop();
    }
  }, 30_000);

  it('closes the connection of who leaves the namespace: nobody would be counted for it', async () => {
    const bad = await fresh();
    const closed = new Promise<string>((resolve) =>
      webSocketOf(bad).addEventListener('close', () => resolve('closed')),
    );
    webSocketOf(bad).send('41');
    expect(await closed).toBe('closed');
  });

  it('closes what one address opens beyond its share, before it sends a byte; others come in', async () => {
    const most = SOCKETS_PER_ADDRESS * 1.25;
    const small = await HostileScene.start({ RATE_LIMIT_SCALE: '1' });
    const sockets: Socket[] = [];
    try {
      const port = Number(new URL(small.server.url).port);
      const open = async (localAddress: string) => {
        const socket = connect({ port: port, host: '127.0.0.1', localAddress });
        sockets.push(socket);
        const closed = new Promise<boolean>((resolve) =>
          socket.on('error', () => resolve(false)).once('close', () => resolve(false)),
        );
        await new Promise<void>((resolve) => socket.once('connect', resolve).once('close', resolve));
        return Promise.race([closed, delay(300, true)]);
      };
      for (let from = 0; from < most; from += 250) {
        expect(await Promise.all(Array.from({ length: 250 }, () => open('127.0.0.9')))).not.toContain(false);
      }
      expect(await open('127.0.0.9')).toBe(false);
      expect(await open('127.0.0.10')).toBe(true);
      sockets[0]?.destroy();
      await eventually(async () => expect(await open('127.0.0.9')).toBe(true));
    } finally {
      for (const socket of sockets) socket.destroy();
      await small.stop();
    }
  }, 30_000);

  it('takes no more connections than the node may have', async () => {
    const small = await HostileScene.start({ CONNECTIONS_MAX: '5' });
    try {
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, () => small.server.socket(small.pair.student)),
      );
      // The scene has three.
      expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(2);
      expect((await small.server.call('GET', '/health/ready')).status).toBe(200);
    } finally {
      await small.stop();
    }
  }, 30_000);

  it('closes what only pretends to begin: a half request, a body by the byte, a handshake and then silence', async () => {
    const { url } = scene.server;
    const trickle = (head: string) =>
      new Promise<string>((resolve) => {
        const answer = rawHttp(url, head, false);
        void answer.then(resolve);
      });
    const silent = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const closed = new Promise<string>((resolve) => silent.addEventListener('close', () => resolve('closed')));
    const outcomes = await Promise.all([
      trickle('GET /api/health/live HTTP/1.1\r\nHost: x\r\nX-Slow: '),
      trickle(''),
      closed,
    ]);
    expect(outcomes[0]).toMatch(/^(HTTP\/1\.1 408|$)/);
    expect(outcomes[2]).toBe('closed');
  }, 40_000);

  it.each([
    'GET\r\n\r\n',
    'POST /api/auth/login HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
    'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /',
    'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n',
    'GET /api/health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'GET /api/health/live HTTP/9.9\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n',
    '\u0000\u0001\u0002',
    `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(5_000)}\r\n`,
  ])('bears what is no HTTP: %.40j', async (bytes) => {
    const answer = await rawHttp(scene.server.url, bytes);
    expect(answer).toMatch(/^(HTTP\/1\.1 (4\d\d|200|505)|$)/);
    expectClean(answer);
  });
});
