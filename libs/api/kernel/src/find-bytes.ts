import type { mongo } from 'mongoose';
import { isDatabaseAway } from './error-translator';

/** What to find, as the database's own command says it; `batchSize` is the most documents in memory at once. */
export interface FindBytes<T extends mongo.BSON.Document> {
  readonly filter: mongo.Filter<T>;
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly hint?: string;
  readonly limit?: number;
  readonly batchSize?: number;
}

/** One answer of the database: documents, and the cursor that has more of them, zero at the end. */
interface Batch {
  readonly id: mongo.BSON.Long;
  readonly firstBatch?: readonly Buffer[];
  readonly nextBatch?: readonly Buffer[];
}

/** An answer as it is needed here: each document as its bytes, and the cursor whole, whose number is a long. */
const AS_BYTES = { fieldsAsRaw: { firstBatch: true, nextBatch: true }, promoteLongs: false };

/**
 * Finds documents as the bytes they are stored as, a batch at a time. A cursor of the driver takes each document apart
 * before it gives its bytes: when thousands came back at once, a third of all that outlived its moment was that.
 * A first question that does not reach the database is asked once more, as the driver does.
 * @throws whatever the driver throws
 */
export async function* findBytes<T extends mongo.BSON.Document>(
  collection: mongo.Collection<T>,
  query: FindBytes<T>,
): AsyncGenerator<readonly Buffer[]> {
  const { db, collectionName, readConcern } = collection;
  // A cursor belongs to the session that opened it.
  const session = db.client.startSession({ causalConsistency: false });
  const ask = async (command: mongo.BSON.Document): Promise<Batch> =>
    (await db.command(command, { session, ...AS_BYTES }))['cursor'] as Batch;
  const find = { find: collectionName, ...query, ...(readConcern && { readConcern: readConcern.toJSON() }) };
  let open: mongo.BSON.Long | undefined;
  try {
    let batch = await ask(find).catch((error: unknown) => {
      if (!isDatabaseAway(error)) throw error;
      return ask(find);
    });
    for (;;) {
      const { id } = batch;
      if (!id.isZero()) open = id;
      yield batch.firstBatch ?? batch.nextBatch ?? [];
      if (!open) return;
      open = undefined;
      const { batchSize } = query;
      batch = await ask({ getMore: id, collection: collectionName, ...(batchSize && { batchSize }) });
    }
  } finally {
    // Whoever stops before the end leaves nothing behind; where the database failed, it closes the cursor by itself.
    if (open) await db.command({ killCursors: collectionName, cursors: [open] }, { session }).catch(() => undefined);
    await session.endSession();
  }
}
