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

/** @throws Error with the server's reason */
export function connect(client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('connect', resolve);
    client.once('connect_error', (error) => reject(new Error(`Connection refused: ${error.message}`)));
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
