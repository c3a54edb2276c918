import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { Ack, ClientToServerEvents, ServerToClientEvents } from '@course-chat/contracts';

export type Client = Socket<ServerToClientEvents, ClientToServerEvents>;

const CONNECT_TIMEOUT_MS = 60_000;

/** A client as a browser's, but on websocket from the start and without reconnection: a lost connection must be seen. */
export function createClient(url: string, token: string): Client {
  return io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    autoConnect: false,
    timeout: CONNECT_TIMEOUT_MS,
    auth: { token },
  });
}

const TRIES_MAX = 10;
const RETRY_MS = 250;

/**
 * Connects, again when the network refuses: a listening queue overflows when thousands come in one moment.
 * @throws Error with the server's reason when the server itself refuses
 */
export async function connect(client: Client): Promise<void> {
  for (let tries = 1; ; tries++) {
    const refused = await connectOnce(client);
    if (!refused) return;
    if ('data' in refused || tries === TRIES_MAX) throw new Error(`Connection refused: ${refused.message}`);
    await delay(RETRY_MS);
  }
}

/** Null when connected, else why not; a connection that was closed before it stood is no answer either. */
function connectOnce(client: Client): Promise<Error | null> {
  return new Promise((resolve) => {
    const settle = (refused: Error | null) => {
      client.off('connect', connected);
      client.off('connect_error', settle);
      client.off('disconnect', closed);
      resolve(refused);
    };
    const connected = () => settle(null);
    const closed = (reason: string) => settle(new Error(reason));
    client.on('connect', connected);
    client.on('connect_error', settle);
    client.on('disconnect', closed);
    client.connect();
  });
}

/** The data of an ack. @throws Error with its code */
export function dataOf<T>(answer: Ack<T>): T {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.data;
}

/** Runs `work` on each item, at most `parallel` at once. */
export async function inParallel<T>(
  items: readonly T[],
  parallel: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
