import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Message, MessagePage } from '@course-chat/contracts';
import { chatsOf, eventually, TestRedis, TestServer, type TestPair, type TestSocket } from './testing';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('two nodes with Redis', () => {
  let redis: TestRedis;
  let one: TestServer;
  let two: TestServer;
  beforeAll(async () => {
    redis = await TestRedis.start();
    one = await TestServer.start({ REDIS_URL: redis.url });
    two = await TestServer.start({ REDIS_URL: redis.url }, one);
  }, 60_000);
  afterAll(async () => {
    await two.stop();
    await one.stop();
    await redis.stop();
  }, 60_000);

  /** A student with a device on each node, a tutor with one on each, and somebody on both whom none of it concerns. */
  async function scene() {
    const pair = await one.pair();
    const { student: stranger } = await one.pair();
    await one.enroll(stranger, pair.course);
    const [phone, laptop] = [await one.socket(pair.student), await two.socket(pair.student)];
    const [desk, tablet] = [await one.socket(pair.tutor), await two.socket(pair.tutor)];
    const strangers = [await one.socket(stranger), await two.socket(stranger)];
    return { ...pair, phone, laptop, desk, tablet, members: [phone, laptop, desk, tablet], strangers };
  }

  /** Whatever was sent to them has arrived: news on the bus keep their order, and so does a connection. */
  async function expectSilence(sockets: readonly TestSocket[]): Promise<void> {
    for (const socket of sockets) {
      await socket.ok('sync', { cursor: null, chats: [] });
      // Everybody is told now and then where their own chats stand.
      expect(socket.heard.filter(({ name }) => name !== 'digest')).toEqual([]);
    }
  }

  async function history({ student, chatId }: TestPair): Promise<Message[]> {
    const { body } = await one.rest(student).get<MessagePage>(`${chatsOf(student)}/${chatId}/messages?limit=100`);
    return body.items;
  }

  it('one message sent 100 times at once on both is there once, and every device hears it once', async () => {
    const here = await scene();
    const command = { chatId: here.chatId, clientMessageId: randomUUID(), text: 'Only once' };
    const answers = await Promise.all(
      upTo(100).map((index) => (index % 2 ? here.phone : here.laptop).ok('send_message', command)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await history(here)).toEqual([answers[0]]);
    // The next message comes after whatever else would have been said of the first.
    for (const socket of [here.phone, here.laptop]) {
      await socket.ok('send_message', { ...command, clientMessageId: randomUUID(), text: 'After it' });
    }
    for (const socket of here.members) {
      await socket.hears('message_created', ({ message }) => message.seq === 3);
      await eventually(() => expect(socket.of('message_created')).toHaveLength(3));
    }
    await expectSilence(here.strangers);
  });

  it('of 40 texts under one id at once on both, one is stored and the others conflict', async () => {
    const here = await scene();
    const clientMessageId = randomUUID();
    const answers = await Promise.all(
      upTo(40).map((index) =>
        (index % 2 ? here.phone : here.laptop).command('send_message', {
          chatId: here.chatId,
          clientMessageId,
          text: `Text ${index}`,
        }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('CONFLICT');
    expect(await history(here)).toHaveLength(1);
  });

  it('one id of both members, and in two chats, at once on both, is as many messages', async () => {
    const [here, there] = [await scene(), await one.signUp('tutor')];
    const course = await one.course(there);
    await one.enroll(here.student, course);
    const second = await one.openChat(here.student, there, course);
    const clientMessageId = randomUUID();
    const sent = await Promise.all([
      here.phone.ok('send_message', { chatId: here.chatId, clientMessageId, text: 'a' }),
      here.tablet.ok('send_message', { chatId: here.chatId, clientMessageId, text: 'b' }),
      here.laptop.ok('send_message', { chatId: second, clientMessageId, text: 'c' }),
    ]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
    expect((await history(here)).map(({ seq, text }) => [seq, text]).sort()).toEqual(
      sent
        .slice(0, 2)
        .map(({ seq, text }) => [seq, text])
        .sort(),
    );
  });

  it('an edit on one racing a deletion on the other never brings the text back, on no device', async () => {
    const here = await scene();
    const { chatId } = here;
    for (const seq of upTo(10)) {
      await here.phone.ok('send_message', { chatId, clientMessageId: randomUUID(), text: `Line ${seq}` });
      const [edited, deleted] = await Promise.all([
        here.phone.command('edit_message', { chatId, seq, text: 'Changed' }),
        here.laptop.command('delete_message', { chatId, seq }),
      ]);
      expect(deleted).toMatchObject({ ok: true, data: { text: '' } });
      if (!edited.ok) expect(edited.error.code).toBe('TOO_LATE');
      for (const socket of here.members) {
        await socket.hears('message_updated', ({ message }) => message.seq === seq && message.deletedAt !== null);
        // What counts is the highest rev, in whatever order the news of two nodes came.
        const versions = socket.of('message_updated').flatMap(({ message }) => (message.seq === seq ? [message] : []));
        expect(versions.sort((a, b) => b.rev - a.rev)[0]).toMatchObject({ text: '', deletedAt: expect.any(String) });
      }
    }
    const stored = await history(here);
    expect(stored.every(({ text, deletedAt }) => text === '' && deletedAt)).toBe(true);
    const revs = stored.map(({ rev }) => rev);
    expect(new Set(revs).size).toBe(revs.length);
  });

  it('marks on both at once only grow, and both sides hear the highest', async () => {
    const here = await scene();
    const { chatId } = here;
    for (const text of upTo(20)) await one.write(here.student, chatId, `Line ${text}`);
    const marked = await Promise.all(
      upTo(40).map((index) =>
        (index % 2 ? here.desk : here.tablet).ok('mark_read', { chatId, seq: 1 + ((index * 7) % 20) }),
      ),
    );
    for (const { readSeq, deliveredSeq } of marked) expect(readSeq).toBeLessThanOrEqual(deliveredSeq);
    for (const socket of here.members) await socket.hears('chat_read', ({ seq }) => seq === 20);
    expect(await here.tablet.ok('join_chat', { chatId })).toMatchObject({
      unreadCount: 0,
      me: { readSeq: 20, deliveredSeq: 20 },
    });
    await expectSilence(here.strangers);
  });

  it.each(['a refund', 'a tutor taken off the course'])(
    '%s on one node makes the chat read-only at once on the open sockets of both',
    async (change) => {
      const here = await scene();
      const { chatId } = here;
      // Both nodes know the chat as active.
      for (const socket of here.members) {
        await socket.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Before' });
      }
      if (change === 'a refund') await one.refund(here.student, here.course);
      else await one.setTutors(here.course, await one.signUp('tutor'));
      for (const socket of here.members) {
        await socket.hears('chat_updated', ({ chat }) => chat.id === chatId && chat.access === 'read_only');
        // Once a device knows, no node lets it write.
        for (const [name, payload] of [
          ['send_message', { chatId, clientMessageId: randomUUID(), text: 'After' }],
          ['typing_start', { chatId }],
        ] as const) {
          expect([name, (await socket.error(name, payload)).code]).toEqual([name, 'READ_ONLY']);
        }
      }
      expect((await history(here)).map(({ text }) => text)).toEqual(['Before', 'Before', 'Before', 'Before']);
      await expectSilence(here.strangers);
    },
  );

  it('typing is heard on the other node by who has the chat open, with a time to believe it, and by nobody else', async () => {
    const here = await scene();
    await here.tablet.ok('join_chat', { chatId: here.chatId });
    await here.phone.ok('typing_start', { chatId: here.chatId });
    const { expiresInMs } = await here.tablet.hears('typing_started');
    expect(expiresInMs).toBeLessThanOrEqual(6_000);
    await here.phone.ok('typing_stop', { chatId: here.chatId });
    await here.tablet.hears('typing_stopped');
    for (const socket of [here.phone, here.laptop, here.desk]) expect(socket.of('typing_started')).toEqual([]);
    await expectSilence(here.strangers);
  });

  it('who left while Redis was away is told to have left then, also on the other node', async () => {
    const here = await scene();
    await here.tablet.ok('sync', { cursor: null, chats: [] });
    const frozen = redis.freeze(4_500);
    // A command that waits for Redis goes on without it after a second.
    await delay(1_500);
    here.phone.close();
    here.laptop.close();
    const left = Date.now();
    await frozen;
    const { lastSeenAt } = await eventually(() => {
      const told = here.tablet.of('user_offline').find(({ userId }) => userId === here.student.user.id);
      if (!told) throw new Error('Not told yet');
      return told;
    }, 15_000);
    expect(Math.abs(Date.parse(lastSeenAt) - left)).toBeLessThan(1_500);
  }, 40_000);

  it('a logout on one node ends the sockets of that login on both, and no others', async () => {
    const here = await scene();
    const elsewhere = await two.login(here.student.email);
    const other = await two.socket(elsewhere);
    await one.call('POST', '/auth/logout', { token: here.student.token });
    for (const socket of [here.phone, here.laptop]) {
      await socket.hears('session_ended');
      await eventually(() => expect(socket.io.connected).toBe(false));
    }
    await other.ok('sync', { cursor: null, chats: [] });
    await here.tablet.ok('sync', { cursor: null, chats: [] });
  });
});
