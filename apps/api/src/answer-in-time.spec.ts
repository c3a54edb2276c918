import { COMMAND_TIMEOUT_MS } from '@course-chat/contracts';
import { UserRepository } from '@course-chat/api/auth';
import { CourseRepository } from '@course-chat/api/enrollment';
import { SocketAuthenticator } from '@course-chat/api/realtime';
import { TestServer, type TestUser } from './testing';

/** Longest that a test takes: a call answers before a client stops waiting for it. */
const TIMEOUT_MS = 2 * COMMAND_TIMEOUT_MS;

describe('REST while the database does not answer', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  /** What a call came to, before a client stops waiting for it. */
  async function answerTo(who: TestUser, path: string) {
    const began = performance.now();
    const { status, body } = await server.rest(who).get(path);
    expect(performance.now() - began).toBeLessThan(COMMAND_TIMEOUT_MS);
    return { status, body };
  }

  it(
    'every call answers UNAVAILABLE in time: one that waits for its turn, and one whose caller can not be looked up',
    async () => {
      const [ada, ben] = [await server.signUp(), await server.signUp()];
      const hanging = new Promise<never>(() => undefined);
      const users = server.app.get(UserRepository);
      const byId = users.byId.bind(users);
      jest.spyOn(server.app.get(CourseRepository), 'page').mockReturnValue(hanging);
      jest.spyOn(users, 'byId').mockImplementation((id) => (id === ben.user.id ? hanging : byId(id)));
      const calls = Array.from({ length: 5 }, () => answerTo(ada, '/courses'));
      const answers = await Promise.all([...calls, answerTo(ben, '/auth/me')]);
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 503, body: { error: { code: 'UNAVAILABLE' } } });
      }
    },
    TIMEOUT_MS,
  );

  it(
    'a socket that is being opened is told so, too',
    async () => {
      const who = await server.signUp();
      jest
        .spyOn(server.app.get(SocketAuthenticator), 'authenticate')
        .mockReturnValueOnce(new Promise<never>(() => undefined));
      const began = performance.now();
      await expect(server.socket(who)).rejects.toMatchObject({ message: 'UNAVAILABLE', data: { code: 'UNAVAILABLE' } });
      expect(performance.now() - began).toBeLessThan(COMMAND_TIMEOUT_MS);
    },
    TIMEOUT_MS,
  );
});
