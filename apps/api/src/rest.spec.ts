import { randomUUID } from 'node:crypto';
import { routes, type Route } from '@course-chat/contracts';
import * as z from 'zod/mini';
import { PASSWORD, sessionOf, TestServer, type RestAnswer, type TestPair, type TestUser } from './testing';

const MISSING = 'f'.repeat(24);
const all: [string, Route][] = Object.entries(routes).flatMap(([group, named]) =>
  Object.entries(named).map(([name, route]): [string, Route] => [`${group}.${name}`, route]),
);

interface Scene extends TestPair {
  readonly server: TestServer;
  readonly admin: TestUser;
}
type Call = (scene: Scene) => Promise<RestAnswer<unknown>>;

/** The routes that both sides have, as one of them calls them. */
function chatCalls(side: 'users' | 'tutors') {
  const who = (scene: Scene): TestUser => (side === 'users' ? scene.student : scene.tutor);
  const path = ({ chatId }: Scene) => `/${side}/chats/${chatId}`;
  return {
    [`${side}.listChats`]: (scene) => scene.server.rest(who(scene)).get(`/${side}/chats?limit=5`),
    [`${side}.createChat`]: (scene) =>
      scene.server.rest(who(scene)).post(`/${side}/chats`, {
        courseId: scene.course.id,
        ...(side === 'users' ? { tutorId: scene.tutor.user.id } : { studentId: scene.student.user.id }),
      }),
    [`${side}.getChat`]: (scene) => scene.server.rest(who(scene)).get(path(scene)),
    [`${side}.listMessages`]: (scene) => scene.server.rest(who(scene)).get(`${path(scene)}/messages?limit=5`),
    [`${side}.sendMessage`]: (scene) =>
      scene.server.rest(who(scene)).post(`${path(scene)}/messages`, { clientMessageId: randomUUID(), text: 'Hello' }),
    [`${side}.markRead`]: (scene) => scene.server.rest(who(scene)).post(`${path(scene)}/read`, { seq: 1 }),
  } satisfies Record<string, Call>;
}

/** A call of every route that must succeed. */
const happy: Record<string, Call> = {
  'auth.register': ({ server }) =>
    server.call('POST', '/auth/register', {
      body: { name: 'New', email: `${randomUUID()}@example.com`, password: 'long enough' },
    }),
  'auth.login': ({ server, student }) =>
    server.call('POST', '/auth/login', {
      body: { email: ` ${student.email.toUpperCase()} `, password: 'a-password-for-specs' },
    }),
  'auth.refresh': ({ server, student }) =>
    server.call('POST', '/auth/refresh', { headers: { cookie: student.cookie } }),
  'auth.logout': ({ server, student }) => server.call('POST', '/auth/logout', { headers: { cookie: student.cookie } }),
  'auth.me': ({ server, student }) => server.rest(student).get('/auth/me'),
  'auth.listSessions': ({ server, student }) => server.rest(student).get('/auth/sessions'),
  'auth.endOtherSessions': ({ server, student }) => server.rest(student).delete('/auth/sessions'),
  'auth.endSession': ({ server, student }) => server.rest(student).delete(`/auth/sessions/${sessionOf(student)}`),
  'auth.changePassword': ({ server, student }) =>
    server.rest(student).post('/auth/password', { currentPassword: PASSWORD, newPassword: 'another long one' }),
  'account.get': ({ server, student }) => server.rest(student).get('/account'),
  'account.export': ({ server, student }) => server.rest(student).get('/account/export'),
  'account.erase': ({ server, student }) => server.rest(student).delete('/account', { password: PASSWORD }),
  'admin.readChat': ({ server, admin, chatId }) =>
    server.rest(admin).post(`/admin/chats/${chatId}/reads`, { reason: 'A report' }),
  'admin.eraseUser': ({ server, admin, tutor }) =>
    server.rest(admin).delete(`/admin/users/${tutor.user.id}`, { reason: 'A letter' }),
  'admin.listAudit': ({ server, admin }) => server.rest(admin).get('/admin/audit?limit=5'),
  'demo.logins': ({ server }) => server.call('GET', '/demo'),
  'courses.list': ({ server, student }) => server.rest(student).get('/courses'),
  'courses.get': ({ server, student, course }) => server.rest(student).get(`/courses/${course.id}`),
  'courses.purchase': ({ server, student, course }) => server.rest(student).post(`/courses/${course.id}/purchase`),
  'integrations.enrollment': ({ server, course }) => server.shopEvent({ courseId: course.id }),
  'users.listTutors': ({ server, student }) => server.rest(student).get('/users/chats/tutors'),
  'tutors.listStudents': ({ server, tutor, course }) =>
    server.rest(tutor).get(`/tutors/chats/students?courseId=${course.id}`),
  ...chatCalls('users'),
  ...chatCalls('tutors'),
};

/** What a route with a parameter in its path takes besides. */
function bodyOf(name: string): object {
  if (name.startsWith('admin')) return { reason: 'A report' };
  return name.endsWith('markRead') ? { seq: 1 } : { clientMessageId: randomUUID(), text: 'Hello' };
}

function codeOf({ body }: RestAnswer<unknown>): string | undefined {
  return (body as { error?: { code: string } }).error?.code;
}

describe('REST', () => {
  let server: TestServer;
  let scene: Scene;
  let admin: TestUser;
  beforeAll(async () => (server = await TestServer.start()));
  beforeAll(async () => (admin = await server.signUp('admin')));
  beforeEach(async () => (scene = { server, admin, ...(await server.pair()) }));
  afterAll(() => server.stop());

  const filled = (route: Route) => route.path.replace(':chatId', scene.chatId).replace(':courseId', scene.course.id);
  const rightOne = ({ path }: Route) =>
    path.startsWith('/admin') ? admin : path.startsWith('/tutors') ? scene.tutor : scene.student;

  it('has a call for every route of the contracts', () => {
    expect(Object.keys(happy).sort()).toEqual(all.map(([name]) => name).sort());
  });

  it.each(all)('%s answers as the contracts say', async (name, route) => {
    const { status, body } = await happy[name]!(scene); // The test before says that it is there.
    expect(Object.keys(route.answers)).toContain(String(status));
    const schema = route.answers[status];
    if (schema) expect(z.parse(schema, body)).toEqual(body);
    else expect(body).toBeNull();
  });

  const closed = all.filter(([, route]) => route.auth === 'bearer');

  it.each(closed)('%s is closed without a token, and to a token in the query string', async (_, route) => {
    for (const path of [
      filled(route),
      `${filled(route)}?access_token=${scene.student.token}`,
      `${filled(route)}?token=${scene.student.token}`,
    ]) {
      const answer = await server.call(route.method.toUpperCase(), path, route.method === 'post' ? { body: {} } : {});
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
    }
  });

  it.each(all.filter(([name]) => /^(users|tutors|admin)\.|purchase/.test(name)))(
    '%s is for one side only',
    async (_, route) => {
      const wrongOnes = [scene.student, scene.tutor, admin].filter((who) => who !== rightOne(route));
      for (const wrong of wrongOnes) {
        const answer = await server.call(route.method.toUpperCase(), filled(route), {
          token: wrong.token,
          ...(route.method === 'post' && { body: {} }),
        });
        expect(answer).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
      }
    },
  );

  it.each(all.filter(([, route]) => route.params))(
    '%s answers what is not yours and what is not there alike',
    async (name, route) => {
      const other = await server.pair();
      const answers: unknown[] = [];
      // Courses are everybody's, and nothing is foreign to an administrator.
      const foreign = /^(courses|admin)/.test(name)
        ? []
        : [route.path.includes(':chatId') ? other.chatId : sessionOf(other.student)];
      for (const id of [...foreign, MISSING]) {
        const path = route.path.replace(/:\w+/, id);
        const answer = await server.call(route.method.toUpperCase(), path, {
          token: rightOne(route).token,
          ...(route.body && { body: bodyOf(name) }),
        });
        answers.push({
          status: answer.status,
          error: { ...(answer.body as { error: object }).error, correlationId: '' },
        });
      }
      for (const answer of answers)
        expect(answer).toEqual({
          status: 404,
          error: { code: 'NOT_FOUND', message: 'There is nothing here that you may see', correlationId: '' },
        });
    },
  );

  it.each(all.filter(([, route]) => route.params))('%s refuses an id that is none', async (name, route) => {
    for (const id of [
      'f'.repeat(25),
      'twelve-bytes',
      '%7B%22$ne%22:null%7D',
      `chat:${scene.chatId}`,
      '__proto__',
      `${scene.chatId}%00`,
    ]) {
      const answer = await server.call(route.method.toUpperCase(), route.path.replace(/:\w+/, id), {
        token: rightOne(route).token,
        ...(route.body && { body: bodyOf(name) }),
      });
      expect([id, answer.status, codeOf(answer)]).toEqual([id, 400, 'VALIDATION_FAILED']);
    }
  });

  it.each(all.filter(([, route]) => route.body && route.auth !== 'signature'))(
    '%s refuses bodies of another shape',
    async (_, route) => {
      const token = rightOne(route).token;
      const bad: unknown[] = [
        {},
        [],
        { $ne: null },
        '{"__proto__":{"a":1}}',
        '{"constructor":{"prototype":{}}}',
        { extra: 1 },
        'null',
        '"text"',
        '{',
        '[1,',
        '\u0000',
      ];
      for (const body of bad) {
        const answer = await server.call(route.method.toUpperCase(), filled(route), { token, body });
        expect([body, answer.status, codeOf(answer)]).toEqual([body, 400, 'VALIDATION_FAILED']);
        expect(JSON.stringify(answer.body)).not.toMatch(/at .*\.(ts|js):\d/);
      }
    },
  );

  it.each(all.filter(([, route]) => route.query))('%s refuses bad queries', async (_, route) => {
    for (const query of [
      'limit=-1',
      'limit=1e9',
      'limit=NaN',
      'limit=0',
      'limit=101',
      'limit=1&limit=2',
      'limit[$gt]=1',
      '$where=1',
      'cursor[$ne]=x',
      'x=1',
      'limit=',
      'cursor=',
    ]) {
      const answer = await server.rest(rightOne(route)).get(`${filled(route)}?${query}`);
      expect([query, answer.status, codeOf(answer)]).toEqual([query, 400, 'VALIDATION_FAILED']);
    }
  });

  it('is left cold by a query that reaches for prototypes', async () => {
    const { body } = await server.rest(scene.student).get('/users/chats?__proto__=1&__proto__[limit]=0');
    expect(body).toMatchObject({ error: { code: 'VALIDATION_FAILED' } });
    expect(await server.rest(scene.student).get('/users/chats?__proto__=1')).toMatchObject({
      body: { unreadTotal: 0 },
    });
    expect(({} as { limit?: unknown }).limit).toBeUndefined();
  });

  it.each(all.filter(([name, route]) => route.query && !name.endsWith('listMessages')))(
    '%s refuses forged cursors',
    async (_, route) => {
      const forge = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      for (const cursor of [
        'nonsense',
        forge({}),
        forge([1]),
        forge([{ $gt: '' }, MISSING]),
        forge(['x'.repeat(24)]),
        forge([MISSING, MISSING, MISSING]),
        forge([1.5, MISSING]),
      ]) {
        const answer = await server.rest(rightOne(route)).get(`${filled(route)}?cursor=${cursor}`);
        expect([cursor, answer.status, codeOf(answer)]).toEqual([cursor, 400, 'VALIDATION_FAILED']);
      }
      for (const cursor of [forge([Number.MAX_SAFE_INTEGER, MISSING]), forge([-Number.MAX_SAFE_INTEGER, MISSING])]) {
        expect([200, 400]).toContain(
          (await server.rest(rightOne(route)).get(`${filled(route)}?cursor=${cursor}`)).status,
        );
      }
    },
  );

  it.each(['/nothing', '/users', '/users/chats/tutors/x', '/%E0%A4%A', '/auth/login'])(
    'GET %s is a typed 404, 405 or 400',
    async (path) => {
      const { status, body } = await server.call('GET', path);
      expect([400, 404, 405]).toContain(status);
      expect(body).toMatchObject({
        error: { code: status === 400 ? 'VALIDATION_FAILED' : 'NOT_FOUND', correlationId: expect.any(String) },
      });
    },
  );
});

describe('outside a demo', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start({ DEMO: 'false', ENROLLMENT_WEBHOOK_SECRET: '' })));
  afterAll(() => server.stop());

  it('shows no logins, and sells nothing without money', async () => {
    expect((await server.call('GET', '/demo')).status).toBe(404);
    const [student, tutor] = await Promise.all([server.signUp('student'), server.signUp('tutor')]);
    const course = await server.course(tutor);
    expect(await server.rest(student).post(`/courses/${course.id}/purchase`)).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
  });

  it('has no door for a shop without a secret', async () => {
    const course = await server.course(await server.signUp('tutor'));
    expect(await server.shopEvent({ courseId: course.id })).toMatchObject({
      status: 401,
      body: { error: { code: 'UNAUTHENTICATED' } },
    });
  });
});
