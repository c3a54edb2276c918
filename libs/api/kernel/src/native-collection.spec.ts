import { createConnection, Schema, type Connection, type mongo } from 'mongoose';
import { nativeCollection } from './native-collection';
import { testDatabase, type TestDatabase } from './testing/test-database';

interface Thing {
  n: number;
}

describe(nativeCollection.name, () => {
  let database: TestDatabase;
  let connection: Connection;
  beforeAll(async () => {
    database = await testDatabase();
    connection = await createConnection(database.uri, { monitorCommands: true }).asPromise();
  });
  afterAll(async () => {
    await connection.close();
    await database.drop();
  });

  it('shows nothing that a failover could take back, and answers when nothing can be taken back any more', async () => {
    const commands: mongo.CommandStartedEvent[] = [];
    connection.getClient().on('commandStarted', (event) => commands.push(event));
    const schema = new Schema<Thing>({ n: Number }, { collection: 'things', id: false });
    const things = nativeCollection(connection.model<Thing>('Thing', schema));
    await things.insertOne({ n: 1 });
    await things.updateOne({ n: 1 }, { $set: { n: 2 } });
    expect(await things.findOne({ n: 2 })).toMatchObject({ n: 2 });
    expect(await things.aggregate([{ $match: { n: 2 } }]).toArray()).toHaveLength(1);
    const sent = (name: string) => commands.filter(({ commandName }) => commandName === name).map((one) => one.command);
    const writes = [...sent('insert'), ...sent('update')];
    const reads = [...sent('find'), ...sent('aggregate')];
    expect([writes.length, reads.length]).toEqual([2, 2]);
    for (const write of writes) expect(write.writeConcern).toEqual({ w: 'majority', j: true });
    for (const read of reads) expect(read.readConcern).toEqual({ level: 'majority' });
  });
});
