import { randomUUID } from 'node:crypto';
import { Clock, newObjectId } from '@course-chat/api/kernel';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import type { Model } from 'mongoose';
import { MessageLog } from './message-log';
import type { Draft } from './message-record';
import { MessageRepository, type InsertOutcome } from './message.repository';
import { MessageRecord, messageRecordSchema } from './message.schema';

/** The repository of a database that stands still until it is let go. */
class StandingRepository extends MessageRepository {
  letGo!: () => void;
  private readonly held = new Promise<void>((resolve) => (this.letGo = resolve));

  override async insertInOrder(records: MessageRecord[]): Promise<InsertOutcome> {
    await this.held;
    return super.insertInOrder(records);
  }
}

const TIMEOUT_MS = 60_000;

describe(MessageLog.name, () => {
  let database: TestDatabase;
  let model: Model<MessageRecord>;
  beforeAll(async () => {
    database = await testDatabase();
    model = database.connection.model<MessageRecord>(MessageRecord.name, messageRecordSchema as never);
    await model.createIndexes();
  });
  afterAll(() => database.drop());

  it(
    'says when to come back once 10,000 sends wait, stores those it took, and takes new ones after it',
    async () => {
      const repository = new StandingRepository(model);
      const log = new MessageLog(repository, new Clock());
      const chatId = newObjectId().toHexString();
      const senderId = newObjectId().toHexString();
      const draft = (): Draft => ({ chatId, senderId, fromStudent: true, clientMessageId: randomUUID(), text: 'Line' });
      const sends = Array.from({ length: 12_000 }, () => log.append(draft()));
      const answers = Promise.allSettled(sends);
      await expect(log.append(draft())).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        retryAfterMs: expect.any(Number),
      });
      repository.letGo();
      const taken = (await answers).filter(({ status }) => status === 'fulfilled').length;
      expect(taken).toBeGreaterThanOrEqual(10_000);
      expect(taken).toBeLessThan(12_000);
      expect(await repository.tail(chatId)).toMatchObject({ seq: taken, fromStudent: taken });
      expect(await log.append(draft())).toMatchObject({ created: true, message: { seq: taken + 1 } });
    },
    TIMEOUT_MS,
  );
});
