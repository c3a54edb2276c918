import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { COMMAND_TIMEOUT_MS } from '@course-chat/contracts';
import type { TestSocket } from '../testing';

/** What lies below a Socket.IO client: its WebSocket, to send what no client sends. */
interface WebSocketBelow {
  send(data: string | Uint8Array): void;
  ping(data?: string): void;
  addEventListener(event: 'close', listener: () => void): void;
  readonly readyState: number;
}

export function webSocketOf(socket: TestSocket): WebSocketBelow {
  const manager = socket.io.io as unknown as { engine: { transport: { ws: WebSocketBelow } } };
  return manager.engine.transport.ws;
}

/** `closed` when the connection ends within the time, else what an ordinary command is answered. Never silence. */
export async function outcomeOf(socket: TestSocket, chatId: string): Promise<'closed' | 'answers' | 'silent'> {
  const closed = new Promise<'closed'>((resolve) => {
    if (!socket.io.connected) resolve('closed');
    socket.io.once('disconnect', () => resolve('closed'));
  });
  const answered = socket.raw('leave_chat', { chatId }).then(
    () => 'answers' as const,
    () => 'silent' as const,
  );
  return Promise.race([closed, answered]);
}

/** Until the connection is closed; rejects when it is not. */
export async function untilClosed(socket: TestSocket): Promise<void> {
  if (!socket.io.connected) return;
  const closed = new Promise<void>((resolve) => socket.io.once('disconnect', () => resolve()));
  const late = delay(COMMAND_TIMEOUT_MS, undefined, { ref: false }).then(() => {
    throw new Error('The connection is still open');
  });
  await Promise.race([closed, late]);
}

/** Writes bytes to a port, waits until the other side closes, and gives what came back. */
export function rawHttp(url: string, bytes: string, end = true): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => (end ? socket.end(bytes) : socket.write(bytes)));
    socket
      .on('data', (chunk) => (heard += chunk.toString('latin1')))
      .on('error', () => resolve(heard))
      .on('close', () => resolve(heard));
  });
}
