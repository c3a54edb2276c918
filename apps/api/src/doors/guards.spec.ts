import type { ApplicationConfig } from '@nestjs/core';
import { RealtimeHub } from '@course-chat/api/realtime';
import { commandNames, commands } from '@course-chat/contracts';
import type * as z from 'zod/mini';
import { TestServer, eventually, type TestUser } from '../testing';
import { sampleOf } from '../testing/sample-of';
import { restDoorsOf, socketDoorsOf, type RestDoor } from '../testing/doors';

/** Every REST door without a token before it, and what closes it instead. Whoever opens another one argues for it here. */
const OPEN: Readonly<Record<string, string>> = {
  'POST /auth/register': 'counted by address; makes a student and nobody else',
  'POST /auth/login': 'the password; counted by account and address',
  'POST /auth/refresh': 'the refresh cookie',
  'POST /auth/logout': 'the refresh cookie or the token, both may be over; ends nothing that they do not name',
  'GET /demo': 'nothing; tells the logins of a demo, and 404 outside of one',
  'GET /health/live': 'nothing; says that the process answers',
  'GET /health/ready': 'nothing; says whether requests are taken',
  'POST /integrations/enrollments': 'the signature of the shop (WebhookGuard)',
};

/** Handlers that read the call itself instead of a validated input, and what of it. */
const READS_THE_CALL: Readonly<Record<string, string>> = {
  'POST /auth/refresh': 'the cookie, as text',
  'POST /auth/logout': 'the cookie and the Authorization header, as text',
};

/** What is served without a controller; each is the same for everybody. */
const ASIDE = /^GET \/api\/(docs|openapi\.json)/;
/** What runs before any address, known or not: the logger. */
const ANY_ADDRESS = /\{\/\*splat\}$/;

/** Limits of their own, besides the one of all calls of a person and the one of all calls of an address. */
const LIMITED: Readonly<Record<string, string>> = {
  'GET /users/chats/:chatId/messages': 'history',
  'GET /tutors/chats/:chatId/messages': 'history',
  'POST /users/chats/:chatId/messages': 'message',
  'POST /tutors/chats/:chatId/messages': 'message',
};

describe('every door', () => {
  let server: TestServer;
  let doors: RestDoor[];
  beforeAll(async () => {
    server = await TestServer.start();
    doors = restDoorsOf(server);
  });
  afterAll(() => server.stop());

  const filled = (path: string) => path.replace(/:\w+/g, 'f'.repeat(24));
  const names = (some: readonly RestDoor[]) => some.map(({ name }) => name).sort();

  it('is found: what the router has is what reflection has, and nothing beside it', () => {
    interface Layer {
      readonly route?: { readonly path: string; readonly methods: Record<string, boolean> };
    }
    const { stack } = (server.app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } }).router;
    const routed = stack
      .flatMap(({ route }) =>
        route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : [],
      )
      .filter((name) => !ASIDE.test(name) && !ANY_ADDRESS.test(name));
    expect(routed.sort()).toEqual(doors.map(({ method, path }) => `${method} /api${path}`).sort());
    expect(doors.length).toBeGreaterThan(25);
  });

  it('stands behind the token, the limits of its person and the role, in this order', () => {
    // Nest runs them in the order in which they stand here; the limits of a person must come after who it is.
    const { config } = server.app as unknown as { config: ApplicationConfig };
    expect(config.getGlobalGuards().map((guard) => guard.constructor.name)).toEqual([
      'JwtGuard',
      'RateLimitGuard',
      'RoleGuard',
    ]);
  });

  it('is open only by a mark that is argued for', () => {
    expect(names(doors.filter(({ isPublic }) => isPublic))).toEqual(Object.keys(OPEN).sort());
    expect(doors.find(({ name }) => name.includes('/integrations/'))?.guards).toEqual(['WebhookGuard']);
  });

  it('answers nobody without a token, whatever is sent, before it looks at anything', async () => {
    for (const { name, method, path } of doors.filter(({ isPublic }) => !isPublic)) {
      for (const at of [path, filled(path)]) {
        const answer = await server.call(method, at, method === 'GET' ? {} : { body: { $ne: null } });
        expect([name, answer.status, answer.body]).toEqual([
          name,
          401,
          { error: expect.objectContaining({ code: 'UNAUTHENTICATED' }) },
        ]);
      }
    }
  });

  it('below /users, /tutors and /admin belongs to one role', () => {
    const roles = { users: 'student', tutors: 'tutor', admin: 'admin' } as const;
    for (const { name, path, role } of doors) {
      const side = path.split('/')[1] ?? '';
      if (side in roles) expect([name, role]).toEqual([name, roles[side as keyof typeof roles]]);
    }
  });

  it('has a strict schema for each input, and one for every parameter of its path', () => {
    for (const { name, path, inputs } of doors) {
      const parameters = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]);
      expect([name, inputs.some(({ from }) => from === 'param')]).toEqual([name, parameters.length > 0]);
      for (const { from, schema } of inputs) {
        if (from === 'request') {
          expect(Object.keys(READS_THE_CALL)).toContain(name);
          continue;
        }
        expect([name, from]).toEqual([name, expect.stringMatching(/^(body|query|param)$/)]);
        expect([name, from, isStrict(schema)]).toEqual([name, from, true]);
      }
    }
  });

  it('has the limit of its own that the design asks for', () => {
    const limited = doors.filter(({ limit }) => limit);
    for (const [name, limit] of Object.entries(LIMITED)) {
      expect([name, limited.find((door) => door.name === name)?.limit]).toEqual([name, limit]);
    }
    for (const { name, method, path } of doors) {
      if (/\/messages$/.test(path)) expect(Object.keys(LIMITED)).toContain(name);
      expect(method).toMatch(/^(GET|POST|DELETE|PUT|PATCH)$/);
    }
  });

  describe('of a socket', () => {
    it('is a command of the contracts, has one handler, and Nest binds none past the dispatcher', () => {
      const found = socketDoorsOf(server);
      expect(found.filter(({ isNests }) => isNests)).toEqual([]);
      expect(found.map(({ command }) => command).sort()).toEqual([...commandNames].sort());
    });

    it.each(commandNames)('%s has a strict schema', (name) => expect(isStrict(commands[name].payload)).toBe(true));

    it.each(commandNames)('%s is refused once the token of the socket is over', async (name) => {
      const who = await server.signUp();
      // Once more where the node closed the socket before it could answer: it looks every second.
      await eventually(async () => {
        const socket = await server.socket(who);
        expireSocketsOf(server, who);
        const { code } = await socket.error(name, sampleOf(commands[name].payload, { cursor: null }));
        expect(code).toBe('UNAUTHENTICATED');
      });
    });
  });
});

describe('every door, when limits are as low as they go', () => {
  let server: TestServer;
  // One call a second of a person, 30 calls in 10 s of an address; addresses are as the proxy says.
  beforeAll(async () => (server = await TestServer.start({ RATE_LIMIT_SCALE: '0.01', TRUST_PROXY: '1' })));
  afterAll(() => server.stop());

  let address = 0;
  const from = () => ({ 'x-forwarded-for': `198.51.100.${++address}` });
  const limited = {
    status: 429,
    body: { error: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) as number } },
  };

  it('counts what a person calls, and says when to come again', async () => {
    const people = new Map<string | undefined, TestUser>();
    for (const role of ['student', 'tutor', 'admin'] as const) {
      people.set(role, await eventually(() => server.signUp(role), 20_000));
    }
    for (const { method, path, role } of restDoorsOf(server).filter(({ isPublic }) => !isPublic)) {
      const { token } = people.get(role) ?? people.get('student')!; // Made above.
      const answers = await Promise.all(
        Array.from({ length: 4 }, () =>
          server.call(method, path.replace(/:\w+/g, 'f'.repeat(24)), {
            token,
            headers: from(),
            ...(method !== 'GET' && { body: {} }),
          }),
        ),
      );
      const refused = answers.find(({ status }) => status === 429);
      expect([path, refused]).toMatchObject([path, limited]);
      expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  }, 60_000);

  it('counts what an address calls, also where nobody is asked for', async () => {
    for (const { method, path } of restDoorsOf(server).filter(({ isPublic }) => isPublic)) {
      const headers = from();
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => server.call(method, path, { headers, ...(method !== 'GET' && { body: {} }) })),
      );
      expect([path, answers.find(({ status }) => status === 429)]).toMatchObject([path, limited]);
    }
  }, 60_000);

  it.each(commandNames)(
    'counts the command %s',
    async (name) => {
      const who = await eventually(() => server.signUp(), 20_000);
      const socket = await eventually(() => server.socket(who), 20_000);
      const payload = sampleOf(commands[name].payload, { cursor: null });
      const answers = await Promise.all(Array.from({ length: 4 }, () => socket.raw(name, payload)));
      expect(answers).toContainEqual({
        ok: false,
        error: expect.objectContaining({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) }),
      });
    },
    30_000,
  );

  it('counts who has the wrong role like everybody', async () => {
    const student = await eventually(() => server.signUp(), 20_000);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => server.call('GET', '/tutors/chats', { token: student.token, headers: from() })),
    );
    expect(answers.find(({ status }) => status === 429)).toMatchObject(limited);
  }, 30_000);
});

/** Whether a schema refuses keys that it does not name, at every depth that it has. */
function isStrict(schema: z.core.$ZodType | undefined): boolean {
  if (!schema) return false;
  const { def } = schema._zod as unknown as {
    def: { type: string; catchall?: unknown; shape?: object; element?: z.core.$ZodType; innerType?: z.core.$ZodType };
  };
  if (def.type === 'object') {
    const catchall = def.catchall as { _zod: { def: { type: string } } } | undefined;
    return (
      catchall?._zod.def.type === 'never' &&
      Object.values(def.shape ?? {}).every((inner: z.core.$ZodType) => isClosed(inner))
    );
  }
  return false;
}

function isClosed(schema: z.core.$ZodType): boolean {
  const { def } = schema._zod as unknown as {
    def: { type: string; element?: z.core.$ZodType; innerType?: z.core.$ZodType };
  };
  if (def.type === 'any' || def.type === 'unknown' || def.type === 'record') return false;
  if (def.type === 'object') return isStrict(schema);
  const inner = def.element ?? def.innerType;
  return inner ? isClosed(inner) : true;
}

/** Lets the tokens of a person's open sockets end now. */
function expireSocketsOf(server: TestServer, who: TestUser): void {
  for (const socket of server.app.get(RealtimeHub).socketsHere()) {
    if (socket.data.principal.userId === who.user.id) socket.data = { ...socket.data, expiresAt: Date.now() - 1 };
  }
}
