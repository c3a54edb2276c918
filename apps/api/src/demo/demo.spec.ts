import type { ObjectId } from '@course-chat/api/kernel';
import type { AvailableTutors, ChatPage, MessagePage } from '@course-chat/contracts';
import { chatsOf, eventually, TestServer, type TestUser } from '../testing';
import { languageOf } from './demo-answers';
import { DEMO_PASSWORD } from './demo-people';
import { DemoSeeder } from './demo.seeder';
import { DemoTutor } from './demo-tutor';

interface StoredLine {
  seq: number;
  rev: number;
  senderId: { toHexString(): string };
}

async function demoLogin(server: TestServer, email: string): Promise<TestUser> {
  const { body } = await server.call<{ accessToken: string; user: TestUser['user'] }>('POST', '/auth/login', {
    body: { email, password: DEMO_PASSWORD },
  });
  return { user: body.user, email, token: body.accessToken, cookie: '' };
}

async function chats(server: TestServer, who: TestUser): Promise<ChatPage['items']> {
  return (await server.rest(who).get<ChatPage>(`${chatsOf(who)}?limit=100`)).body.items;
}

describe('The demo', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
    await server.seedDemo();
    server.app.get(DemoTutor).pace = 100;
  });
  afterAll(() => server.stop());

  describe(DemoSeeder.name, () => {
    it('leaves logs without holes, revs without doubles, and unread counts as a count says', async () => {
      const records = await server.connection.collection('chats').find().toArray();
      expect(records.length).toBeGreaterThan(25);
      const counts = await Promise.all(
        records.map(async (chat) => {
          const lines = (await server.connection
            .collection('messages')
            .find({ chatId: chat['_id'] })
            .sort({ seq: 1 })
            .toArray()) as unknown as StoredLine[];
          expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
          const revs = lines.map(({ rev }) => rev).filter((rev) => rev > 0);
          expect(new Set(revs).size).toBe(revs.length);
          expect(chat['lastRev']).toBe(Math.max(0, ...revs));
          for (const side of ['student', 'tutor'] as const) {
            const self = String(chat[`${side}Id`]);
            const unread = lines.filter(
              ({ seq, senderId }) => seq > chat[side].readSeq && senderId.toHexString() !== self,
            );
            expect(chat['unread'][side]).toBe(unread.length);
          }
          return lines.length;
        }),
      );
      expect(Math.max(...counts)).toBeGreaterThan(2_000);
    });

    it('has nobody write after they were last there', async () => {
      const spoke = await server.connection
        .collection('messages')
        .aggregate<{ _id: ObjectId; at: Date }>([{ $group: { _id: '$senderId', at: { $max: '$createdAt' } } }])
        .toArray();
      const seen = await server.connection.collection('presence').find().toArray();
      const lastSeen = new Map(seen.map(({ _id, lastSeenAt }) => [String(_id), Number(lastSeenAt)]));
      expect(spoke.length).toBeGreaterThan(10);
      expect(spoke.filter(({ _id, at }) => Number(at) > (lastSeen.get(String(_id)) ?? 0))).toEqual([]);
    });

    it('changes nothing when it runs again', async () => {
      const count = () => server.connection.collection('messages').countDocuments();
      const before = await count();
      await server.connection.collection<{ email: string }>('users').deleteOne({ email: 'admin@example.com' });
      await server.seedDemo();
      expect(await count()).toBe(before);
    });

    it('shows a student unread, read-only and years-long chats, and a tutor questions that wait', async () => {
      const lena = await chats(server, await demoLogin(server, 'student1@example.com'));
      expect(lena.reduce((sum, chat) => sum + chat.unreadCount, 0)).toBe(3);
      expect(lena.some(({ access }) => access === 'read_only')).toBe(true);
      expect(lena.some(({ lastSeq }) => lastSeq > 2_000)).toBe(true);
      const ana = await chats(server, await demoLogin(server, 'tutor1@example.com'));
      const waiting = ana.filter((chat) => chat.lastMessage?.senderId === chat.student.id);
      expect(waiting.length).toBeGreaterThanOrEqual(4);
    });
  });

  describe(DemoTutor.name, () => {
    /** A demo student with a chat whose tutor nobody plays. */
    async function visitor(email: string, tutor: string) {
      const student = await demoLogin(server, email);
      const chat = (await chats(server, student)).find(
        (found) => found.tutor.name === tutor && found.access === 'active',
      )!;
      const socket = await server.socket(student);
      await socket.ok('join_chat', { chatId: chat.id });
      return { student, chat, socket };
    }
    const answersIn = async (who: TestUser, chatId: string, after: number) =>
      (await server.rest(who).get<MessagePage>(`${chatsOf(who)}/${chatId}/messages?after=${after}`)).body.items.filter(
        ({ senderId }) => senderId !== who.user.id,
      );

    it.each([
      ['student2@example.com', 'Tomás Okafor', 'How do I sort a list?', 'en'],
      ['student9@example.com', 'Mira Klein', '¿Cuándo uso la mediana?', 'es'],
      ['student11@example.com', 'Sam Bianchi', 'متى أحتاج إلى فهرس؟', 'ar'],
    ])('reads, types and answers %s in the language of the question', async (email, tutor, text, language) => {
      const { student, chat, socket } = await visitor(email, tutor);
      const asked = await server.write(student, chat.id, text);
      await socket.hears('chat_read', ({ seq, userId }) => seq >= asked.seq && userId === chat.tutor.id);
      await socket.hears('typing_started', ({ userId }) => userId === chat.tutor.id);
      const { message } = await socket.hears('message_created', (event) => event.message.senderId === chat.tutor.id);
      expect(languageOf(message.text)).toBe(language);
      expect(socket.of('user_online')).toContainEqual({ userId: chat.tutor.id });
    });

    it('answers a burst once, and goes quiet after a while', async () => {
      const { student, chat } = await visitor('student4@example.com', 'Mira Klein');
      await Promise.all(['one?', 'two?', 'three?'].map((text) => server.write(student, chat.id, text)));
      await eventually(async () => expect(await answersIn(student, chat.id, chat.lastSeq)).toHaveLength(1));
      for (let turn = 2; turn <= 8; turn++) {
        await server.write(student, chat.id, 'And then?');
        await eventually(async () => expect(await answersIn(student, chat.id, chat.lastSeq)).toHaveLength(turn));
      }
      const last = await server.write(student, chat.id, 'Are you still there?');
      // Something that is answered afterwards shows that this would have been answered before.
      const other = await visitor('student6@example.com', 'Tomás Okafor');
      await server.write(other.student, other.chat.id, 'Hello');
      await other.socket.hears('message_created', (event) => event.message.senderId === other.chat.tutor.id);
      expect(await answersIn(student, chat.id, last.seq)).toEqual([]);
    });

    it('goes offline a while after the last answer, however close the answers were', async () => {
      const { student, chat, socket } = await visitor('student8@example.com', 'Sam Bianchi');
      for (const text of ['One question?', 'Another one?']) {
        const asked = await server.write(student, chat.id, text);
        await socket.hears('message_created', ({ message }) => message.chatId === chat.id && message.seq > asked.seq);
      }
      await socket.hears('user_offline', ({ userId }) => userId === chat.tutor.id);
    });

    it('leaves the answer to whoever is logged in as the tutor', async () => {
      const { student, chat } = await visitor('student1@example.com', 'Ana Ruiz');
      // Logged in above, without a device.
      await server.write(student, chat.id, 'Is that you, Ana?');
      const sam = await demoLogin(server, 'tutor4@example.com');
      await server.socket(sam);
      const amelie = await visitor('student4@example.com', 'Sam Bianchi');
      await server.write(amelie.student, amelie.chat.id, 'Is that you, Sam?');
      const { body } = await server.rest(student).get<AvailableTutors>('/users/chats/tutors');
      const tomas = body.items.find(({ tutor }) => tutor.name === 'Tomás Okafor')!;
      const answered = await server.write(student, tomas.chatId!, 'Hello?');
      await eventually(async () => expect(await answersIn(student, tomas.chatId!, answered.seq)).toHaveLength(1));
      expect(await answersIn(student, chat.id, chat.lastSeq)).toEqual([]);
      expect(await answersIn(amelie.student, amelie.chat.id, amelie.chat.lastSeq)).toEqual([]);
    });
  });
});

describe('Outside a demo', () => {
  it('nobody answers by themselves', async () => {
    const server = await TestServer.start({ DEMO_TUTOR: 'false' });
    try {
      await server.seedDemo();
      const student = await demoLogin(server, 'student2@example.com');
      const chat = (await chats(server, student)).find(({ tutor }) => tutor.name === 'Tomás Okafor')!;
      const tutor = server.app.get(DemoTutor);
      tutor.pace = 1_000;
      const socket = await server.socket(student);
      await server.write(student, chat.id, 'Hello?');
      await socket.hears('message_created');
      await server.write(student, chat.id, 'Anybody?');
      await socket.hears('message_created', ({ message }) => message.text === 'Anybody?');
      expect(socket.of('chat_read')).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});
