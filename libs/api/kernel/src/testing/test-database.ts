import { randomBytes } from 'node:crypto';
import { createConnection, type Connection } from 'mongoose';

/** A database of its own on the real mongod of the test run. */
export interface TestDatabase {
  readonly uri: string;
  readonly connection: Connection;
  drop(): Promise<void>;
}

/** Opens an empty database; `TEST_MONGODB_URI` is set by the test run's global setup. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_MONGODB_URI'];
  if (!server)
    throw new Error('TEST_MONGODB_URI is not set: run the specs through jest.config.cjs, which starts a mongod');
  const url = new URL(server);
  url.pathname = `/spec_${randomBytes(6).toString('hex')}`;
  const connection = await createConnection(url.toString()).asPromise();
  return {
    uri: url.toString(),
    connection,
    drop: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
