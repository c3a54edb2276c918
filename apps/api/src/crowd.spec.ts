import { Worker } from 'node:worker_threads';
import { TestServer } from './testing';

/** More than a server of Node holds by itself, which is 511. */
const CLIENTS = 1_000;
/** A client that found no room tries again after a second (RFC 6298, 2.1). */
const SOON_MS = 800;

const CROWD = `
  const { workerData: { port, count, connected }, parentPort } = require('node:worker_threads');
  const { connect } = require('node:net');
  parentPort.once('message', () => {
    for (let i = 0; i < count; i++) {
      const socket = connect(port, '127.0.0.1', () => {
        if (Atomics.add(connected, 0, 1) === count - 1) Atomics.notify(connected, 0);
      });
      socket.on('error', () => undefined);
    }
  });
`;

describe('a crowd that comes in one moment, after a restart', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  it('finds room to wait while the server is busy', async () => {
    const connected = new Int32Array(new SharedArrayBuffer(4));
    const workerData = { port: Number(new URL(server.url).port), count: CLIENTS, connected };
    const crowd = new Worker(CROWD, { eval: true, workerData });
    await new Promise((resolve) => crowd.once('online', resolve));
    crowd.postMessage('now');
    const end = performance.now() + SOON_MS;
    // The server runs on this thread: while it waits here, it accepts nobody.
    while (connected[0] !== CLIENTS && performance.now() < end) {
      Atomics.wait(connected, 0, connected[0] ?? 0, end - performance.now());
    }
    const inTime = connected[0];
    await crowd.terminate();
    expect(inTime).toBe(CLIENTS);
  });
});
