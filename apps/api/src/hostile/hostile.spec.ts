import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { FRAME_MAX_BYTES } from '@course-chat/contracts';
import { TestServer, TestSocket, type RestAnswer, type TestPair } from '../testing';

const PROTOTYPES = ['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}'];
const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('hostile input', () => {
  let server: TestServer;
  let pair: TestPair;
  let socket: TestSocket;
  let witness: TestSocket;
  beforeAll(async () => {
    server = await TestServer.start();
    pair = await server.pair();
    socket = await server.socket(pair.student);
    witness = await server.socket(pair.tutor);
    await witness.hears('user_online');
  });
  // Whatever was tried: the server works, the other member saw nothing of it, nothing was stored.
  afterEach(async () => {
    const health = await server.call('GET', '/health/ready');
    expect(health.status).toBe(200);
    const chat = await witness.ok('join_chat', { chatId: pair.chatId });
    expect(chat.lastSeq).toBe(0);
    expect(witness.heard.filter(({ name }) => !name.startsWith('user_'))).toEqual([]);
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
  });
  afterAll(() => server.stop());

  const expectTyped = ({ status, body }: RestAnswer<unknown>, expected: number, code: string) => {
    expect({ status, body }).toEqual({
      status: expected,
      body: { error: expect.objectContaining({ code, correlationId: expect.any(String) }) },
    });
    expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|\.js:|MongoServer|mongo/i);
  };

  describe('over sockets', () => {
    it.each([
      'nothing',
      'connection',
      '__proto__',
      'constructor',
      'toString',
      'error',
      '',
      'x'.repeat(50_000),
      'message_created',
    ])('answers the unknown command %.20j', async (name) =>
      expect((await socket.error(name, {})).code).toBe('VALIDATION_FAILED'),
    );

    it('answers a command without a payload, with two, and with only an ack', async () => {
      expect((await socket.error('join_chat')).code).toBe('VALIDATION_FAILED');
      expect((await socket.error('join_chat', { chatId: pair.chatId }, { more: true })).code).toBe('VALIDATION_FAILED');
      expect((await socket.error('join_chat', undefined)).code).toBe('VALIDATION_FAILED');
    });

    it('bears commands without an ack, good and bad', async () => {
      const io = socket.io as unknown as { emit(name: string, ...args: unknown[]): void };
      for (const payload of [undefined, null, 'x', {}, { chatId: pair.chatId, seq: 1 }, JSON.parse(deep(1_000))]) {
        for (const name of ['join_chat', 'mark_read', 'edit_message', 'nothing']) io.emit(name, payload);
      }
      await socket.ok('leave_chat', { chatId: pair.chatId });
    });

    it.each(PROTOTYPES.map((text) => [text, JSON.parse(text) as object]))(
      'refuses %s beside good keys, at the top and inside',
      async (_, nasty) => {
        expect(
          (
            await socket.error(
              'send_message',
              Object.assign(JSON.parse(JSON.stringify(nasty)), {
                chatId: pair.chatId,
                clientMessageId: randomUUID(),
                text: nasty,
              }),
            )
          ).code,
        ).toBe('VALIDATION_FAILED');
        expect((await socket.error('sync', { cursor: null, chats: [nasty] })).code).toBe('VALIDATION_FAILED');
      },
    );

    it('refuses deep, wide and binary payloads without much work', async () => {
      const started = Date.now();
      const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1]));
      for (const payload of [
        JSON.parse(deep(2_000)),
        wide,
        { chatId: JSON.parse(deep(2_000)) },
        Buffer.from('x'),
        { chatId: Buffer.from('x') },
      ]) {
        const error = await socket.error('join_chat', payload);
        expect(error.code).toBe('VALIDATION_FAILED');
        expect(JSON.stringify(error).length).toBeLessThan(20_000);
      }
      expect(Date.now() - started).toBeLessThan(2_000);
    });

    it.each([
      ['zero-width only', '\u200b\u200d\u2060'],
      ['NUL', 'a\0b'],
      ['half a pair', 'a\ud800'],
      ['4,001 characters', 'a'.repeat(4_001)],
      ['16,000 combining marks', 'a' + '\u0301'.repeat(15_000)],
      ['blanks', ' \n\t '],
      ['a list', ['a']],
      ['an operator', { $gt: '' }],
    ])('refuses a text of %s', async (_, text) => {
      const error = await socket.error('send_message', { chatId: pair.chatId, clientMessageId: randomUUID(), text });
      expect(error).toMatchObject({ code: 'VALIDATION_FAILED', fields: [{ path: 'text' }] });
    });

    const position = (change: object) => ({ chatId: 'f'.repeat(24), seq: 0, rev: 0, ...change });
    it.each([
      ['seq -1', [position({ seq: -1 })]],
      ['seq 1.5', [position({ seq: 1.5 })]],
      ['seq 2^53', [position({ seq: 2 ** 53 })]],
      ['rev -1', [position({ rev: -1 })]],
      ['rev 1.5', [position({ rev: 1.5 })]],
      ['rev 2^53', [position({ rev: 2 ** 53 })]],
      ['a seq that is text', [position({ seq: '1' })]],
      ['more keys', [position({ userId: 'x' })]],
      ['as many chats as a frame holds', Array.from({ length: 900 }, () => position({}))],
    ])('refuses to catch up from %s', async (_, chats) => {
      const error = await socket.error('sync', { cursor: null, chats });
      expect(error.code).toBe('VALIDATION_FAILED');
      expect(JSON.stringify(error).length).toBeLessThan(20_000);
    });

    it('catching up with 100,000 chats ends that connection alone', async () => {
      const fat = await server.socket(pair.student);
      const io = fat.io as unknown as { emit(name: string, ...args: unknown[]): void };
      io.emit('sync', { cursor: null, chats: Array.from({ length: 100_000 }, () => position({})) });
      await new Promise((resolve) => fat.io.on('disconnect', resolve));
      await socket.ok('leave_chat', { chatId: pair.chatId });
    });

    it.each(['mark_read', 'mark_delivered', 'delete_message', 'edit_message'])(
      '%s refuses no whole seq',
      async (name) => {
        const rest = name === 'edit_message' ? { text: 'x' } : {};
        for (const seq of [-1, 1.5, 2 ** 53, 1e308, Number.MIN_VALUE, '1', null]) {
          expect([seq, (await socket.error(name, { chatId: pair.chatId, seq, ...rest })).code]).toEqual([
            seq,
            'VALIDATION_FAILED',
          ]);
        }
      },
    );

    it('a seq beyond the end marks nothing in an empty chat and changes nothing', async () => {
      const { chatId } = pair;
      for (const seq of [1, 1_000_000, Number.MAX_SAFE_INTEGER]) {
        expect(await socket.ok('mark_read', { chatId, seq })).toMatchObject({ readSeq: 0, deliveredSeq: 0 });
        expect((await socket.error('edit_message', { chatId, seq, text: 'x' })).code).toBe('NOT_FOUND');
        expect((await socket.error('delete_message', { chatId, seq })).code).toBe('NOT_FOUND');
        expect(
          (await socket.ok('sync', { cursor: null, chats: [position({ chatId, seq, rev: seq })] })).chats,
        ).toMatchObject([{ status: 'ok', messages: [] }]);
      }
    });

    it('a frame above the limit ends that connection alone', async () => {
      const fat = await server.socket(pair.student);
      const io = fat.io as unknown as { emit(name: string, ...args: unknown[]): void };
      io.emit('join_chat', { chatId: 'x'.repeat(FRAME_MAX_BYTES + 1) });
      await new Promise((resolve) => fat.io.on('disconnect', resolve));
      await socket.ok('leave_chat', { chatId: pair.chatId });
    });

    it.each([
      '451-',
      '451-["x",{"_placeholder":true,"num":0}]',
      '42',
      '42[',
      '42["connect"]',
      '42["disconnect",{}]',
      '42[{}]',
      '42[null]',
      '4299999999999999999999["x"]',
      '42-1["x"]',
      '43[]',
      '430["x"]',
      '49',
      '4',
      'b',
      '9',
      '40{"token":1}',
      '41',
      '\u0000',
      '42/admin,["x"]',
    ])('bears the packet %j', async (packet) => {
      const bad = await server.socket(pair.student);
      const engine = (bad.io.io as unknown as { engine: { transport: { ws: { send(data: string): void } } } }).engine;
      engine.transport.ws.send(packet);
      // Either the connection is closed, or it still answers: never silence.
      const outcome = await Promise.race([
        new Promise((resolve) => bad.io.on('disconnect', () => resolve('closed'))),
        bad.raw('leave_chat', { chatId: pair.chatId }).then(
          ({ ok }) => ok,
          () => 'closed',
        ),
      ]);
      expect(['closed', true]).toContain(outcome);
      bad.close();
    });
  });

  describe('over REST', () => {
    it.each(['{', '[', '"', '{"a":}', '\u0000', 'null', '1', '"text"', '[]', deep(10_000), ...PROTOTYPES])(
      'answers the body %.30j',
      async (body) => {
        for (const path of ['/auth/login', '/auth/register'])
          expectTyped(await server.call('POST', path, { body }), 400, 'VALIDATION_FAILED');
        expectTyped(
          await server.call('POST', `/users/chats/${pair.chatId}/messages`, { body, token: pair.student.token }),
          400,
          'VALIDATION_FAILED',
        );
      },
    );

    it('answers a body of 70 KB', async () => {
      const body = JSON.stringify({ email: 'x'.repeat(70_000) });
      expectTyped(await server.call('POST', '/auth/login', { body }), 413, 'TOO_LARGE');
      expectTyped(await server.call('POST', '/integrations/enrollments', { body }), 413, 'TOO_LARGE');
    });

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/json; charset=utf-7',
    ])('answers a body of %s', async (type) => {
      expectTyped(
        await server.call('POST', '/auth/login', {
          body: 'email=x&password[$ne]=y',
          headers: { 'content-type': type },
        }),
        400,
        'VALIDATION_FAILED',
      );
    });

    it('answers an encoding it does not know, and one that lies', async () => {
      for (const encoding of ['gzip', 'br', 'nonsense']) {
        const answer = await server.call('POST', '/auth/login', {
          body: '{"email":"x"}',
          headers: { 'content-encoding': encoding },
        });
        expectTyped(answer, 400, 'VALIDATION_FAILED');
      }
    });

    it.each([
      { email: { $ne: null }, password: 'x' },
      { email: 'a@b.example', password: { $gt: '' } },
      { email: ['a@b.example'], password: 'x' },
      { email: 'a@b.example', password: 'x'.repeat(200) },
    ])('answers the login %j', async (body) =>
      expectTyped(await server.call('POST', '/auth/login', { body }), 400, 'VALIDATION_FAILED'),
    );

    it.each([
      'student@example.com\u0000',
      '<script>@example.com',
      `${'a'.repeat(300)}@example.com`,
      'ａdmin@example.com\u202e',
    ])('makes no account for %j', async (email) => {
      expectTyped(
        await server.call('POST', '/auth/register', { body: { name: 'x', email, password: 'long enough' } }),
        400,
        'VALIDATION_FAILED',
      );
    });

    it.each(['PUT', 'PATCH', 'DELETE'])('answers %s, which no route has', async (method) => {
      const answer = await server.call(method, `/users/chats/${pair.chatId}`, { token: pair.student.token });
      expectTyped(answer, 405, 'NOT_FOUND');
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
      // An address that is not there has no methods.
      const nowhere = await server.call(method, '/users/nothing', { token: pair.student.token });
      expectTyped(nowhere, 404, 'NOT_FOUND');
      expect(nowhere.headers.get('allow')).toBeNull();
    });

    it('never answers with what somebody sent', async () => {
      const { body } = await server.call('POST', '/auth/login', {
        body: { email: 'secret-marker', password: 'secret-marker' },
      });
      expect(JSON.stringify(body)).not.toContain('secret-marker');
    });

    it('bears requests that are no HTTP', async () => {
      for (const bytes of [
        'GET\r\n\r\n',
        'POST /api/auth/login HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
        '\u0000\u0001\u0002',
        `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n\r\n`,
      ]) {
        await new Promise<void>((resolve) => {
          const raw = connect(Number(new URL(server.url).port), '127.0.0.1', () => raw.end(bytes));
          raw
            .on('close', () => resolve())
            .on('error', () => resolve())
            .resume();
        });
      }
    });
  });
});
