// Runs in a process of its own, so that a download which stands still can be ended: node download-mongod.mjs <folder>
import { MongoBinary } from 'mongodb-memory-server-core';

const downloadDir = process.argv[2] ?? '';
try {
  const binary = await MongoBinary.getPath({ downloadDir });
  process.stdout.write(`\nBINARY ${binary}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
  process.exitCode = 1;
}
