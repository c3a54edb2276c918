import { Schema, mongo } from 'mongoose';
import { findBytes, type FindBytes } from './find-bytes';
import { nativeCollection } from './native-collection';
import { testDatabase, type TestDatabase } from './testing/test-database';

interface Thing {
  n: number;
  text: string;
}

describe(findBytes.name, () => {
  let database: TestDatabase;
  let things: mongo.Collection<Thing>;
  beforeAll(async () => {
    database = await testDatabase();
    const schema = new Schema<Thing>({ n: Number, text: String }, { collection: 'things', id: false });
    things = nativeCollection(database.connection.model<Thing>('Thing', schema));
    await things.insertMany(Array.from({ length: 250 }, (_, n) => ({ n, text: `Thing ${n} – ünïcode` })));
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => database.drop());

  const openCursors = async () => {
    const { metrics } = await things.db.admin().serverStatus();
    return Number(metrics.cursor.open.total);
  };
  const all = async (query: FindBytes<Thing>) => {
    const batches: Thing[][] = [];
    for await (const batch of findBytes(things, query))
      batches.push(batch.map((bytes) => mongo.BSON.deserialize(bytes) as Thing));
    return batches;
  };

  it.each([
    ['all in the batches the database chooses', {}],
    ['in an order, as many as wanted', { sort: { n: -1 }, limit: 7 } as const],
    ['in batches of a size', { sort: { n: 1 }, batchSize: 40 } as const],
    ['by an index', { hint: '_id_', limit: 3 }],
  ])('gives what the driver would give: %s', async (_, { batchSize, ...rest }: Partial<FindBytes<Thing>>) => {
    const filter = { n: { $gte: 100 } };
    const batches = await all({ filter, ...rest, ...(batchSize && { batchSize }) });
    expect(batches.flat()).toEqual(await things.find(filter, { ...rest }).toArray());
    for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(batchSize ?? 150);
  });

  it('gives one empty batch when there is nothing', async () => {
    expect(await all({ filter: { n: -1 } })).toEqual([[]]);
  });

  it('sees only what no failover can take back', async () => {
    const asked = jest.spyOn(things.db, 'command');
    await all({ filter: { n: 1 } });
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ find: 'things', readConcern: { level: 'majority' } });
  });

  it('asks once more when the database was away, and no more than that', async () => {
    const away = () => Promise.reject(new mongo.MongoNetworkError('cut'));
    const asked = jest.spyOn(things.db, 'command').mockImplementationOnce(away);
    expect((await all({ filter: { n: 1 } })).flat()).toMatchObject([{ n: 1 }]);
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockImplementation(away);
    await expect(all({ filter: { n: 1 } })).rejects.toThrow('cut');
    expect(asked).toHaveBeenCalledTimes(4);
  });

  it('says at once what it was asked wrongly', async () => {
    const asked = jest.spyOn(things.db, 'command');
    await expect(all({ filter: { $or: [] } })).rejects.toThrow('$or');
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('does not ask for more a second time: what was given may not be given again', async () => {
    const asked = jest.spyOn(things.db, 'command');
    const batches = findBytes(things, { filter: {}, batchSize: 2 });
    expect((await batches.next()).value).toHaveLength(2);
    asked.mockRejectedValueOnce(new mongo.MongoNetworkError('cut'));
    await expect(batches.next()).rejects.toThrow('cut');
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('leaves no cursor open, whoever stops before the end', async () => {
    const before = await openCursors();
    let during = before;
    for await (const batch of findBytes(things, { filter: {}, batchSize: 2 })) {
      during = await openCursors();
      if (batch.length > 0) break;
    }
    expect(during).toBe(before + 1);
    expect(await openCursors()).toBe(before);
  });
});
