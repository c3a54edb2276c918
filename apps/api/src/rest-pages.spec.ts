import type { Chat, ChatPage, CoursePage, MessagePage, StudentPage } from '@course-chat/contracts';
import { chatsOf, TestServer, type RestAnswer, type TestPair, type TestUser } from './testing';

const MISSING = 'f'.repeat(24);

/** What the routes of courses, chats and messages answer when all is well. */
describe('REST', () => {
  let server: TestServer;
  let scene: TestPair;
  beforeAll(async () => (server = await TestServer.start()));
  beforeEach(async () => (scene = await server.pair()));
  afterAll(() => server.stop());

  describe('courses', () => {
    it('pages through the catalogue without a gap, and says what is mine', async () => {
      const ids = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body }: RestAnswer<CoursePage> = await server
          .rest(scene.student)
          .get(`/courses?limit=2${cursor && `&cursor=${cursor}`}`);
        for (const course of body.items) {
          ids.push(course.id);
          expect(course.enrolled).toBe(course.id === scene.course.id);
          if (course.id === scene.course.id) expect(course.tutors).toEqual([scene.tutor.user]);
        }
        cursor = body.nextCursor;
      }
      expect(ids).toHaveLength(await server.connection.collection('courses').countDocuments());
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('buying twice is buying once', async () => {
      const buy = () => server.rest(scene.student).post(`/courses/${scene.course.id}/purchase`);
      const [first, second] = [await buy(), await buy()];
      expect(second).toMatchObject({ status: 201, body: first.body as object });
    });
  });

  describe('chats', () => {
    it('is created once for racing callers of both sides', async () => {
      const [student, tutor] = await Promise.all([server.signUp('student'), server.signUp('tutor')]);
      const course = await server.course(tutor);
      await server.enroll(student, course);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          index % 2
            ? server.rest(student).post<Chat>('/users/chats', { courseId: course.id, tutorId: tutor.user.id })
            : server.rest(tutor).post<Chat>('/tutors/chats', { courseId: course.id, studentId: student.user.id }),
        ),
      );
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(9);
    });

    it('needs a purchase, a tutor of that course, and somebody else', async () => {
      const [newcomer, otherTutor] = await Promise.all([server.signUp('student'), server.signUp('tutor')]);
      const ask = async (who: TestUser, body: object) => {
        const answer = await server.rest(who).post<{ error: { code: string } }>(chatsOf(who), body);
        return [answer.status, answer.body.error.code];
      };
      const { course, tutor, student } = scene;
      expect(await ask(newcomer, { courseId: course.id, tutorId: tutor.user.id })).toEqual([403, 'NOT_ENROLLED']);
      expect(await ask(tutor, { courseId: course.id, studentId: newcomer.user.id })).toEqual([403, 'NOT_ENROLLED']);
      expect(await ask(student, { courseId: course.id, tutorId: otherTutor.user.id })).toEqual([404, 'NOT_FOUND']);
      expect(await ask(student, { courseId: course.id, tutorId: student.user.id })).toEqual([404, 'NOT_FOUND']);
      expect(await ask(student, { courseId: MISSING, tutorId: tutor.user.id })).toEqual([404, 'NOT_FOUND']);
    });

    it('does not tell a tutor who has bought a course of others', async () => {
      const otherTutor = await server.signUp('tutor');
      const newcomer = await server.signUp('student');
      const answers = await Promise.all(
        [scene.student, newcomer].map(({ user }) =>
          server
            .rest(otherTutor)
            .post<{ error: object }>('/tutors/chats', { courseId: scene.course.id, studentId: user.id }),
        ),
      );
      expect(answers.map(({ status, body }) => ({ status, ...body.error, correlationId: '' }))).toEqual(
        Array(2).fill({
          status: 404,
          code: 'NOT_FOUND',
          message: 'There is nothing here that you may see',
          correlationId: '',
        }),
      );
    });

    it('lists newest activity first, by pages, with unread and their total', async () => {
      const student = scene.student;
      const chatIds = [scene.chatId];
      for (let index = 0; index < 4; index++) {
        const tutor = await server.signUp('tutor');
        const course = await server.course(tutor);
        await server.enroll(student, course);
        const chatId = await server.openChat(student, tutor, course);
        chatIds.unshift(chatId);
        await server.write(tutor, chatId, 'Welcome');
        await server.write(tutor, chatId, 'Ask me anything');
      }
      const listed: Chat[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body }: RestAnswer<ChatPage> = await server
          .rest(student)
          .get(`/users/chats?limit=2${cursor && `&cursor=${cursor}`}`);
        expect(body.unreadTotal).toBe(8);
        listed.push(...body.items);
        cursor = body.nextCursor;
      }
      expect(listed.map(({ id }) => id)).toEqual(chatIds);
      expect(listed.map(({ unreadCount }) => unreadCount)).toEqual([2, 2, 2, 2, 0]);
    });

    it('finds by the beginning of a word in names and titles, without case and accents, and only mine', async () => {
      const [student, tutor] = await Promise.all([
        server.signUp('student', 'Zoë Ångström'),
        server.signUp('tutor', 'José Núñez'),
      ]);
      const course = await server.course(tutor);
      await server.enroll(student, course);
      const chatId = await server.openChat(student, tutor, course);
      const find = async (who: TestUser, q: string) =>
        (await server.rest(who).get<ChatPage>(`${chatsOf(who)}?q=${encodeURIComponent(q)}`)).body.items.map(
          ({ id }) => id,
        );
      for (const q of ['jose', 'NUÑ', 'nunez jose', 'zoe ang', 'course', ' ', ''])
        expect({ q, found: await find(student, q) }).toEqual({ q, found: [chatId] });
      expect(await find(tutor, 'angstrom')).toEqual([chatId]);
      for (const q of ['unez', 'josef', '.*', '$ne', '(q+)+$', '%'])
        expect({ q, found: await find(student, q) }).toEqual({ q, found: [] });
      expect(await find(scene.student, 'jose')).toEqual([]);
    });

    it('offers the tutors of my courses, with the chat if there is one', async () => {
      const second = await server.signUp('tutor');
      await server.setTutors(scene.course, scene.tutor, second);
      const course = { id: scene.course.id, title: scene.course.title };
      const { body } = await server.rest(scene.student).get('/users/chats/tutors');
      expect(body).toEqual({
        items: [
          { tutor: scene.tutor.user, course, chatId: scene.chatId },
          { tutor: second.user, course, chatId: null },
        ],
      });
    });

    it('shows the tutor students as soon as they enrol, newest first, by pages, and not of courses of others', async () => {
      const newcomers = [];
      for (let index = 0; index < 3; index++) {
        const newcomer = await server.signUp('student');
        await server.enroll(newcomer, scene.course);
        newcomers.unshift(newcomer.user);
      }
      const listed: StudentPage['items'] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body }: RestAnswer<StudentPage> = await server
          .rest(scene.tutor)
          .get(`/tutors/chats/students?limit=3${cursor && `&cursor=${cursor}`}`);
        listed.push(...body.items);
        cursor = body.nextCursor;
      }
      expect(listed.map(({ student }) => student)).toEqual([...newcomers, scene.student.user]);
      expect(listed.map(({ chatId }) => chatId)).toEqual([null, null, null, scene.chatId]);
      const other = await server.pair();
      expect((await server.rest(other.tutor).get<StudentPage>('/tutors/chats/students')).body.items).toHaveLength(1);
      expect((await server.rest(other.tutor).get(`/tutors/chats/students?courseId=${scene.course.id}`)).status).toBe(
        404,
      );
    });
  });

  describe('pages of messages', () => {
    beforeEach(async () => {
      for (let seq = 1; seq <= 12; seq++)
        await server.write(seq % 2 ? scene.student : scene.tutor, scene.chatId, `Line ${seq}`);
    });

    it.each([
      ['', [3, 12], true, false],
      ['before=8', [1, 7], false, true],
      ['before=8&limit=3', [5, 7], true, true],
      ['before=13', [3, 12], true, false],
      ['before=999', [3, 12], true, false],
      ['before=15&limit=3', [10, 12], true, false],
      ['before=1', [], false, true],
      ['before=0', [], false, true],
      ['after=0&limit=3', [1, 3], false, true],
      ['after=9', [10, 12], true, false],
      ['after=12', [], true, false],
      ['after=999999999999999', [], true, false],
      ['around=6&limit=4', [4, 7], true, true],
      ['around=1&limit=4', [1, 4], false, true],
      ['around=12&limit=4', [9, 12], true, false],
      ['around=500&limit=4', [9, 12], true, false],
      ['limit=1', [12, 12], true, false],
      ['limit=100', [1, 12], false, false],
    ] as const)('?%s', async (query, [from, to], hasOlder, hasNewer) => {
      const { body } = await server
        .rest(scene.tutor)
        .get<MessagePage>(
          `/tutors/chats/${scene.chatId}/messages?${query.includes('limit') ? query : `${query}&limit=10`}`,
        );
      const expected = from === undefined ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
      expect({ seqs: body.items.map(({ seq }) => seq), hasOlder: body.hasOlder, hasNewer: body.hasNewer }).toEqual({
        seqs: expected,
        hasOlder,
        hasNewer,
      });
    });

    it.each(['before=1&after=2', 'before=1.5', 'before=-1', 'around=x', 'after=9007199254740993000'])(
      'refuses ?%s',
      async (query) => {
        expect((await server.rest(scene.tutor).get(`/tutors/chats/${scene.chatId}/messages?${query}`)).status).toBe(
          400,
        );
      },
    );
  });

  it('an empty chat has an empty page', async () => {
    for (const query of ['', '?before=5', '?after=0', '?around=3']) {
      const { body } = await server.rest(scene.student).get(`/users/chats/${scene.chatId}/messages${query}`);
      expect({ query, body }).toEqual({ query, body: { items: [], hasOlder: false, hasNewer: false } });
    }
  });
});
