import { randomUUID } from 'node:crypto';
import {
  SYNC_MAX_MESSAGES_PER_CHAT,
  type Chat,
  type ChatPage,
  type Message,
  type MessagePage,
  type SyncResult,
} from '@course-chat/contracts';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import { chatsOf, TestServer, type TestUser } from './testing';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the laws', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  async function history(who: TestUser, chatId: string): Promise<Message[]> {
    const items: Message[] = [];
    for (;;) {
      const { body } = await server
        .rest(who)
        .get<MessagePage>(`${chatsOf(who)}/${chatId}/messages?limit=100&after=${items.length}`);
      items.push(...body.items);
      if (!body.hasNewer) return items;
    }
  }

  describe('1 and 2: an acknowledged message is there once, and seq runs without holes', () => {
    it('100 identical sends at once, over two sockets and REST, are one message', async () => {
      const { student, tutor, chatId } = await server.pair();
      const [phone, laptop, desk] = [
        await server.socket(student),
        await server.socket(student),
        await server.socket(tutor),
      ];
      const command = { chatId, clientMessageId: randomUUID(), text: 'Only once' };
      const answers = await Promise.all(
        upTo(100).map((index) =>
          index % 3 === 0
            ? server.write(student, chatId, command.text, command.clientMessageId)
            : (index % 3 === 1 ? phone : laptop).ok('send_message', command),
        ),
      );
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await history(student, chatId)).toEqual([answers[0]]);
      await desk.ok('sync', { cursor: null, chats: [] });
      expect(desk.of('message_created')).toHaveLength(1);
    });

    it('of 50 different texts under one id at once, one is stored and the others conflict', async () => {
      const { student, chatId } = await server.pair();
      const socket = await server.socket(student);
      const clientMessageId = randomUUID();
      const answers = await Promise.all(
        upTo(50).map((index) => socket.command('send_message', { chatId, clientMessageId, text: `Text ${index}` })),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('CONFLICT');
      expect(await history(student, chatId)).toHaveLength(1);
    });

    it('200 sends without waiting keep their order, for the sender and for the receiver', async () => {
      const { student, tutor, chatId } = await server.pair();
      const [socket, desk] = [await server.socket(student), await server.socket(tutor)];
      const sent = await Promise.all(
        upTo(200).map((index) =>
          socket.ok('send_message', { chatId, clientMessageId: randomUUID(), text: `Line ${index}` }),
        ),
      );
      expect(sent.map(({ seq, text }) => [seq, text])).toEqual(upTo(200).map((seq) => [seq, `Line ${seq}`]));
      await desk.hears('message_created', ({ message }) => message.seq === 200);
      expect(desk.of('message_created').map(({ message }) => message.seq)).toEqual(upTo(200));
      expect(await history(tutor, chatId)).toEqual(sent);
    });

    it('both members writing at once share one row of places', async () => {
      const { student, tutor, chatId } = await server.pair();
      const sockets = [await server.socket(student), await server.socket(tutor)];
      await Promise.all(
        sockets.flatMap((socket) =>
          upTo(60).map((index) =>
            socket.ok('send_message', { chatId, clientMessageId: randomUUID(), text: `Line ${index}` }),
          ),
        ),
      );
      expect((await history(student, chatId)).map(({ seq }) => seq)).toEqual(upTo(120));
    });
  });

  describe('4: read and delivered only grow, and unread is what a count says', () => {
    it('clamps to the end of the chat and never goes back', async () => {
      const { student, tutor, chatId } = await server.pair();
      for (const text of ['a', 'b', 'c', 'd', 'e']) await server.write(student, chatId, text);
      const desk = await server.socket(tutor);
      expect(await desk.ok('mark_delivered', { chatId, seq: 3 })).toMatchObject({
        deliveredSeq: 3,
        readSeq: 0,
        unreadCount: 5,
      });
      expect(await desk.ok('mark_read', { chatId, seq: 2 })).toMatchObject({
        deliveredSeq: 3,
        readSeq: 2,
        unreadCount: 3,
      });
      expect(await desk.ok('mark_read', { chatId, seq: 1 })).toMatchObject({
        deliveredSeq: 3,
        readSeq: 2,
        unreadCount: 3,
      });
      expect(await desk.ok('mark_read', { chatId, seq: 0 })).toMatchObject({ deliveredSeq: 3, readSeq: 2 });
      expect(await desk.ok('mark_delivered', { chatId, seq: 1 })).toMatchObject({ deliveredSeq: 3 });
      expect(await desk.ok('mark_read', { chatId, seq: Number.MAX_SAFE_INTEGER })).toEqual({
        chatId,
        deliveredSeq: 5,
        readSeq: 5,
        unreadCount: 0,
      });
      const rest = await server.rest(tutor).post(`/tutors/chats/${chatId}/read`, { seq: 4 });
      expect(rest).toMatchObject({ status: 200, body: { chatId, readSeq: 5, unreadCount: 0 } });
      expect((await desk.error('mark_read', { chatId, seq: 2 ** 53 })).code).toBe('VALIDATION_FAILED');
    });

    it('tells of a move once, and of none not at all', async () => {
      const { student, tutor, chatId } = await server.pair();
      const [phone, desk] = [await server.socket(student), await server.socket(tutor)];
      await phone.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'a' });
      for (const seq of [1, 1, 0, 7]) await desk.ok('mark_read', { chatId, seq });
      await phone.ok('sync', { cursor: null, chats: [] });
      expect(phone.of('chat_read')).toEqual([{ chatId, userId: tutor.user.id, seq: 1, at: expect.any(String) }]);
      expect(phone.of('chat_delivered')).toHaveLength(1);
    });

    it('after any sequence of sends, reads, edits and deletions', async () => {
      const step = fc.oneof(
        fc.record({ act: fc.constant('send' as const), byStudent: fc.boolean() }),
        fc.record({
          act: fc.constantFrom('read' as const, 'deliver' as const),
          byStudent: fc.boolean(),
          seq: fc.nat(14),
        }),
        fc.record({
          act: fc.constantFrom('edit' as const, 'delete' as const),
          byStudent: fc.boolean(),
          seq: fc.integer({ min: 1, max: 14 }),
        }),
      );
      const pair = await server.pair();
      const sockets = { student: await server.socket(pair.student), tutor: await server.socket(pair.tutor) };
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), fc.boolean(), async (steps, isAtOnce) => {
          const course = await server.course(pair.tutor);
          await server.enroll(pair.student, course);
          const chatId = await server.openChat(pair.student, pair.tutor, course);
          const run = async (one: (typeof steps)[number]) => {
            const socket = sockets[one.byStudent ? 'student' : 'tutor'];
            if (one.act === 'send')
              await socket.ok('send_message', { chatId, clientMessageId: randomUUID(), text: 'Line' });
            else if (one.act === 'read' || one.act === 'deliver')
              await socket.ok(one.act === 'read' ? 'mark_read' : 'mark_delivered', { chatId, seq: one.seq });
            // May be refused: not there, not theirs, deleted.
            else if (one.act === 'edit')
              await socket.command('edit_message', { chatId, seq: one.seq, text: randomUUID() });
            else await socket.command('delete_message', { chatId, seq: one.seq });
          };
          if (isAtOnce) await Promise.all(steps.map(run));
          else for (const one of steps) await run(one);

          const messages = await history(pair.student, chatId);
          expect(messages.map(({ seq }) => seq)).toEqual(upTo(messages.length));
          const revs = messages.map(({ rev }) => rev).filter((rev) => rev > 0);
          expect(new Set(revs).size).toBe(revs.length);
          for (const who of [pair.student, pair.tutor]) {
            const { body } = await server.rest(who).get<Chat>(`${chatsOf(who)}/${chatId}`);
            const { readSeq, deliveredSeq } = body.me;
            const counted = messages.filter(({ seq, senderId }) => seq > readSeq && senderId !== who.user.id).length;
            expect({ unread: body.unreadCount, lastSeq: body.lastSeq }).toEqual({
              unread: counted,
              lastSeq: messages.length,
            });
            expect(readSeq).toBeLessThanOrEqual(deliveredSeq);
            expect(deliveredSeq).toBeLessThanOrEqual(messages.length);
            expect(body.lastRev).toBe(Math.max(0, ...revs));
          }
        }),
        { numRuns: 25 },
      );
      const { body } = await server.rest(pair.tutor).get<ChatPage>('/tutors/chats?limit=100');
      expect(body.unreadTotal).toBe(body.items.reduce((sum, { unreadCount }) => sum + unreadCount, 0));
    }, 60_000);
  });

  describe('changes', () => {
    it('every change of a chat has a rev of its own, also when 12 come at once', async () => {
      const { student, tutor, chatId } = await server.pair();
      for (let seq = 1; seq <= 12; seq++) await server.write(student, chatId, `Line ${seq}`);
      const [socket, desk] = [await server.socket(student), await server.socket(tutor)];
      const edited = await Promise.all(
        upTo(12).map((seq) => socket.ok('edit_message', { chatId, seq, text: `Edited ${seq}` })),
      );
      expect(edited.map(({ rev }) => rev).sort((a, b) => a - b)).toEqual(upTo(12));
      await desk.ok('sync', { cursor: null, chats: [] });
      expect(desk.of('message_updated')).toHaveLength(12);
    });

    it('an edit racing a deletion never brings the text back', async () => {
      const { student, chatId } = await server.pair();
      const socket = await server.socket(student);
      for (const seq of upTo(10)) {
        await server.write(student, chatId, `Line ${seq}`);
        const [edited, deleted] = await Promise.all([
          socket.command('edit_message', { chatId, seq, text: 'Changed' }),
          socket.command('delete_message', { chatId, seq }),
        ]);
        expect(deleted).toMatchObject({ ok: true, data: { text: '' } });
        if (!edited.ok) expect(edited.error.code).toBe('TOO_LATE');
        expect((await history(student, chatId)).at(-1)).toMatchObject({ seq, text: '', deletedAt: expect.any(String) });
      }
    });
  });

  describe('sync', () => {
    it('brings what was missed: new messages, changes of old ones, and other chats that changed', async () => {
      const { student, tutor, course, chatId } = await server.pair();
      await server.write(student, chatId, 'One');
      await server.write(student, chatId, 'Two');
      const socket = await server.socket(student);
      const { cursor } = await socket.ok('sync', { cursor: null, chats: [] });
      const other = await server.signUp('tutor');
      await server.setTutors(course, tutor, other);
      const otherId = await server.openChat(student, other, course);
      await socket.ok('edit_message', { chatId, seq: 1, text: 'One, edited' });
      const three = await server.write(tutor, chatId, 'Three');
      const answer = await socket.ok('sync', { cursor, chats: [{ chatId, seq: 2, rev: 0 }] });
      expect(
        answer.chats.map(({ chat, status, messages }) => [
          chat.id,
          status,
          messages.map(({ seq, text }) => [seq, text]),
        ]),
      ).toEqual([
        [
          chatId,
          'ok',
          [
            [1, 'One, edited'],
            [3, 'Three'],
          ],
        ],
        [otherId, 'ok', []],
      ]);
      expect(answer.chats[0]?.chat).toMatchObject({ lastSeq: 3, lastRev: 1, unreadCount: 1 });
      const nothing = await socket.ok('sync', { cursor: answer.cursor, chats: [{ chatId, seq: three.seq, rev: 1 }] });
      expect(nothing.chats[0]).toMatchObject({ status: 'ok', messages: [] });
    });

    it('leaves out the chats of others and those that are not there', async () => {
      const [mine, foreign] = [await server.pair(), await server.pair()];
      await server.write(foreign.student, foreign.chatId, 'Private');
      const socket = await server.socket(mine.student);
      const position = { seq: 0, rev: 0 };
      const { chats } = await socket.ok('sync', {
        cursor: Buffer.from('[0,null]').toString('base64url'),
        chats: [
          { chatId: foreign.chatId, ...position },
          { chatId: 'f'.repeat(24), ...position },
          { chatId: mine.chatId, ...position },
        ],
      });
      expect(chats.map(({ chat }) => chat.id)).toEqual([mine.chatId]);
    });

    it('says reset when more was missed than one answer carries, and never pretends', async () => {
      const { student, tutor, chatId } = await server.pair();
      const [socket, desk] = [await server.socket(student), await server.socket(tutor)];
      const total = SYNC_MAX_MESSAGES_PER_CHAT + 1;
      await Promise.all(
        upTo(total).map((index) =>
          socket.ok('send_message', { chatId, clientMessageId: randomUUID(), text: `Line ${index}` }),
        ),
      );
      const missed = async (seq: number, rev = 0) =>
        (await desk.ok('sync', { cursor: null, chats: [{ chatId, seq, rev }] })).chats[0];
      expect(await missed(0)).toMatchObject({ status: 'reset', messages: [], chat: { lastSeq: total } });
      const rest = await missed(1);
      expect([rest?.status, rest?.messages.map(({ seq }) => seq)]).toEqual(['ok', upTo(total).slice(1)]);
      await socket.ok('edit_message', { chatId, seq: 1, text: 'One more' });
      expect(await missed(1)).toMatchObject({ status: 'reset' });
      expect(await missed(1, 1)).toMatchObject({ status: 'ok' });
      expect(await missed(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)).toMatchObject({
        status: 'ok',
        messages: [],
      });
    });

    it('says reset of the chats for whose messages one answer has no room, however many are named', async () => {
      const { student, tutor } = await server.pair();
      const desk = await server.socket(tutor);
      const chatIds: string[] = [];
      for (const messages of [20, 15, 40, 1]) {
        const course = await server.course(tutor);
        await server.enroll(student, course);
        const chatId = await server.openChat(student, tutor, course);
        const text = '😀'.repeat(4_000);
        await Promise.all(
          upTo(messages).map(() => desk.ok('send_message', { chatId, clientMessageId: randomUUID(), text })),
        );
        chatIds.push(chatId);
      }
      const phone = await server.socket(student);
      const chats = chatIds.map((chatId) => ({ chatId, seq: 0, rev: 0 }));
      const answer = await phone.ok('sync', { cursor: null, chats });
      const statusOf = new Map(answer.chats.map(({ chat, status, messages }) => [chat.id, [status, messages.length]]));
      expect(chatIds.map((id) => statusOf.get(id))).toEqual([
        ['ok', 20],
        ['reset', 0],
        ['reset', 0],
        ['ok', 1],
      ]);
      expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(640 * 1024);
    });

    it('pages through many changed chats, each once, to the end', async () => {
      const { student, tutor } = await server.pair();
      const chatIds: string[] = [];
      for (let index = 0; index < 55; index++) {
        const course = await server.course(tutor);
        await server.enroll(student, course);
        chatIds.push(await server.openChat(student, tutor, course));
      }
      // Many in one instant: what a bulk change leaves behind.
      await server.connection.collection('chats').updateMany({}, { $set: { changedAt: new Date() } });
      const socket = await server.socket(tutor);
      const seen: string[] = [];
      let page: SyncResult = { cursor: Buffer.from('[0,null]').toString('base64url'), more: true, chats: [] };
      for (let calls = 0; page.more; calls++) {
        expect(calls).toBeLessThan(5);
        page = await socket.ok('sync', { cursor: page.cursor, chats: [] });
        seen.push(...page.chats.map(({ chat }) => chat.id));
      }
      expect(seen).toEqual(expect.arrayContaining(chatIds));
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('looks again at what changed shortly before, also when that is more than a page', async () => {
      const { student, tutor } = await server.pair();
      const now = Date.now();
      const ids: string[] = [];
      for (let index = 0; index < 55; index++) {
        const course = await server.course(tutor);
        await server.enroll(student, course);
        ids.push(await server.openChat(student, tutor, course));
      }
      for (const [index, id] of ids.entries()) {
        await server.connection
          .collection('chats')
          .updateOne({ _id: new mongo.ObjectId(id) }, { $set: { changedAt: new Date(now - 4_000 + index * 50) } });
      }
      const socket = await server.socket(tutor);
      const seen = new Set<string>();
      let page: SyncResult = { cursor: Buffer.from(`[${now},null]`).toString('base64url'), more: true, chats: [] };
      while (page.more) {
        page = await socket.ok('sync', { cursor: page.cursor, chats: [] });
        for (const { chat } of page.chats) seen.add(chat.id);
      }
      expect(ids.filter((id) => !seen.has(id))).toEqual([]);
    });

    it('refuses forged cursors and too many chats', async () => {
      const { student } = await server.pair();
      const socket = await server.socket(student);
      const forge = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      for (const cursor of [
        'x',
        forge([-1, null]),
        forge([1e16, null]),
        forge([1, 'x']),
        forge([{ $gt: 0 }, null]),
        forge(null),
        'a'.repeat(513),
      ]) {
        expect([cursor, (await socket.error('sync', { cursor, chats: [] })).code]).toEqual([
          cursor,
          'VALIDATION_FAILED',
        ]);
      }
      const chats = Array.from({ length: 51 }, () => ({ chatId: 'f'.repeat(24), seq: 0, rev: 0 }));
      expect((await socket.error('sync', { cursor: null, chats })).code).toBe('VALIDATION_FAILED');
    });
  });
});
