import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { SessionWatch } from '@course-chat/api/auth';
import type { AuditPage, ChatPage, LoginSessions, User, WireError } from '@course-chat/contracts';
import { eventually, TestIssuer, TestRedis, TestServer, type RawSocket } from './testing';

const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** What a socket that must not open is told. */
function refusal(socket: RawSocket): Promise<{ message: string; data?: WireError }> {
  return new Promise((resolve, reject) => {
    socket.on('connect', () => reject(new Error('It opened')));
    socket.on('connect_error', resolve as (error: Error) => void);
  });
}

let issuer: TestIssuer;
beforeAll(async () => (issuer = await TestIssuer.start()));
afterAll(() => issuer.stop());

describe('a portal that has accounts already', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start(issuer.settings)));
  afterAll(() => server.stop());

  const me = (token: string, node = server) => node.call<User>('GET', '/auth/me', { token });
  const usersNamed = (name: string) => server.connection.collection('users').countDocuments({ name });

  it.each(['RS256', 'ES256', 'EdDSA'])(
    'its token of %s opens REST and sockets for one and the same person',
    async (alg) => {
      const token = await issuer.token(`who-${alg}`, { name: 'Ana Ruiz', role: 'admin' }, alg);
      const { status, body } = await me(token);
      expect([status, body]).toEqual([
        200,
        { id: expect.any(String), name: 'Ana Ruiz', role: 'student', avatarUrl: null },
      ]);
      const socket = await server.socket({ user: body, email: '', token, cookie: '' });
      expect((await socket.ok('sync', { cursor: null, chats: [] })).chats).toEqual([]);
      expect((await me(await issuer.token(`who-${alg}`))).body.id).toBe(body.id);
      expect((await server.call('GET', '/admin/audit', { token })).status).toBe(403);
    },
  );

  it('a person seen first by many calls at once is one account', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => issuer.token('at-once', { name: 'At Once' })));
    const answers = await Promise.all(tokens.map((token) => me(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await usersNamed('At Once')).toBe(1);
  });

  it('a student and a tutor of the portal talk to each other', async () => {
    const [student, tutor] = await Promise.all(
      [{ role: 'student' }, { role: ['teacher', 'tutor'] }].map(async (more, index) => {
        const token = await issuer.token(`talk-${index}`, more);
        return { user: (await me(token)).body, email: '', token, cookie: '' };
      }),
    );
    if (!student || !tutor) throw new Error('Two were made');
    expect(tutor.user.role).toBe('tutor');
    const course = await server.course(tutor);
    await server.enroll(student, course);
    const chatId = await server.openChat(student, tutor, course);
    const socket = await server.socket(tutor);
    await server.write(student, chatId, 'Hello from elsewhere');
    expect((await socket.hears('message_created')).message.text).toBe('Hello from elsewhere');
  });

  it('name and role follow the issuer, and the change of role is recorded', async () => {
    const before = (await me(await issuer.token('grows', { name: 'Old' }))).body;
    const after = (await me(await issuer.token('grows', { name: 'New', role: 'tutor' }))).body;
    expect(after).toEqual({ ...before, name: 'New', role: 'tutor' });
    const admin = await server.signUp('admin');
    const { body } = await server.rest(admin).get<AuditPage>(`/admin/audit?userId=${before.id}`);
    expect(body.items.map(({ action, detail }) => [action, detail])).toEqual([
      ['role_changed', 'student to tutor'],
      ['logged_in', 'external issuer'],
      ['registered', 'external issuer'],
    ]);
  });

  it('a chat is found by the name its members have now', async () => {
    const tutor = await server.signUp('tutor');
    const course = await server.course(tutor);
    const token = await issuer.token('renamed', { name: 'Mia Maidenname' });
    await me(token);
    await server.call('POST', `/courses/${course.id}/purchase`, { token });
    await server.call('POST', '/users/chats', { token, body: { courseId: course.id, tutorId: tutor.user.id } });
    const found = async (q: string) =>
      (await server.rest(tutor).get<ChatPage>(`/tutors/chats?q=${q}`)).body.items.map(({ student }) => student.name);
    expect(await found('maidenname')).toEqual(['Mia Maidenname']);
    await me(await issuer.token('renamed', { name: 'Mia Newname' }));
    await eventually(async () => expect(await found('newname')).toEqual(['Mia Newname']));
    expect(await found('maidenname')).toEqual([]);
  });

  it('an address known from the shop alone is theirs when the issuer has verified it, and only then', async () => {
    const course = await server.course(await server.signUp('tutor'));
    const email = 'from.shop@example.com';
    await server.shopEvent({ courseId: course.id, student: { email, name: 'From the shop' } });
    const bought = async (token: string) =>
      (await server.call<{ items: { course: { id: string } }[] }>('GET', '/users/chats/tutors', { token })).body.items;
    expect(await bought(await issuer.token('unverified', { email }))).toEqual([]);
    expect(await bought(await issuer.token('said-so', { email, email_verified: 'true' }))).toEqual([]);
    const mine = await bought(await issuer.token('shopper', { email: 'From.Shop@Example.com', email_verified: true }));
    expect(mine.map((item) => item.course.id)).toEqual([course.id]);
    // And nobody else's afterwards.
    expect(await bought(await issuer.token('second', { email, email_verified: true }))).toEqual([]);
  });

  it('takes over no account that has a password, nor an administrator’s', async () => {
    for (const role of ['student', 'tutor', 'admin'] as const) {
      const who = await server.signUp(role);
      const { body } = await me(await issuer.token(`thief-${role}`, { email: who.email, email_verified: true }));
      expect(body.id).not.toBe(who.user.id);
      expect((await server.login(who.email)).user).toEqual(who.user);
    }
  });

  it('a name that would break other people’s sentences is not taken', async () => {
    for (const [index, name] of ['\u202egnp.exe', 'a\u0000b', ' ', 'x'.repeat(500), { $ne: null }, 7].entries()) {
      expect((await me(await issuer.token(`name-${index}`, { name }))).body.name).toBe('Student');
    }
  });

  it('its logins are listed and ended like others; the same token opens nothing any more, a newer one does', async () => {
    const old = await issuer.token('leaver', { iat: Math.floor(Date.now() / 1000) - 5 });
    const who = { user: (await me(old)).body, email: '', token: old, cookie: '' };
    const socket = await server.socket(who);
    const { items } = (await server.rest(who).get<LoginSessions>('/auth/sessions')).body;
    expect(items).toMatchObject([{ current: true, address: '127.0.0.0/24' }]);
    expect((await server.call('POST', '/auth/logout', { token: old })).status).toBe(204);
    expect(await socket.hears('session_ended')).toEqual({ reason: 'logout' });
    expect((await me(old)).status).toBe(401);
    expect((await refusal(server.rawSocket({ auth: { token: old } }))).data?.code).toBe('UNAUTHENTICATED');
    await eventually(async () => expect((await me(await issuer.token('leaver'))).status).toBe(200));
    expect((await me(old)).status).toBe(401);
    expect((await refusal(server.rawSocket({ auth: { token: old } }))).data?.code).toBe('UNAUTHENTICATED');
  });

  it('a session that the issuer names stays ended, whatever it signs for it later', async () => {
    const token = await issuer.token('named', { sid: 'one' });
    const other = await issuer.token('named', { sid: 'two' });
    await me(other);
    const who = { user: (await me(token)).body, email: '', token, cookie: '' };
    expect((await server.rest(who).delete('/auth/sessions')).status).toBe(204);
    await delay(1_100);
    expect((await me(await issuer.token('named', { sid: 'two' }))).status).toBe(401);
    expect((await me(token)).status).toBe(200);
  });

  it('no refresh cookie can be made for its logins, nor end them', async () => {
    const token = await issuer.token('cookieless', { sid: 'c' });
    const who = { user: (await me(token)).body, email: '', token, cookie: '' };
    const [login] = (await server.rest(who).get<LoginSessions>('/auth/sessions')).body.items;
    const cookie = `course_chat_refresh=${login?.id}.${'a'.repeat(43)}`;
    expect((await server.call('POST', '/auth/refresh', { headers: { cookie } })).status).toBe(401);
    await server.call('POST', '/auth/logout', { headers: { cookie } });
    expect((await me(token)).status).toBe(200);
  });

  it('who was erased stays so, also when a shop names their address later', async () => {
    const token = await issuer.token('left', { email: 'left@example.com', email_verified: true });
    const who = { user: (await me(token)).body, email: '', token, cookie: '' };
    expect((await server.rest(who).delete('/account', { password: null })).status).toBe(204);
    const courseId = (await server.course()).id;
    await server.shopEvent({ courseId, student: { email: 'left@example.com', name: 'From the shop' } });
    const newer = await issuer.token('left', { email: 'left@example.com', email_verified: true, jti: 'newer' });
    expect((await me(newer)).status).toBe(401);
    const account = await server.connection.collection('users').findOne({ email: 'left@example.com' });
    expect(account).toMatchObject({ name: 'From the shop' });
    expect(account?.['externalKey']).toBeUndefined();
  });

  it('an account that is gone is not made again by the token that was open', async () => {
    const token = await issuer.token('erased', { name: 'Erased One' });
    const { id } = (await me(token)).body;
    await server.connection.collection('users').deleteOne({ name: 'Erased One' });
    expect((await me(token)).status).toBe(401);
    expect(id).toEqual(expect.any(String));
  });

  it('a socket ends with its token, and goes on when a newer one of the same person is shown', async () => {
    const now = Math.floor(Date.now() / 1000);
    const short = await issuer.token('short', { exp: now + 4 });
    const user = (await me(short)).body;
    const [left, renewed] = [
      await server.socket({ user, email: '', token: short, cookie: '' }),
      await server.socket({ user, email: '', token: short, cookie: '' }),
    ];
    for (const token of [await issuer.token('somebody else'), (await server.signUp('student')).token]) {
      expect((await renewed.error('renew_session', { token })).code).toBe('UNAUTHENTICATED');
    }
    await renewed.ok('renew_session', { token: await issuer.token('short', { exp: now + 600 }) });
    expect(await left.hears('session_ended')).toEqual({ reason: 'expired' });
    await renewed.ok('sync', { cursor: null, chats: [] });
    expect([renewed.of('session_ended'), renewed.disconnectReason]).toEqual([[], null]);
  }, 20_000);
});

describe('hostile tokens', () => {
  let server: TestServer;
  let stranger: TestIssuer;
  beforeAll(async () => {
    server = await TestServer.start(issuer.settings);
    stranger = await TestIssuer.start();
    await issuer.publish('secret', 'RS256');
    issuer.withdraw('secret');
  });
  afterAll(async () => {
    await stranger.stop();
    await server.stop();
  });

  const now = () => Math.floor(Date.now() / 1000);
  const raw = (header: object, claims: object | string, secret: string) => {
    const head = `${encode(header)}.${encode(claims)}`;
    return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
  };
  /** The issuer's own signature over other claims. */
  const altered = async (change: (claims: string) => string) => {
    const [head = '', body = '', signature = ''] = (await issuer.token('altered')).split('.');
    return `${head}.${encode(change(Buffer.from(body, 'base64url').toString()))}.${signature}`;
  };

  const bad: [string, () => Promise<string>][] = [
    ['another issuer', () => issuer.token('x', { iss: 'https://evil.example' })],
    ['an issuer in a list', () => issuer.token('x', { iss: [issuer.url] as unknown as string })],
    [
      'our own issuer, signed by the external one',
      () => issuer.token('x', { iss: 'course-chat', aud: 'course-chat-api' }),
    ],
    ['another audience', () => issuer.token('x', { aud: 'something' })],
    ['no audience', () => issuer.token('x', { aud: undefined })],
    ['no subject', () => issuer.token('x', { sub: undefined })],
    ['an empty subject', () => issuer.token('')],
    ['a subject of 300 characters', () => issuer.token('x'.repeat(300))],
    ['an operator as subject', () => issuer.token({ $ne: null } as unknown as string)],
    ['expired', () => issuer.token('x', { exp: now() - 30 })],
    ['not valid yet', () => issuer.token('x', { nbf: now() + 60 })],
    ['nbf as text', () => issuer.token('x', { nbf: '0' as unknown as number })],
    ['no exp', () => issuer.token('x', { exp: undefined })],
    ['exp as text', () => issuer.token('x', { exp: String(now() + 600) as unknown as number })],
    ['exp a year ahead', () => issuer.token('x', { exp: now() + 365 * 24 * 3600 })],
    ['an unknown key', () => issuer.token('x', {}, 'secret')],
    ['another key under a known name', () => stranger.token('x', { iss: issuer.url })],
    ['a kid that is a path', () => issuer.token('x', {}, 'RS256', { kid: '../../../dev/null' })],
    [
      'keys that come along',
      () =>
        stranger.token('x', { iss: issuer.url }, 'RS256', {
          kid: 'mine',
          jwk: { kty: 'oct', k: 'AA' },
          jku: stranger.jwksUrl,
        }),
    ],
    ['a critical header', () => issuer.token('x', {}, 'RS256', { crit: ['exp'], exp: 1 })],
    ['another kind of token', () => issuer.token('x', {}, 'RS256', { typ: 'logout+jwt' })],
    ['alg none', async () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(issuer.claims('x'))}.`],
    ['claims changed after signing', () => altered((claims) => claims.replace('altered', 'admin'))],
    ['exp of 1e309', () => altered((claims) => claims.replace(/"exp":\d+/, '"exp":1e309'))],
    [
      'the public key as a shared secret',
      async () =>
        raw({ alg: 'HS256', typ: 'JWT', kid: 'RS256' }, issuer.claims('x'), await issuer.publicKeyText('RS256')),
    ],
    [
      'the public key as a shared secret, trimmed',
      async () => raw({ alg: 'HS256', kid: 'RS256' }, issuer.claims('x'), (await issuer.publicKeyText('RS256')).trim()),
    ],
    ['10 KB', () => issuer.token('x', { padding: 'x'.repeat(10_240) })],
    ['two dots', async () => '..'],
  ];

  it.each(bad)('%s opens neither a socket nor a route, and makes nobody', async (_, make) => {
    const token = await make().catch(() => 'x'); // Some can not even be signed: then any text will do.
    const before = await server.connection.collection('users').countDocuments();
    const answer = await server.call('GET', '/auth/me', { token });
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
    expect((await refusal(server.rawSocket({ auth: { token } }))).data).toEqual({
      code: 'UNAUTHENTICATED',
      message: expect.any(String),
      correlationId: expect.any(String),
    });
    expect(await server.connection.collection('users').countDocuments()).toBe(before);
  });

  it('exp of 1e309 is refused even when the issuer itself signs it', async () => {
    const body = JSON.stringify(issuer.claims('endless')).replace(/"exp":\d+/, '"exp":1e309');
    const token = await issuer.signText(body);
    expect((await server.call('GET', '/auth/me', { token })).status).toBe(401);
    expect(
      (await server.call('GET', '/auth/me', { token: await issuer.signText(JSON.stringify(issuer.claims('ends'))) }))
        .status,
    ).toBe(200);
  });

  it('one that is not taken from the query', async () => {
    const token = await issuer.token('query');
    expect((await refusal(server.rawSocket({ query: { token } }))).data?.code).toBe('UNAUTHENTICATED');
    expect((await server.call('GET', `/auth/me?access_token=${token}`)).status).toBe(401);
  });

  it('a server that knows no issuer believes none', async () => {
    const plain = await TestServer.start();
    expect((await plain.call('GET', '/auth/me', { token: await issuer.token('x') })).status).toBe(401);
    await plain.stop();
  });
});

describe('an issuer on two nodes', () => {
  let redis: TestRedis;
  let one: TestServer;
  let two: TestServer;
  let own: TestIssuer;
  beforeAll(async () => {
    [redis, own] = [await TestRedis.start(), await TestIssuer.start()];
    one = await TestServer.start({ REDIS_URL: redis.url, ...own.settings });
    two = await TestServer.start({ REDIS_URL: redis.url, ...own.settings }, one);
  });
  afterAll(async () => {
    await two.stop();
    await one.stop();
    await own.stop();
  });

  const me = (node: TestServer, token: string) => node.call<User>('GET', '/auth/me', { token });
  const asUser = async (token: string) => ({ user: (await me(one, token)).body, email: '', token, cookie: '' });

  it('somebody seen first by both at once is one person', async () => {
    const tokens = await Promise.all(Array.from({ length: 10 }, () => own.token('both')));
    const answers = await Promise.all(tokens.map((token, index) => me(index % 2 ? one : two, token)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
  });

  it('a login that ends at one is over at the other, with its sockets', async () => {
    const token = await own.token('ends', { sid: 's' });
    const far = await two.socket(await asUser(token));
    expect((await me(two, token)).status).toBe(200);
    await one.call('POST', '/auth/logout', { token });
    expect(await far.hears('session_ended')).toEqual({ reason: 'logout' });
    expect((await me(two, token)).status).toBe(401);
  });

  it('while the issuer is away known keys work on, and a node that knows none says so', async () => {
    own.mood = 'failing';
    expect((await me(one, await own.token('during'))).status).toBe(200);
    const third = await TestServer.start(own.settings, one);
    const token = await own.token('during');
    expect(await me(third, token)).toMatchObject({
      status: 503,
      body: { error: { code: 'UNAVAILABLE', retryAfterMs: expect.any(Number) } },
    });
    expect((await refusal(third.rawSocket({ auth: { token } }))).data?.code).toBe('UNAVAILABLE');
    own.mood = 'well';
    await eventually(async () => expect((await me(third, token)).status).toBe(200), 15_000);
    await third.stop();
  }, 30_000);

  it('without Redis: no token of an ended login is believed, and its sockets close by the next look', async () => {
    const token = await own.token('unheard', { sid: 'u' });
    const who = await asUser(token);
    const [near, far] = [await one.socket(who), await two.socket(who)];
    await redis.stop();
    expect((await one.call('POST', '/auth/logout', { token })).status).toBe(204);
    await eventually(() => expect(near.disconnectReason).toBe('io server disconnect'));
    expect((await me(two, token)).status).toBe(401);
    await two.app.get(SessionWatch).check();
    await eventually(() => expect(far.disconnectReason).toBe('io server disconnect'));
  });
});
