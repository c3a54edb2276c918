import { randomUUID } from 'node:crypto';
import { commandNames, commands, SYNC_MAX_CHATS, type CommandName } from '@course-chat/contracts';
import { PASSWORD, type TestUser } from '../testing';
import { restDoorsOf, type RestDoor } from '../testing/doors';
import { propertyNames, sampleOf } from '../testing/sample-of';
import { codeOf, expectClean, expectTyped, HostileScene } from './scene';

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const wide = (keys: number) => `{${Array.from({ length: keys }, (_, index) => `"k${index}":1`).join()}}`;

/** What no field of ours takes, each parsed from the bytes that travel, so that `__proto__` is a key of its own. */
const NEVER: readonly string[] = [
  ...['{"$ne":null}', '{"$gt":""}', '{"$where":"sleep(1000)"}', '{"$expr":{"$eq":[1,1]}}', '{"$regex":".*"}'],
  ...['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}', '{"toString":1}'],
  ...['[["x"]]', '[{"$ne":null}]', '{}', 'true', '1.5', '-1', '1e309', '9007199254740993', deep(15)],
];
/** Keys that the server makes itself, or that other programs would believe. */
const EXTRA = [
  'senderId',
  'seq',
  'createdAt',
  'role',
  'userId',
  'isAdmin',
  '_id',
  '__v',
  '$set',
  '__proto__',
  'constructor',
];
/** What an id is not. */
const NO_IDS = ['', 'x', 'f'.repeat(23), 'f'.repeat(25), 'F'.repeat(24), 'twelve-bytes', '\0'.repeat(24), '__proto__'];

const BODIES = [
  '{',
  '[',
  '"',
  '{"a":}',
  '\u0000',
  'null',
  '1',
  '"text"',
  '[]',
  '',
  '{"a":1}{"b":2}',
  `{"a":${deep(10_000)}}`,
];

describe('hostile payloads', () => {
  let scene: HostileScene;
  let doors: RestDoor[];
  beforeAll(async () => {
    scene = await HostileScene.start();
    doors = restDoorsOf(scene.server);
    admin = await scene.server.signUp('admin');
    await scene.recount();
  });
  let admin: TestUser;
  afterEach(() => scene.expectUntouched());
  afterAll(() => scene.stop());

  const memberFor = ({ path }: RestDoor) =>
    path.startsWith('/admin') ? admin : path.startsWith('/tutors') ? scene.pair.tutor : scene.pair.student;
  const addressOf = ({ path }: RestDoor) => path.replace(':chatId', scene.chatId).replace(/:\w+/g, 'f'.repeat(24));
  const given = () => ({ chatId: scene.chatId, cursor: null });
  const sampleOfCommand = (name: CommandName) => sampleOf(commands[name].payload, given()) as Record<string, unknown>;

  /** The JSON text of an object with one value replaced by text that stands for itself. */
  function jsonWith(sample: object, field: string, value: string): string {
    const rest = JSON.stringify({ ...sample, [field]: undefined }).slice(1, -1);
    return `{${[rest, `${JSON.stringify(field)}:${value}`].filter(Boolean).join()}}`;
  }

  describe('over sockets', () => {
    it.each(commandNames)('%s refuses in every field what no field takes', async (name) => {
      const sample = sampleOfCommand(name);
      for (const field of Object.keys(sample)) {
        // Infinity travels as null, which a cursor may be.
        for (const value of NEVER.filter((one) => one !== '1e309')) {
          const answer = await scene.socket.raw(name, JSON.parse(jsonWith(sample, field, value)));
          expect([field, value, answer]).toMatchObject([field, value, { error: { code: 'VALIDATION_FAILED' } }]);
          expectClean(answer);
        }
      }
    });

    it.each(commandNames)('%s refuses a key that it does not know', async (name) => {
      const sample = sampleOfCommand(name);
      for (const key of EXTRA.filter((one) => !(one in sample) || one === '__proto__' || one === 'constructor')) {
        const payload: unknown = JSON.parse(jsonWith(sample, key, '{"a":1}'));
        expect([key, (await scene.socket.error(name, payload)).code]).toEqual([key, 'VALIDATION_FAILED']);
      }
    });

    it.each(commandNames.filter((name) => propertyNames(commands[name].payload).has('chatId')))(
      '%s refuses an id that is none, and the name of a room',
      async (name) => {
        for (const chatId of [
          ...NO_IDS,
          `chat:${scene.chatId}`,
          `user:${scene.pair.student.user.id}`,
          ` ${scene.chatId}`,
        ]) {
          // Not by sampleOf, which makes nothing that does not fit.
          const payload = JSON.parse(JSON.stringify(sampleOfCommand(name)).replaceAll(scene.chatId, '?')) as object;
          const text = JSON.stringify(payload).replaceAll('"?"', JSON.stringify(chatId));
          const answer = await scene.socket.error(name, JSON.parse(text));
          expect([chatId, answer.code]).toEqual([chatId, 'VALIDATION_FAILED']);
        }
      },
    );

    it.each([
      ...['nothing', 'connection', '__proto__', 'constructor', 'toString', 'error', '', 'x'.repeat(50_000)],
      ...['message_created', 'session_ended', 'JOIN_CHAT', 'join_chat '],
    ])('answers the unknown command %.20j', async (name) =>
      expect((await scene.socket.error(name, {})).code).toBe('VALIDATION_FAILED'),
    );

    it('answers a command without a payload, with two, and with only an ack', async () => {
      const { chatId } = scene;
      for (const args of [[], [{ chatId }, { more: true }], [undefined], [null], ['text'], [[{ chatId }]]]) {
        expect((await scene.socket.error('join_chat', ...args)).code).toBe('VALIDATION_FAILED');
      }
    });

    it('bears commands without an ack, good and bad', async () => {
      const io = scene.socket.io as unknown as { emit(name: string, ...args: unknown[]): void };
      for (const payload of [undefined, null, 'x', {}, { chatId: scene.chatId, seq: 1 }, JSON.parse(deep(1_000))]) {
        for (const name of ['join_chat', 'mark_read', 'edit_message', 'nothing']) io.emit(name, payload);
      }
      await scene.socket.ok('leave_chat', { chatId: scene.chatId });
    });

    it('refuses deep, wide and binary payloads with a small answer', async () => {
      for (const payload of [
        ...[JSON.parse(deep(2_000)), JSON.parse(wide(4_000)), { chatId: JSON.parse(deep(2_000)) }],
        ...[Buffer.from('x'), { chatId: Buffer.from('x') }, Array.from({ length: 5_000 }, () => 1)],
      ]) {
        const error = await scene.socket.error('join_chat', payload);
        expect(error.code).toBe('VALIDATION_FAILED');
        expectClean(error);
      }
    });

    const position = (change: object) => ({ chatId: 'f'.repeat(24), seq: 0, rev: 0, ...change });
    it.each([
      ...[-1, 1.5, 2 ** 53, '1', null].flatMap((value) => [
        [`seq ${value}`, [position({ seq: value })]],
        [`rev ${value}`, [position({ rev: value })]],
      ]),
      ['more keys', [position({ userId: 'x' })]],
      ['one chat too many', Array.from({ length: SYNC_MAX_CHATS + 1 }, () => position({}))],
      ['as many chats as a frame holds', Array.from({ length: 900 }, () => position({}))],
    ] as [string, object[]][])('refuses to catch up from %s', async (_, chats) => {
      const error = await scene.socket.error('sync', { cursor: null, chats });
      expect(error.code).toBe('VALIDATION_FAILED');
      expectClean(error);
    });

    it.each([
      ...['nonsense', '', 'x'.repeat(513), '{}', 'W10', '\0'],
      ...[
        [],
        [1],
        [{ $gt: '' }, null],
        [1.5, null],
        [-1, null],
        [8.64e15 + 1, null],
        ['x', 'x'],
        [0, 'x'],
        [0, null, 1],
      ].map((key) => Buffer.from(JSON.stringify(key)).toString('base64url')),
    ])('refuses to catch up from the forged cursor %.30j', async (cursor) => {
      expect((await scene.socket.error('sync', { cursor, chats: [] })).code).toBe('VALIDATION_FAILED');
    });

    it('a cursor that was made up well shows its maker their own chats and no others', async () => {
      const cursor = Buffer.from(JSON.stringify([0, '0'.repeat(24)])).toString('base64url');
      const { chats } = await scene.strangerSocket.ok('sync', { cursor, chats: [] });
      expect(chats.map(({ chat }) => chat.student.id)).toEqual([scene.stranger.user.id]);
    });

    it('catching up with 100,000 chats ends that connection alone', async () => {
      const fat = await scene.server.socket(scene.pair.student);
      const closed = new Promise((resolve) => fat.io.on('disconnect', resolve));
      void fat
        .raw('sync', { cursor: null, chats: Array.from({ length: 100_000 }, () => position({})) })
        .catch(() => null);
      await closed;
      await scene.socket.ok('leave_chat', { chatId: scene.chatId });
    });

    it('a seq beyond the end marks nothing in an empty chat and changes nothing', async () => {
      const { chatId, socket } = scene;
      for (const seq of [1, 1_000_000, Number.MAX_SAFE_INTEGER]) {
        expect(await socket.ok('mark_read', { chatId, seq })).toMatchObject({ readSeq: 0, deliveredSeq: 0 });
        expect((await socket.error('edit_message', { chatId, seq, text: 'x' })).code).toBe('NOT_FOUND');
        expect((await socket.error('delete_message', { chatId, seq })).code).toBe('NOT_FOUND');
        const { chats } = await socket.ok('sync', { cursor: null, chats: [{ chatId, seq, rev: seq }] });
        expect(chats).toMatchObject([{ status: 'ok', messages: [] }]);
      }
    });
  });

  describe('over REST', () => {
    const withBody = () =>
      doors.flatMap((door) => {
        const schema = door.inputs.find(({ from }) => from === 'body')?.schema;
        // The shop's door looks at its signature first, and at nothing else without one.
        return schema && door.guards.length === 0 ? [{ door, schema }] : [];
      });
    const post = (door: RestDoor, body: unknown, headers?: Record<string, string>) =>
      scene.server.call(door.method, addressOf(door), { token: memberFor(door).token, body, headers });

    it('every field of every body refuses what no field takes, and every body a key it does not know', async () => {
      expect(withBody().length).toBeGreaterThan(8);
      for (const { door, schema } of withBody()) {
        const sample = sampleOf(schema) as Record<string, unknown>;
        const inputs = Object.keys(sample).flatMap((field) => NEVER.map((value) => jsonWith(sample, field, value)));
        inputs.push(
          ...EXTRA.filter((key) => !Object.hasOwn(sample, key)).map((key) => jsonWith(sample, key, '{"a":1}')),
        );
        for (const body of inputs) {
          const answer = await post(door, body);
          expect([door.name, body, answer.status, codeOf(answer)]).toEqual([door.name, body, 400, 'VALIDATION_FAILED']);
          expectClean(answer.body);
        }
      }
    }, 120_000);

    it('every body refuses what is no object, and what is nested 10,000 deep', async () => {
      for (const { door } of withBody()) {
        for (const body of BODIES) {
          expect([door.name, body.slice(0, 20), codeOf(await post(door, body))]).toEqual([
            door.name,
            body.slice(0, 20),
            'VALIDATION_FAILED',
          ]);
        }
      }
    }, 60_000);

    it('100,000 keys are too large, and as many as a body holds are too many', async () => {
      for (const { door } of withBody()) {
        expectTyped(await post(door, wide(100_000)), 413, 'TOO_LARGE');
        expectTyped(await post(door, wide(5_000)), 400, 'VALIDATION_FAILED');
      }
    }, 60_000);

    it('every parameter refuses an id that is none', async () => {
      for (const door of doors.filter(({ path }) => path.includes(':'))) {
        for (const id of NO_IDS.filter(Boolean).concat('%7B%22$ne%22:null%7D', `chat:${scene.chatId}`, '%E0%A4%A')) {
          const answer = await scene.server.call(door.method, door.path.replace(/:\w+/g, encodeOnce(id)), {
            token: memberFor(door).token,
            ...(door.method === 'POST' && { body: {} }),
          });
          expect([door.name, id, codeOf(answer)]).toEqual([door.name, id, 'VALIDATION_FAILED']);
        }
      }
    }, 60_000);

    it('every query refuses operators, lists, a key twice and numbers that are none', async () => {
      const queries = [
        ...['limit=-1', 'limit=1e9', 'limit=NaN', 'limit=0', 'limit=101', 'limit=', 'limit=0x10', 'limit=%00'],
        ...['limit=1&limit=2', 'limit[$gt]=1', 'limit[]=1', '$where=1', 'cursor[$ne]=x', 'cursor=', 'x=1', '$expr=1'],
      ];
      for (const door of doors.filter(({ inputs }) => inputs.some(({ from }) => from === 'query'))) {
        for (const query of queries) {
          const answer = await scene.server.rest(memberFor(door)).get(`${addressOf(door)}?${query}`);
          expect([door.name, query, codeOf(answer)]).toEqual([door.name, query, 'VALIDATION_FAILED']);
          expectClean(answer.body);
        }
      }
    }, 60_000);

    it('a body of 70 KB is TOO_LARGE for everybody, the shop too', async () => {
      const body = JSON.stringify({ email: 'x'.repeat(70_000) });
      for (const path of ['/auth/login', '/integrations/enrollments'])
        expectTyped(await scene.server.call('POST', path, { body }), 413, 'TOO_LARGE');
    });

    it.each([
      ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml', ''],
      ...['application/json; charset=utf-7', 'application/json; charset=__proto__', 'application/ld+json'],
    ])('a body that says it is %j is not read', async (type) => {
      const answer = await scene.server.call('POST', '/auth/login', {
        body: 'email=x&password[$ne]=y',
        headers: { 'content-type': type },
      });
      expectTyped(answer, 400, 'VALIDATION_FAILED');
    });

    it.each(['gzip', 'br', 'deflate', 'zstd', 'nonsense'])(
      'a body that lies about being %s is refused',
      async (encoding) => {
        const headers = { 'content-encoding': encoding };
        expectTyped(
          await scene.server.call('POST', '/auth/login', { body: '{"email":"x"}', headers }),
          400,
          'VALIDATION_FAILED',
        );
      },
    );

    it.each([
      'student@example.com\u0000',
      '<script>@example.com',
      `${'a'.repeat(300)}@example.com`,
      'ａdmin@example.com\u202e',
    ])('there is no account for %.40j', async (email) => {
      const body = { name: 'x', email, password: PASSWORD };
      expectTyped(await scene.server.call('POST', '/auth/register', { body }), 400, 'VALIDATION_FAILED');
    });

    it.each(['PUT', 'PATCH', 'DELETE'])(
      '%s, which that address does not have, is told those it has',
      async (method) => {
        const token = scene.pair.student.token;
        const answer = await scene.server.call(method, `/users/chats/${scene.chatId}`, { token });
        expectTyped(answer, 405, 'NOT_FOUND');
        expect(answer.headers.get('allow')).toBe('GET, HEAD');
        // An address that is not there has no methods.
        const nowhere = await scene.server.call(method, '/users/nothing', { token });
        expectTyped(nowhere, 404, 'NOT_FOUND');
        expect(nowhere.headers.get('allow')).toBeNull();
      },
    );

    it('never answers with what somebody sent', async () => {
      const marker = `marker-${randomUUID()}`;
      for (const { door, schema } of withBody()) {
        const fields = Object.keys(sampleOf(schema) as object);
        const body = Object.fromEntries(fields.map((field) => [field, { [marker]: marker }]));
        expect(JSON.stringify((await post(door, body)).body)).not.toContain(`"${marker}`);
      }
    });
  });
});

/** As an address has it; what is encoded already, well or badly, stays. */
function encodeOnce(id: string): string {
  return id.includes('%') ? id : encodeURIComponent(id);
}
