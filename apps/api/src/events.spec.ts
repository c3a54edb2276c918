import { randomUUID } from 'node:crypto';
import { eventNames, events, TYPING_EXPIRES_MS, type ChatPage, type EventName } from '@course-chat/contracts';
import { toObjectId } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import { DigestService } from '@course-chat/api/chat';
import { eventually, TestServer, TestSocket, type TestPair, type TestUser } from './testing';

interface Scene extends TestPair {
  readonly server: TestServer;
  /** Two devices of the student, one of the tutor, one of somebody with a chat of their own. */
  readonly phone: TestSocket;
  readonly laptop: TestSocket;
  readonly desk: TestSocket;
  readonly stranger: TestSocket;
  readonly strangerUser: TestUser;
}

/**
 * What brings an event about. Returns who must hear it; all other sockets of the scene must not. Every event of the
 * contracts has an entry here, or the file does not compile and the first test fails.
 */
const scenarios: { [N in EventName]: (scene: Scene) => Promise<TestSocket[]> } = {
  message_created: async ({ phone, laptop, desk, chatId }) => {
    await phone.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Hello' });
    return [phone, laptop, desk];
  },
  message_updated: async ({ phone, laptop, desk, chatId }) => {
    const { seq } = await phone.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Hello' });
    await phone.ok('edit_message', { chatId, seq, text: 'Hello again' });
    return [phone, laptop, desk];
  },
  chat_updated: async ({ server, phone, laptop, desk, student, course }) => {
    await server.refund(student, course);
    return [phone, laptop, desk];
  },
  chat_delivered: async ({ phone, laptop, desk, chatId }) => {
    const { seq } = await phone.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Hello' });
    await desk.ok('mark_delivered', { chatId, seq });
    return [phone, laptop, desk];
  },
  chat_read: async ({ phone, laptop, desk, chatId }) => {
    const { seq } = await phone.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Hello' });
    await desk.ok('mark_read', { chatId, seq });
    return [phone, laptop, desk];
  },
  typing_started: async ({ phone, desk, chatId }) => {
    await desk.ok('join_chat', { chatId });
    await phone.ok('typing_start', { chatId });
    return [desk];
  },
  typing_stopped: async ({ phone, desk, chatId }) => {
    await desk.ok('join_chat', { chatId });
    await phone.ok('typing_start', { chatId });
    await phone.ok('typing_stop', { chatId });
    return [desk];
  },
  user_online: async ({ server, phone, laptop, desk, student }) => {
    for (const socket of [phone, laptop]) socket.close();
    await desk.hears('user_offline');
    await server.socket(student);
    return [desk];
  },
  user_offline: async ({ phone, laptop, desk }) => {
    phone.close();
    laptop.close();
    return [desk];
  },
  unread_changed: async ({ phone, desk, chatId }) => {
    await phone.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Hello' });
    return [desk];
  },
  session_ended: async ({ server, phone, laptop, student }) => {
    await server.call('POST', '/auth/logout', { token: student.token });
    return [phone, laptop];
  },
  server_draining: async ({ server, phone, laptop, desk, stranger }) => {
    // About the node, not about anybody's chat: everyone hears it.
    server.app.get(RealtimeHub).announceDrain(1_000);
    return [phone, laptop, desk, stranger];
  },
  digest: async ({ server, phone, laptop, desk, chatId }) => {
    // The stranger's own chat has been quiet.
    await server.connection
      .collection('chats')
      .updateMany({ _id: { $ne: toObjectId(chatId) } }, { $set: { changedAt: new Date(0) } });
    await server.app.get(DigestService).tell();
    return [phone, laptop, desk];
  },
};

describe('events', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  async function scene(): Promise<Scene> {
    const pair = await server.pair();
    const { student: strangerUser } = await server.pair();
    // The stranger even studies the same course, and has a chat with somebody else.
    await server.enroll(strangerUser, pair.course);
    const [phone, laptop, desk, stranger] = await Promise.all([
      server.socket(pair.student),
      server.socket(pair.student),
      server.socket(pair.tutor),
      server.socket(strangerUser),
    ]);
    // Presence says hello first; what follows is what the scenario brings about.
    await desk.hears('user_online');
    for (const socket of [phone, laptop, desk, stranger]) socket.forget();
    return { ...pair, server, phone, laptop, desk, stranger, strangerUser };
  }

  it('has a scenario for every event of the contracts', () => {
    expect(Object.keys(scenarios).sort()).toEqual([...eventNames].sort());
  });

  it.each(eventNames)(
    '%s reaches those it is for, in the shape of the contracts, and the stranger hears nothing',
    async (name) => {
      const here = await scene();
      const hearers = await scenarios[name](here);
      for (const socket of hearers) {
        const payload = await socket.hears(name);
        expect(events[name].parse(payload)).toEqual(payload);
      }
      // Whatever was sent before this answer has arrived: one connection keeps its order.
      if (here.stranger.io.connected) await here.stranger.ok('sync', { cursor: null, chats: [] });
      for (const socket of [here.phone, here.laptop, here.desk, here.stranger]) {
        if (!hearers.includes(socket)) expect(socket.of(name)).toEqual([]);
      }
      if (!hearers.includes(here.stranger)) expect(here.stranger.heard).toEqual([]);
    },
  );

  it('a stranger who asks for the room of a chat hears nothing of it', async () => {
    const { phone, stranger, desk, chatId } = await scene();
    expect((await stranger.error('join_chat', { chatId })).code).toBe('NOT_FOUND');
    expect((await stranger.error('join_chat', { chatId: `chat:${chatId}` })).code).toBe('VALIDATION_FAILED');
    await phone.ok('typing_start', { chatId });
    await phone.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Between us' });
    await desk.hears('message_created');
    await stranger.ok('sync', { cursor: null, chats: [] });
    expect(stranger.heard).toEqual([]);
  });
});

describe('typing', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  async function typing() {
    const pair = await server.pair();
    const [student, tutor] = await Promise.all([server.socket(pair.student), server.socket(pair.tutor)]);
    await student.ok('join_chat', { chatId: pair.chatId });
    await tutor.ok('join_chat', { chatId: pair.chatId });
    await student.ok('typing_start', { chatId: pair.chatId });
    return { ...pair, studentSocket: student, tutorSocket: tutor };
  }

  it('tells the other side for how long to believe it, and not the one who types', async () => {
    const { student, studentSocket, tutorSocket, chatId } = await typing();
    expect(await tutorSocket.hears('typing_started')).toEqual({
      chatId,
      userId: student.user.id,
      expiresInMs: TYPING_EXPIRES_MS,
    });
    expect(studentSocket.of('typing_started')).toEqual([]);
  });

  it('ends with the message, after the message', async () => {
    const { studentSocket, tutorSocket, chatId } = await typing();
    await studentSocket.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Done' });
    await tutorSocket.hears('typing_stopped');
    const names = tutorSocket.heard.map((event) => event.name);
    expect(names.indexOf('message_created')).toBeLessThan(names.indexOf('typing_stopped'));
  });

  it('ends when the device leaves the chat', async () => {
    const { studentSocket, tutorSocket, chatId } = await typing();
    await studentSocket.ok('leave_chat', { chatId });
    await tutorSocket.hears('typing_stopped');
  });

  it('ends when the device is gone', async () => {
    const { studentSocket, tutorSocket } = await typing();
    studentSocket.close();
    await tutorSocket.hears('typing_stopped');
  });

  it('goes on when another device of the same person stops, leaves or is gone', async () => {
    const { student, studentSocket, tutorSocket, chatId } = await typing();
    const laptop = await server.socket(student);
    await laptop.ok('join_chat', { chatId });
    await laptop.ok('typing_stop', { chatId });
    await laptop.ok('leave_chat', { chatId });
    laptop.close();
    await tutorSocket.ok('sync', { cursor: null, chats: [] });
    expect(tutorSocket.of('typing_stopped')).toEqual([]);
    await studentSocket.ok('typing_stop', { chatId });
    await tutorSocket.hears('typing_stopped');
  });

  it('ends with a message from another device too', async () => {
    const { student, tutorSocket, chatId } = await typing();
    const laptop = await server.socket(student);
    await laptop.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Done over here' });
    await tutorSocket.hears('typing_stopped');
  });

  it('is not heard by a device that has left the chat', async () => {
    const { studentSocket, tutorSocket, chatId } = await typing();
    await tutorSocket.hears('typing_started');
    await tutorSocket.ok('leave_chat', { chatId });
    tutorSocket.forget();
    await studentSocket.ok('typing_start', { chatId });
    await tutorSocket.ok('sync', { cursor: null, chats: [] });
    expect(tutorSocket.of('typing_started')).toEqual([]);
  });

  it('says nothing when it did not go on', async () => {
    const { studentSocket, tutorSocket, chatId } = await typing();
    await studentSocket.ok('typing_stop', { chatId });
    await studentSocket.ok('typing_stop', { chatId });
    await tutorSocket.ok('sync', { cursor: null, chats: [] });
    expect(tutorSocket.of('typing_stopped')).toHaveLength(1);
  });
});

describe('presence', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start({ PRESENCE_GRACE_SECONDS: '0.3' })));
  afterAll(() => server.stop());

  it('tells a device that comes which of its peers are there', async () => {
    const { student, tutor } = await server.pair();
    await server.socket(tutor);
    const socket = await server.socket(student);
    expect(await socket.hears('user_online')).toEqual({ userId: tutor.user.id });
  });

  /**
   * A tutor's device that has been told who is there. Somebody who comes before that may be told twice, as the list and
   * as the news; another student, who was there first, shows when the list has come.
   */
  async function watching({ tutor, course }: TestPair): Promise<TestSocket> {
    const witness = await server.signUp('student');
    await server.enroll(witness, course);
    await server.openChat(witness, tutor, course);
    await server.socket(witness);
    await eventually(async () => expect(await onlineFor(tutor)).toContain(witness.user.id));
    const watch = await server.socket(tutor);
    await watch.hears('user_online', ({ userId }) => userId === witness.user.id);
    watch.forget();
    return watch;
  }

  async function onlineFor(tutor: TestUser): Promise<string[]> {
    const { body } = await server.rest(tutor).get<ChatPage>('/tutors/chats');
    return body.items.filter(({ peer }) => peer.online).map(({ student }) => student.id);
  }

  it('counts devices: the last one out turns the light off', async () => {
    const pair = await server.pair();
    const { student, chatId } = pair;
    const watch = await watching(pair);
    const isStudent = (news: { userId: string }) => news.userId === student.user.id;
    const [phone, laptop] = [await server.socket(student), await server.socket(student)];
    await watch.hears('user_online', isStudent);
    phone.close();
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(watch.of('user_offline')).toEqual([]);
    expect(await watch.ok('join_chat', { chatId })).toMatchObject({ peer: { online: true, lastSeenAt: null } });
    laptop.close();
    const { lastSeenAt } = await watch.hears('user_offline', isStudent);
    expect(await watch.ok('join_chat', { chatId })).toMatchObject({ peer: { online: false, lastSeenAt } });
    expect(watch.of('user_online').filter(isStudent)).toHaveLength(1);
  });

  it('does not flicker over a reload', async () => {
    const pair = await server.pair();
    const { student, chatId } = pair;
    const watch = await watching(pair);
    const isStudent = (news: { userId: string }) => news.userId === student.user.id;
    const before = await server.socket(student);
    await watch.hears('user_online', isStudent);
    before.close();
    const after = await server.socket(student);
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(watch.of('user_offline')).toEqual([]);
    expect(watch.of('user_online').filter(isStudent)).toHaveLength(1);
    expect(await watch.ok('join_chat', { chatId })).toMatchObject({ peer: { online: true } });
    after.close();
    await eventually(() => expect(watch.of('user_offline')).toHaveLength(1));
  });
});
