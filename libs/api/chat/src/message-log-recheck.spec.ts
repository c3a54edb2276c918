import { randomUUID } from 'node:crypto';
import { Clock, newObjectId } from '@course-chat/api/kernel';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import type { NodeWatch } from '@course-chat/api/realtime';
import type { Model } from 'mongoose';
import { Subject } from 'rxjs';
import { ChatProjector } from './chat.projector';
import { ChatRepository } from './chat.repository';
import { ChatRecord, chatRecordSchema } from './chat.schema';
import { MessageLog } from './message-log';
import { MessageLogRecheck } from './message-log-recheck';
import { MessageRepository, type InsertOutcome } from './message.repository';
import { MessageRecord, messageRecordSchema } from './message.schema';

/** The repository of a database that stands still: it says nothing of a write, and carries it out when it wakes. */
class SleepingRepository extends MessageRepository {
  private heard: MessageRecord[] = [];

  override async insertInOrder(records: MessageRecord[]): Promise<InsertOutcome> {
    if (this.heard.length === 0) this.heard = records;
    return { inserted: 0, stoppedBy: { unknown: new Error('The connection was lost') } };
  }

  async wake(): Promise<void> {
    await super.insertInOrder(this.heard);
  }
}

const ofModel = <T>(database: TestDatabase, name: string, schema: unknown) =>
  database.connection.model<T>(name, schema as never) as unknown as Model<T>;

describe(MessageLogRecheck.name, () => {
  describe('of a real log', () => {
    let database: TestDatabase;
    beforeAll(async () => (database = await testDatabase()));
    afterAll(() => database.drop());

    it('brings the chat up to a message that was stored after its sender had been told to come back', async () => {
      const messages = new SleepingRepository(ofModel(database, MessageRecord.name, messageRecordSchema));
      const chats = new ChatRepository(ofModel(database, ChatRecord.name, chatRecordSchema));
      const log = new MessageLog(messages, new Clock());
      const projector = new ChatProjector(chats, messages, {} as NodeWatch);
      const recheck = new MessageLogRecheck(log, projector, new Clock());
      const id = () => newObjectId().toHexString();
      const { chat } = await chats.open({ courseId: id(), studentId: id(), tutorId: id() }, []);
      const draft = { chatId: chat.id, senderId: chat.studentId, fromStudent: true, clientMessageId: randomUUID() };
      await expect(log.append({ ...draft, text: 'Late' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await messages.wake();
      await recheck.check();
      expect((await chats.byId(chat.id))?.record).toMatchObject({
        last: { seq: 1, preview: 'Late' },
        unread: { tutor: 1 },
      });
      await projector.beforeApplicationShutdown();
    });
  });

  describe('of a database that comes and goes', () => {
    const SECOND_MS = 1_000;
    let now: number;
    let unknown: Subject<string>;
    let looks: string[][];
    let isAway: boolean;
    let recheck: MessageLogRecheck;
    beforeEach(() => {
      now = 0;
      unknown = new Subject();
      looks = [];
      isAway = false;
      const catchUp = async (chatIds: readonly string[]) => {
        if (isAway) throw new Error('away');
        looks.push([...chatIds]);
      };
      recheck = new MessageLogRecheck({ unknown } as unknown as MessageLog, { catchUp } as unknown as ChatProjector, {
        now: () => new Date(now),
      });
    });
    const after = async (seconds: number) => {
      now += seconds * SECOND_MS;
      await recheck.check();
    };

    it('looks once it answers, and twice more, since a write may land late; then no more', async () => {
      isAway = true;
      unknown.next('a');
      await after(0);
      await after(100);
      isAway = false;
      await after(1);
      expect(looks).toEqual([['a']]);
      await after(29);
      expect(looks).toHaveLength(1);
      await after(1);
      expect(looks).toHaveLength(2);
      await after(90);
      expect(looks).toEqual([['a'], ['a'], ['a']]);
      await after(1_000);
      expect(looks).toHaveLength(3);
    });

    it('begins anew with a chat that is in doubt again', async () => {
      unknown.next('a');
      await after(0);
      unknown.next('a');
      await after(1);
      await after(30);
      await after(90);
      expect(looks).toHaveLength(4);
    });

    it('remembers a bounded number of chats, the newest', async () => {
      for (let index = 0; index <= 10_000; index++) unknown.next(`${index}`);
      await after(0);
      expect(looks[0]).toHaveLength(10_000);
      expect(looks[0]?.at(-1)).toBe('10000');
    });
  });
});
