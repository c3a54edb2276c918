import { createHash, createHmac } from 'node:crypto';
import { PasswordHasher, SessionWatch, UserRepository } from '@course-chat/api/auth';
import { newObjectId, toObjectId } from '@course-chat/api/kernel';
import { SocketAuthenticator } from '@course-chat/api/realtime';
import type { AuditPage, LoginSessions, Session } from '@course-chat/contracts';
import { claimsOf, eventually, JWT_SECRET, PASSWORD, sessionOf, TestRedis, TestServer, type TestUser } from './testing';

/** The same token with another end, signed as the server signs. */
function endingIn(token: string, seconds: number, secret = JWT_SECRET): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claimsOf(token), exp })}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

describe('own logins', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  it('are listed with this one marked, and without what could be used', async () => {
    const here = await server.signUp('student');
    const there = await server.login(here.email);
    const stranger = await server.signUp('student');
    const { body } = await server.rest(here).get<LoginSessions>('/auth/sessions');
    expect(body.items.map(({ id, current }) => [id, current]).sort()).toEqual(
      [
        [sessionOf(here), true],
        [sessionOf(there), false],
      ].sort(),
    );
    expect(body.items[0]).toMatchObject({ address: '127.0.0.0/24', createdAt: expect.any(String) });
    expect(JSON.stringify(body)).not.toContain(here.cookie.split('.')[1]);
    expect(JSON.stringify(body)).not.toContain(sessionOf(stranger));
  });

  it('one is ended, with its sockets and its tokens; the others and those of others stay', async () => {
    const [here, stranger] = [await server.signUp('student'), await server.signUp('student')];
    const there = await server.login(here.email);
    const [mine, theirs] = [await server.socket(here), await server.socket(there)];
    expect((await server.rest(stranger).delete(`/auth/sessions/${sessionOf(there)}`)).status).toBe(404);
    expect((await server.rest(here).delete(`/auth/sessions/${'f'.repeat(24)}`)).status).toBe(404);
    expect((await server.rest(here).delete(`/auth/sessions/${sessionOf(there)}`)).status).toBe(204);
    expect(await theirs.hears('session_ended')).toEqual({ reason: 'ended' });
    await eventually(() => expect(theirs.disconnectReason).toBe('io server disconnect'));
    expect((await server.rest(there).get('/auth/me')).status).toBe(401);
    expect((await server.call('POST', '/auth/refresh', { headers: { cookie: there.cookie } })).status).toBe(401);
    expect((await server.rest(here).get('/auth/me')).status).toBe(200);
    expect([mine.of('session_ended'), mine.disconnectReason]).toEqual([[], null]);
  });

  it('all others are ended at once', async () => {
    const here = await server.signUp('student');
    const others = [await server.login(here.email), await server.login(here.email)];
    expect((await server.rest(here).delete('/auth/sessions')).status).toBe(204);
    for (const other of others) expect((await server.rest(other).get('/auth/me')).status).toBe(401);
    expect((await server.rest(here).get<LoginSessions>('/auth/sessions')).body.items).toHaveLength(1);
    // Where there are none, nothing happened and nothing is told of.
    const told = () => server.connection.collection('audit').countDocuments({ action: 'session_ended' });
    const before = await told();
    expect((await server.rest(here).delete('/auth/sessions')).status).toBe(204);
    expect(await told()).toBe(before);
  });

  it('the one that was not used for the longest time ends for the 101st, with its sockets, and that is on record', async () => {
    const first = await server.signUp('student');
    const socket = await server.socket(first);
    const sessions = server.connection.collection('sessions');
    const [own] = await sessions.find({ userId: toObjectId(first.user.id) }).toArray();
    const later = Array.from({ length: 99 }, (_, index) => ({
      ...own,
      _id: newObjectId(),
      rotatedAt: new Date(Date.now() + index),
    }));
    await sessions.insertMany(later);
    await server.login(first.email);
    expect(await socket.hears('session_ended')).toEqual({ reason: 'ended' });
    await eventually(() => expect(socket.disconnectReason).toBe('io server disconnect'));
    const told = server.connection
      .collection('audit')
      .find({ action: 'session_ended', subjectId: toObjectId(first.user.id) });
    expect(await told.toArray()).toMatchObject([{ actorId: null, detail: 'too many logins' }]);
  });

  it('a new password ends the others, and the old one opens nothing any more', async () => {
    const here = await server.signUp('student');
    const there = await server.login(here.email);
    const theirs = await server.socket(there);
    const change = (currentPassword: string) =>
      server.rest(here).post('/auth/password', { currentPassword, newPassword: 'another-password' });
    expect((await change('not it')).status).toBe(403);
    expect((await server.rest(there).get('/auth/me')).status).toBe(200);
    expect((await change(PASSWORD)).status).toBe(204);
    expect(await theirs.hears('session_ended')).toEqual({ reason: 'password_changed' });
    expect((await server.rest(there).get('/auth/me')).status).toBe(401);
    expect((await server.rest(here).get('/auth/me')).status).toBe(200);
    const login = (password: string) =>
      server.call<Session>('POST', '/auth/login', { body: { email: here.email, password } });
    expect((await login(PASSWORD)).status).toBe(401);
    expect((await login('another-password')).status).toBe(200);
  });
});

describe('a new password', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());
  afterEach(() => jest.restoreAllMocks());

  it('ends also the login that was being checked against the old one meanwhile', async () => {
    const here = await server.signUp('student');
    const hasher = server.app.get(PasswordHasher);
    const verify = hasher.verify.bind(hasher);
    let letGo!: () => void;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let reach!: () => void;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    jest.spyOn(hasher, 'verify').mockImplementationOnce(async (...args) => {
      const fits = await verify(...args);
      reach();
      await held;
      return fits;
    });
    const thief = server.call('POST', '/auth/login', { body: { email: here.email, password: PASSWORD } });
    await reached;
    const change = { currentPassword: PASSWORD, newPassword: 'another-password' };
    expect((await server.rest(here).post('/auth/password', change)).status).toBe(204);
    letGo();
    expect((await thief).status).toBe(401);
    expect((await server.rest(here).get<LoginSessions>('/auth/sessions')).body.items).toHaveLength(1);
  });
});

describe('the life of a socket', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());
  afterEach(() => jest.restoreAllMocks());

  it('ends also when its login ended while it was being opened', async () => {
    const who = await server.signUp('student');
    const users = server.app.get(UserRepository);
    const byId = users.byId.bind(users);
    // The login was read as live by then, and the account is not yet.
    jest.spyOn(users, 'byId').mockImplementationOnce(async (id) => {
      expect((await server.call('POST', '/auth/logout', { headers: { cookie: who.cookie } })).status).toBe(204);
      return byId(id);
    });
    const socket = await server.socket(who);
    expect(await socket.hears('session_ended')).toEqual({ reason: 'ended' });
    await eventually(() => expect(socket.disconnectReason).toBe('io server disconnect'));
  });

  it('is not ended by a database that can not say whether its login stands', async () => {
    const who = await server.signUp('student');
    const authenticator = server.app.get(SocketAuthenticator);
    const confirm = authenticator.confirm.bind(authenticator);
    const asked = jest
      .spyOn(authenticator, 'confirm')
      .mockImplementationOnce(confirm)
      .mockRejectedValueOnce(new Error('The database is away'));
    const socket = await server.socket(who);
    await eventually(() => expect(asked).toHaveBeenCalledTimes(2));
    await socket.ok('sync', { cursor: null, chats: [] });
    expect([socket.of('session_ended'), socket.disconnectReason]).toEqual([[], null]);
  });

  it('ends with its token, and goes on with one that was renewed in place', async () => {
    const who = await server.signUp('student');
    const [left, renewed] = [
      await server.socket({ ...who, token: endingIn(who.token, 3) }),
      await server.socket({ ...who, token: endingIn(who.token, 3) }),
    ];
    const { expiresAt } = await renewed.ok('renew_session', { token: who.token });
    expect(Date.parse(expiresAt)).toBe(Number(claimsOf(who.token)['exp']) * 1000);
    expect(await left.hears('session_ended')).toEqual({ reason: 'expired' });
    await eventually(() => expect(left.disconnectReason).toBe('io server disconnect'));
    await renewed.ok('sync', { cursor: null, chats: [] });
    expect([renewed.of('session_ended'), renewed.disconnectReason]).toEqual([[], null]);
  });

  it('is not prolonged by a token of somebody else, of another login, of nobody, or of a login that ended', async () => {
    const [who, stranger] = [await server.signUp('student'), await server.signUp('tutor')];
    const other = await server.login(who.email);
    const socket = await server.socket(who);
    for (const token of [stranger.token, other.token, 'x', endingIn(who.token, -1), endingIn(who.token, 60, 'no')]) {
      expect((await socket.error('renew_session', { token })).code).toBe('UNAUTHENTICATED');
    }
    await server.connection.collection('sessions').deleteMany({});
    expect((await socket.error('renew_session', { token: who.token })).code).toBe('UNAUTHENTICATED');
  });
});

describe('the key', () => {
  const PREVIOUS = 'the-secret-of-last-year-0123456789-0123456789';

  it('can be changed without logging anybody out, and the old one opens nothing once it is gone', async () => {
    const old = await TestServer.start({ JWT_SECRET: PREVIOUS });
    const who = await old.signUp('student');
    // One after the other: passport knows one strategy a process, that of the node that started last.
    const during = await TestServer.start({ JWT_SECRET, JWT_SECRET_PREVIOUS: PREVIOUS }, old);
    const me = (node: TestServer, token: string) => node.call('GET', '/auth/me', { token });
    expect((await me(during, who.token)).status).toBe(200);
    await during.socket(who);
    const refreshed = await during.call<Session>('POST', '/auth/refresh', { headers: { cookie: who.cookie } });
    expect((await me(during, refreshed.body.accessToken)).status).toBe(200);
    const after = await TestServer.start({ JWT_SECRET }, old);
    expect((await me(after, refreshed.body.accessToken)).status).toBe(200);
    expect((await me(after, who.token)).status).toBe(401);
    // What names the secret does not tell it.
    const { kid } = JSON.parse(Buffer.from(who.token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string };
    expect(kid).not.toBe(createHash('sha256').update(PREVIOUS).digest('base64url').slice(0, kid.length));
    for (const node of [after, during, old]) await node.stop();
  });
});

describe('two nodes', () => {
  let redis: TestRedis;
  let one: TestServer;
  let two: TestServer;
  beforeAll(async () => {
    redis = await TestRedis.start();
    one = await TestServer.start({ REDIS_URL: redis.url });
    two = await TestServer.start({ REDIS_URL: redis.url }, one);
  });
  afterAll(async () => {
    await two.stop();
    await one.stop();
  });

  it('a login that ends at one closes its sockets at the other', async () => {
    const here = await one.signUp('student');
    const there = await one.login(here.email);
    const [kept, far] = [await one.socket(here), await two.socket(there)];
    await one.rest(here).delete(`/auth/sessions/${sessionOf(there)}`);
    expect(await far.hears('session_ended')).toEqual({ reason: 'ended' });
    await eventually(() => expect(far.disconnectReason).toBe('io server disconnect'));
    expect(kept.disconnectReason).toBeNull();
  });

  it('a refresh token reused at one closes the sockets at the other', async () => {
    const who = await one.signUp('student');
    const far = await two.socket(who);
    const refresh = (server: TestServer) => server.call('POST', '/auth/refresh', { headers: { cookie: who.cookie } });
    await refresh(one);
    await one.connection.collection('sessions').updateMany({}, { $set: { rotatedAt: new Date(Date.now() - 60_000) } });
    expect((await refresh(one)).status).toBe(401);
    expect(await far.hears('session_ended')).toEqual({ reason: 'refresh_reused' });
  });

  it('two tabs whose refreshes meet different nodes both live', async () => {
    const who = await one.signUp('student');
    const answers = await Promise.all(
      [one, two, one, two].map((server) =>
        server.call<Session>('POST', '/auth/refresh', { headers: { cookie: who.cookie } }),
      ),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect((await two.call('GET', '/auth/me', { token: body.accessToken })).status).toBe(200);
    }
  });

  it('logging out at one, and a new password, close the sockets at the other; tokens are over at both', async () => {
    const here = await one.signUp('student');
    const [leaves, pushed] = [await one.login(here.email), await two.login(here.email)];
    const [kept, far, alsoFar] = [await two.socket(here), await two.socket(leaves), await two.socket(pushed)];
    await one.call('POST', '/auth/logout', { headers: { cookie: leaves.cookie } });
    expect(await far.hears('session_ended')).toEqual({ reason: 'logout' });
    const change = { currentPassword: PASSWORD, newPassword: 'another-password' };
    expect((await one.rest(here).post('/auth/password', change)).status).toBe(204);
    expect(await alsoFar.hears('session_ended')).toEqual({ reason: 'password_changed' });
    for (const node of [one, two]) {
      for (const over of [leaves, pushed]) expect((await node.rest(over).get('/auth/me')).status).toBe(401);
      expect((await node.rest(here).get('/auth/me')).status).toBe(200);
    }
    expect([kept.of('session_ended'), kept.disconnectReason]).toEqual([[], null]);
  });

  it('a socket is renewed in place at another node than the one that refreshed', async () => {
    const who = await one.signUp('student');
    const socket = await two.socket({ ...who, token: endingIn(who.token, 3) });
    const { body } = await one.call<Session>('POST', '/auth/refresh', { headers: { cookie: who.cookie } });
    await socket.ok('renew_session', { token: body.accessToken });
    await expect(socket.hears('session_ended')).rejects.toThrow('not heard');
    await socket.ok('sync', { cursor: null, chats: [] });
  }, 20_000);

  it('an account erased at one is gone at the other: its sockets, its tokens and its name', async () => {
    const { student, tutor, chatId } = await one.pair();
    await one.write(student, chatId, 'Soon gone');
    const [far, witness] = [await two.socket(student), await two.socket(tutor)];
    // The other node knows the name by now.
    expect((await witness.ok('join_chat', { chatId })).student.name).toBe(student.user.name);
    expect((await one.rest(student).delete('/account', { password: PASSWORD })).status).toBe(204);
    expect(await far.hears('session_ended')).toEqual({ reason: 'erased' });
    expect((await two.rest(student).get('/auth/me')).status).toBe(401);
    expect((await witness.hears('message_updated')).message).toMatchObject({ seq: 1, text: '' });
    expect((await witness.ok('join_chat', { chatId })).student.name).toBe('Deleted account');
  });

  it('an account that is gone leaves no socket open', async () => {
    const who = await one.signUp('student');
    const far = await two.socket(who);
    await one.connection.collection('users').deleteOne({ email: who.email });
    await two.app.get(SessionWatch).check();
    await eventually(() => expect(far.disconnectReason).toBe('io server disconnect'));
  });

  it('without Redis: here at once, elsewhere by the next look, and no token is believed meanwhile', async () => {
    const here = await one.signUp('student');
    const there = await one.login(here.email);
    const [near, far, kept] = [await one.socket(there), await two.socket(there), await two.socket(here)];
    await redis.stop();
    expect((await one.rest(here).delete(`/auth/sessions/${sessionOf(there)}`)).status).toBe(204);
    await eventually(() => expect(near.disconnectReason).toBe('io server disconnect'));
    expect((await two.rest(there).get('/auth/me')).status).toBe(401);
    // Its timer would look within 30 s.
    await two.app.get(SessionWatch).check();
    await eventually(() => expect(far.disconnectReason).toBe('io server disconnect'));
    expect(far.of('session_ended')).toEqual([{ reason: 'ended' }]);
    expect(kept.disconnectReason).toBeNull();
  });

  it('without Redis: a reused refresh token, a new password and an erasure end everything by the next look too', async () => {
    const [thief, changed, erased] = [await one.signUp(), await one.signUp(), await one.signUp()];
    const other = await two.login(changed.email);
    const sockets = [await two.socket(thief), await two.socket(other), await two.socket(erased)];
    const refresh = () => one.call('POST', '/auth/refresh', { headers: { cookie: thief.cookie } });
    await refresh();
    await one.connection.collection('sessions').updateMany({}, { $set: { rotatedAt: new Date(Date.now() - 60_000) } });
    expect((await refresh()).status).toBe(401);
    const change = { currentPassword: PASSWORD, newPassword: 'another-password' };
    expect((await one.rest(changed).post('/auth/password', change)).status).toBe(204);
    expect((await one.rest(erased).delete('/account', { password: PASSWORD })).status).toBe(204);
    for (const over of [thief, other, erased]) expect((await two.rest(over).get('/auth/me')).status).toBe(401);
    await two.app.get(SessionWatch).check();
    for (const socket of sockets) await eventually(() => expect(socket.disconnectReason).toBe('io server disconnect'));
    expect((await two.rest(changed).get('/auth/me')).status).toBe(200);
  }, 20_000);
});

describe('the audit', () => {
  let server: TestServer;
  let admin: TestUser;
  beforeAll(async () => {
    server = await TestServer.start();
    admin = await server.signUp('admin');
  });
  afterAll(() => server.stop());

  const about = async (who: TestUser) =>
    (await server.rest(admin).get<AuditPage>(`/admin/audit?userId=${who.user.id}`)).body.items;

  it('tells who logged in, who failed and how a login ended, from which network, and no address of anybody', async () => {
    const who = await server.signUp('student');
    await server.call('POST', '/auth/login', { body: { email: who.email, password: 'wrong' } });
    await server.call('POST', '/auth/logout', { headers: { cookie: who.cookie } });
    const entries = await about(who);
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['session_ended', who.user.id],
      ['login_failed', null],
      ['logged_in', who.user.id],
    ]);
    expect(entries[0]).toMatchObject({ subjectId: who.user.id, detail: 'logout', address: '127.0.0.0/24' });
    const stored = JSON.stringify(await server.connection.collection('audit').find().toArray());
    expect(stored).not.toContain(who.email);
    expect(stored).not.toContain('127.0.0.1');
  });

  it('is read by administrators alone, page by page', async () => {
    for (const role of ['student', 'tutor'] as const) {
      expect((await server.rest(await server.signUp(role)).get('/admin/audit')).status).toBe(403);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${cursor}` : '';
      const { body } = await server.rest(admin).get<AuditPage>(`/admin/audit?limit=2${query}`);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect(seen).toHaveLength(await server.connection.collection('audit').countDocuments());
  });
});
