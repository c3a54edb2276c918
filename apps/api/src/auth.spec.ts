import { createHmac } from 'node:crypto';
import { RealtimeHub } from '@course-chat/api/realtime';
import type { Session, WireError } from '@course-chat/contracts';
import {
  claimsOf,
  cookieOf,
  eventually,
  JWT_SECRET,
  PASSWORD,
  TestServer,
  type RawSocket,
  type TestUser,
} from './testing';

const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A JWT made by hand, so that it can be wrong in one way at a time. */
function forge(claims: object | string, options: { secret?: string; alg?: string; hash?: string } = {}): string {
  const head = `${encode({ alg: options.alg ?? 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  if (options.alg === 'none') return `${head}.`;
  return `${head}.${createHmac(options.hash ?? 'sha256', options.secret ?? JWT_SECRET)
    .update(head)
    .digest('base64url')}`;
}

/** What a socket that must not open is told. */
function refusal(socket: RawSocket): Promise<{ message: string; data?: WireError }> {
  return new Promise((resolve, reject) => {
    socket.on('connect', () => reject(new Error('It opened')));
    socket.on('connect_error', resolve as (error: Error) => void);
  });
}

describe('tokens', () => {
  let server: TestServer;
  let who: TestUser;
  let claims: Record<string, unknown>;
  beforeAll(async () => {
    server = await TestServer.start();
    who = await server.signUp('student');
    claims = claimsOf(who.token);
  });
  afterAll(() => server.stop());

  const now = () => Math.floor(Date.now() / 1000);
  const without = (key: string) => Object.fromEntries(Object.entries(claims).filter(([name]) => name !== key));
  const bad: [string, () => unknown][] = [
    ['none at all', () => undefined],
    ['an empty one', () => ''],
    ['an object', () => ({ $ne: null })],
    ['a list', () => [who.token]],
    ['alg none', () => forge(claims, { alg: 'none' })],
    ['alg HS512', () => forge(claims, { alg: 'HS512', hash: 'sha512' })],
    ['another key', () => forge(claims, { secret: 'another-key-that-is-long-enough-0123456789' })],
    [
      'a role edited without the key',
      () => {
        const [head, , signature] = who.token.split('.');
        return `${head}.${encode({ ...claims, role: 'tutor' })}.${signature}`;
      },
    ],
    ['one expired a second ago', () => forge({ ...claims, exp: now() - 1 })],
    ['one not valid yet', () => forge({ ...claims, nbf: now() + 60 })],
    ['another issuer', () => forge({ ...claims, iss: 'somebody' })],
    ['another audience', () => forge({ ...claims, aud: 'something' })],
    ['no issuer', () => forge(without('iss'))],
    ['exp as text', () => forge({ ...claims, exp: String(now() + 600) })],
    ['exp of 1e309', () => forge(JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e309'))],
    ['exp a year ahead', () => forge({ ...claims, exp: now() + 365 * 24 * 3600 })],
    ['no exp', () => forge(without('exp'))],
    ['no session', () => forge(without('sid'))],
    ['a session that is not there', () => forge({ ...claims, sid: 'f'.repeat(24) })],
    ['an operator as subject', () => forge({ ...claims, sub: { $ne: null } })],
    ['an unknown role', () => forge({ ...claims, role: 'root' })],
    ['another kind of token', () => forge({ ...claims, typ: 'refresh' })],
    ['the refresh token', () => decodeURIComponent(who.cookie.split('=')[1] ?? '')],
    ['10 KB', () => 'a'.repeat(10_240)],
    ['claims that are no JSON', () => forge('{')],
  ];

  it.each(bad)('%s opens neither a socket nor a route', async (_, make) => {
    const token = make();
    const error = await refusal(server.rawSocket({ auth: { token } }));
    expect(error.data).toEqual({
      code: 'UNAUTHENTICATED',
      message: expect.any(String),
      correlationId: expect.any(String),
    });
    if (typeof token !== 'string') return;
    const answer = await server.call('GET', '/auth/me', { headers: { authorization: `Bearer ${token}` } });
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
  });

  it('the forger of this file can make a token that works', async () => {
    expect((await server.call('GET', '/auth/me', { token: forge(claims) })).status).toBe(200);
    const socket = server.rawSocket({ auth: { token: forge(claims) } });
    await new Promise((resolve, reject) => socket.on('connect', () => resolve(null)).on('connect_error', reject));
  });

  it('is not taken from the query of a handshake, and no handshake without auth opens', async () => {
    expect((await refusal(server.rawSocket({ query: { token: who.token } }))).data?.code).toBe('UNAUTHENTICATED');
    expect((await refusal(server.rawSocket({ auth: { token: who.token }, namespace: '/admin' }))).message).toBe(
      'Invalid namespace',
    );
  });

  it('is not kept once the socket stands, nor the request it came with', async () => {
    const person = await server.signUp('student');
    await server.socket(person);
    const held = [...server.app.get(RealtimeHub).socketsHere()].filter(
      ({ data }) => data.principal.userId === person.user.id,
    );
    expect(held.map(({ handshake, conn }) => [handshake.auth, handshake.headers, conn.request])).toEqual([
      [{}, {}, null],
    ]);
  });

  it('the role is that of the account, whatever a signed token says', async () => {
    const answer = await server.call('GET', '/tutors/chats', { token: forge({ ...claims, role: 'tutor' }) });
    expect(answer.status).toBe(403);
  });

  it('ends with the account', async () => {
    const gone = await server.signUp('student');
    await server.connection.collection('users').deleteOne({ email: gone.email });
    expect((await server.rest(gone).get('/auth/me')).status).toBe(401);
    expect((await refusal(server.rawSocket({ auth: { token: gone.token } }))).data?.code).toBe('UNAUTHENTICATED');
  });

  it.each(['https://evil.example', 'null', '__own__.evil.example', '__own__.'])(
    'a browser page from %s is refused',
    async (origin) => {
      const socket = server.rawSocket({ auth: { token: who.token }, origin: origin.replace('__own__', server.url) });
      await expect(refusal(socket)).resolves.toBeInstanceOf(Error);
      const { headers } = await server.call('GET', '/demo', { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('the own page and native clients without an Origin are let in', async () => {
    await server.socket(who);
    const socket = server.rawSocket({ auth: { token: who.token }, origin: server.url });
    await new Promise((resolve, reject) => socket.on('connect', () => resolve(null)).on('connect_error', reject));
  });
});

describe('logins', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  const refresh = (cookie: string) => server.call<Session>('POST', '/auth/refresh', { headers: { cookie } });

  it('register, log in, know me; the cookie is out of reach of scripts and of other sites', async () => {
    const email = 'Ana.Ruiz@Example.com';
    const made = await server.call<Session>('POST', '/auth/register', {
      body: { name: ' Ana Ruiz ', email, password: PASSWORD },
    });
    expect(made).toMatchObject({ status: 201, body: { user: { name: 'Ana Ruiz', role: 'student', avatarUrl: null } } });
    expect(made.headers.getSetCookie()[0]).toMatch(/^course_chat_refresh=[^;]+;.*HttpOnly.*SameSite=Strict/);
    expect(made.headers.getSetCookie()[0]).toMatch(/Path=\/api\/auth/);
    expect(JSON.stringify(made.body)).not.toContain(cookieOf(made.headers).split('=')[1]);
    const again = await server.call('POST', '/auth/register', {
      body: { name: 'Other', email: email.toLowerCase(), password: PASSWORD },
    });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT', fields: [{ path: 'email' }] } } });
    const login = await server.call<Session>('POST', '/auth/login', {
      body: { email: 'ANA.RUIZ@example.com', password: PASSWORD },
    });
    expect((await server.call('GET', '/auth/me', { token: login.body.accessToken })).body).toEqual(made.body.user);
  });

  it('unknown and known accounts are refused in the same words', async () => {
    const { email } = await server.signUp('student');
    const answers = await Promise.all(
      [email, 'nobody@example.com'].map((address) =>
        server.call<{ error: WireError }>('POST', '/auth/login', { body: { email: address, password: 'wrong' } }),
      ),
    );
    for (const { status, body } of answers) {
      expect({ status, ...body.error }).toEqual({
        status: 401,
        code: 'UNAUTHENTICATED',
        message: 'E-mail or password is wrong',
        correlationId: expect.any(String),
      });
    }
  });

  it('refreshing replaces the cookie and keeps the login', async () => {
    const who = await server.signUp('student');
    const answer = await refresh(who.cookie);
    expect(answer).toMatchObject({ status: 200, body: { user: who.user } });
    expect(cookieOf(answer.headers)).not.toBe(who.cookie);
    expect((await refresh(cookieOf(answer.headers))).status).toBe(200);
  });

  it('two tabs refreshing at once both live, and are given the same cookie', async () => {
    const who = await server.signUp('student');
    const answers = await Promise.all(Array.from({ length: 4 }, () => refresh(who.cookie)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const cookies = answers.map(({ headers }) => cookieOf(headers)).filter(Boolean);
    expect(cookies).toHaveLength(4);
    expect(new Set(cookies).size).toBe(1);
    expect((await refresh(cookies[0] ?? '')).status).toBe(200);
  });

  it('a refresh token that comes back later ends its login, its tokens and its sockets', async () => {
    const who = await server.signUp('student');
    const other = await server.login(who.email);
    const [socket, otherSocket] = [await server.socket(who), await server.socket(other)];
    const next = cookieOf((await refresh(who.cookie)).headers);
    // As if the grace for two tabs had passed.
    await server.connection
      .collection('sessions')
      .updateMany({}, { $set: { rotatedAt: new Date(Date.now() - 60_000) } });
    expect((await refresh(who.cookie)).status).toBe(401);
    expect(await socket.hears('session_ended')).toEqual({ reason: 'refresh_reused' });
    expect((await refresh(next)).status).toBe(401);
    expect((await server.rest(who).get('/auth/me')).status).toBe(401);
    expect((await server.rest(other).get('/auth/me')).status).toBe(200);
    expect(otherSocket.disconnectReason).toBeNull();
  });

  it('logging out ends this login and its sockets, with the reason, and leaves the other login', async () => {
    const here = await server.signUp('student');
    const there = await server.login(here.email);
    const [mine, second, others] = [await server.socket(here), await server.socket(here), await server.socket(there)];
    const started = Date.now();
    expect((await server.call('POST', '/auth/logout', { headers: { cookie: here.cookie } })).status).toBe(204);
    for (const socket of [mine, second]) {
      expect(await socket.hears('session_ended')).toEqual({ reason: 'logout' });
      await eventually(() => expect(socket.disconnectReason).toBe('io server disconnect'));
    }
    // At once, and not when the watch over sessions next looks, which it does every 30 s.
    expect(Date.now() - started).toBeLessThan(10_000);
    expect((await refresh(here.cookie)).status).toBe(401);
    expect((await server.rest(here).get('/auth/me')).status).toBe(401);
    expect((await refusal(server.rawSocket({ auth: { token: here.token } }))).data?.code).toBe('UNAUTHENTICATED');
    await others.ok('sync', { cursor: null, chats: [] });
    expect(others.of('session_ended')).toEqual([]);
    expect((await refresh(there.cookie)).status).toBe(200);
  });

  it('logging out is possible with nothing, and with an expired access token', async () => {
    expect((await server.call('POST', '/auth/logout')).status).toBe(204);
    const who = await server.signUp('student');
    const expired = forge({ ...claimsOf(who.token), exp: 1 });
    expect(
      (await server.call('POST', '/auth/logout', { token: expired, headers: { cookie: who.cookie } })).status,
    ).toBe(204);
    expect((await refresh(who.cookie)).status).toBe(401);
  });

  it.each([
    '',
    'course_chat_refresh=',
    'course_chat_refresh=x',
    `course_chat_refresh=${'f'.repeat(24)}.${'a'.repeat(43)}`,
    'course_chat_refresh=j%3A%7B%22%24ne%22%3Anull%7D',
    `course_chat_refresh=${'a'.repeat(4000)}`,
  ])('the cookie %j refreshes nothing', async (cookie) => {
    expect(await refresh(cookie)).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
  });
});

describe('limits', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start({ RATE_LIMIT_SCALE: '1' })));
  afterAll(() => server.stop());

  it('ten tries of one account, then a wait that the answer names', async () => {
    const body = { email: 'guess@example.com', password: 'wrong' };
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        server.call<{ error: WireError }>('POST', '/auth/login', {
          body: { ...body, email: index % 2 ? body.email : body.email.toUpperCase() },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(401), 429, 429]);
    const limited = answers.find(({ status }) => status === 429);
    expect(limited?.body.error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) });
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(60);
  });

  it('ten messages in a second, over socket and REST together, and none of the refused is stored', async () => {
    const { student, chatId } = await server.pair();
    const socket = await server.socket(student);
    const uuid = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    // 25 at once: even when the second turns between two of them, five are too many.
    const answers = await Promise.all(
      Array.from({ length: 25 }, async (_, index) => {
        const command = { clientMessageId: uuid(index), text: 'Hi' };
        if (index % 2) return socket.command('send_message', { chatId, ...command });
        const { status, body } = await server
          .rest(student)
          .post<{ error: WireError }>(`/users/chats/${chatId}/messages`, command);
        return status === 201 ? ({ ok: true } as const) : ({ ok: false, error: body.error } as const);
      }),
    );
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    for (const answer of refused)
      expect(answer).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) } });
    expect((await socket.ok('join_chat', { chatId })).lastSeq).toBe(25 - refused.length);
  });

  it('ten sockets of one user; one that closes makes room', async () => {
    const who = await server.signUp('student');
    const sockets = [];
    for (let index = 0; index < 10; index++) sockets.push(await server.socket(who));
    expect((await refusal(server.rawSocket({ auth: { token: who.token } }))).data).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: expect.any(Number),
    });
    sockets[0]?.close();
    await eventually(() => server.socket(who));
  });
});
