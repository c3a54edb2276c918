import { newObjectId } from '@course-chat/api/kernel';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import type { Model } from 'mongoose';
import { PresenceRepository } from './presence.repository';
import { PresenceRecord, presenceRecordSchema } from './presence.schema';

describe(PresenceRepository.name, () => {
  let database: TestDatabase;
  let repository: PresenceRepository;
  beforeAll(async () => {
    database = await testDatabase();
    repository = new PresenceRepository(
      database.connection.model(PresenceRecord.name, presenceRecordSchema as never) as Model<PresenceRecord>,
    );
  });
  afterAll(() => database.drop());

  it('remembers when each of many left at once, and only moves forward', async () => {
    const [ana, ben, nobody] = [newObjectId().toHexString(), newObjectId().toHexString(), newObjectId().toHexString()];
    const at = (seconds: number) => new Date(seconds * 1000);
    await Promise.all([repository.leftAt(ana, at(5)), repository.leftAt(ben, at(6)), repository.leftAt(ana, at(3))]);
    await repository.leftAt(ben, at(4));
    expect(await repository.lastSeen([ana, ben, nobody])).toEqual(
      new Map([
        [ana, at(5)],
        [ben, at(6)],
      ]),
    );
    await repository.forget(ana);
    expect((await repository.lastSeen([ana])).size).toBe(0);
  });
});
