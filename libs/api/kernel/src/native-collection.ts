import type { Model, mongo } from 'mongoose';

/**
 * The driver's own collection of a model, for hot paths: documents are built by a repository and validated at the
 * boundary, so nothing has to be hydrated, cast or buffered. Reads see only what no failover can take back, and writes
 * are answered once they are such: nobody is shown a message or a receipt that a killed primary then forgets.
 */
export function nativeCollection<T extends mongo.BSON.Document>(model: Model<T>): mongo.Collection<T> {
  const database = model.db.db;
  if (!database) throw new Error('The database connection opens before the repositories are made');
  return database.collection<T>(model.collection.name, {
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
  });
}

/**
 * For a query that finds about that many documents: one answer carries them all, where the driver would take a hundred and
 * ask the database once more for the rest. One more than them, since a full answer leaves the cursor open.
 */
export function inOneAnswer(documents: number): { batchSize: number } {
  return { batchSize: documents + 1 };
}

/** What stopped one document of a write: its place in the command, and the database's code and words. */
export interface WriteError {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
}

/**
 * Runs an insert, update or delete as a plain command. The driver's own methods measure every document once more and add
 * a transaction number, by which they try again: a fifth more work for client and database (measured). This is for
 * writes that their caller can repeat.
 * @returns the first document's refusal, or null
 * @throws whatever leaves the outcome unknown
 */
export async function runWrite(database: mongo.Db, command: mongo.BSON.Document): Promise<WriteError | null> {
  const reply = await database.command(command);
  if (reply['writeConcernError']) throw new Error(String(reply['writeConcernError'].errmsg));
  return (reply['writeErrors'] as WriteError[] | undefined)?.[0] ?? null;
}
