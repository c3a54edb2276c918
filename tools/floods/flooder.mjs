import { setTimeout as delay } from 'node:timers/promises';
import { io } from 'socket.io-client';

/**
 * One person who does one thing as fast as they can, in a process of their own, until they are told to stop.
 * Usage: node flooder.mjs <kind> <url> <token>
 */
const [, , kind = '', url = '', token = ''] = process.argv;
/** Calls under way at once. */
const AT_ONCE = 16;

/** @type {Record<string, () => Promise<void>>} */
const FLOODS = {
  // Asks nothing of the server: what a busy process beside it costs others on this machine.
  nothing: async () => {
    for (;;) performance.now();
  },
  commands: () => throughSockets((ws) => ws.send('42["nothing",{}]')),
  packets: () => throughSockets((ws) => ws.send('42["join_chat",{"chatId":{"$ne":null}}]')),
  pings: () => throughSockets((ws) => ws.ping('x'.repeat(100))),
  connections: () => throughCalls(connectOnce),
  calls: () => throughCalls(() => call('/api/users/chats')),
  searches: () => throughCalls(() => call('/api/users/chats?q=a')),
  bodies: () => throughCalls(() => call('/api/auth/login', 'x'.repeat(60_000))),
  logins: () =>
    throughCalls(() => call('/api/auth/login', { email: `${Math.random()}@example.com`, password: 'guessed' })),
};

await FLOODS[kind]?.();

/** @param {(ws: any) => void} send */
async function throughSockets(send) {
  for (;;) {
    const socket = open();
    await new Promise((resolve) => socket.once('connect', () => resolve(0)).once('connect_error', () => resolve(0)));
    while (socket.connected) {
      for (let count = 0; count < 100; count++) send(/** @type {any} */ (socket.io.engine.transport).ws);
      await delay(1);
    }
    socket.disconnect();
    await delay(10);
  }
}

/** @param {() => Promise<unknown>} act */
async function throughCalls(act) {
  const caller = async () => {
    for (;;) await act().catch(() => delay(10));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
}

function open() {
  return io(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth: { token } });
}

async function connectOnce() {
  const socket = open();
  await new Promise((resolve) => socket.once('connect', () => resolve(0)).once('connect_error', () => resolve(0)));
  // Left open on purpose: it counts as one of this person's.
}

/**
 * @param {string} path
 * @param {unknown} [body]
 */
async function call(path, body) {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  await response.arrayBuffer();
}
