const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * One throwaway mongod for a whole jest run; specs find it in TEST_MONGODB_URI and use databases of their own names.
 * Jest calls a file like this once, however many projects name it. Set TEST_MONGODB_URI to bring your own. Specs that
 * start several find the program in TEST_MONGOD_BINARY.
 */
module.exports = async function startDatabase() {
  const { findMongod, startMongod } = await import('../launcher/mongod.mjs');
  const dataDir = mkdtempSync(join(tmpdir(), 'course-chat-jest-'));
  const log = (line) => process.stderr.write(`${line}\n`);
  try {
    const source = await findMongod({ dataDir, log, env: { ...process.env, MONGODB_URI: '' } });
    if ('binary' in source) process.env.TEST_MONGOD_BINARY = source.binary;
    if (process.env.TEST_MONGODB_URI) return rmSync(dataDir, { recursive: true, force: true });
    const mongod = await startMongod({ ...source, dataDir, cacheGb: 0.25 });
    process.env.TEST_MONGODB_URI = `mongodb://127.0.0.1:${mongod.port}/?replicaSet=rs0`;
    globalThis.stopTestDatabase = async () => {
      await mongod.stop();
      rmSync(dataDir, { recursive: true, force: true });
      delete process.env.TEST_MONGODB_URI;
    };
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    const { explain } = await import('../launcher/problem.mjs');
    throw new Error(explain(error), { cause: error });
  }
};
