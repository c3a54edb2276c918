import { setTimeout as delay } from 'node:timers/promises';
import {
  COMMAND_TIMEOUT_MS,
  type Ack,
  type ClientToServerEvents,
  type CommandData,
  type CommandName,
  type CommandPayload,
  type EventName,
  type EventPayload,
  type ServerToClientEvents,
  type WireError,
} from '@course-chat/contracts';
import { io, type Socket } from 'socket.io-client';

/** One event as a socket heard it. */
export interface HeardEvent {
  readonly name: string;
  readonly payload: unknown;
}

/** A client of the socket that records all it hears. */
export class TestSocket {
  readonly heard: HeardEvent[] = [];
  disconnectReason: string | null = null;

  constructor(readonly io: Socket<ServerToClientEvents, ClientToServerEvents>) {
    io.onAny((name: string, payload: unknown) => this.heard.push({ name, payload }));
    io.on('disconnect', (reason) => (this.disconnectReason = reason));
  }

  /** The answer to a command; rejects when there is none. */
  command<N extends CommandName>(name: N, payload: CommandPayload<N>): Promise<Ack<CommandData<N>>> {
    return this.raw(name, payload) as Promise<Ack<CommandData<N>>>;
  }

  /** Anything under any name, with an ack. */
  raw(name: string, ...args: unknown[]): Promise<Ack<unknown>> {
    const socket = this.io as unknown as {
      timeout(ms: number): { emitWithAck(name: string, ...args: unknown[]): Promise<Ack<unknown>> };
    };
    return socket.timeout(COMMAND_TIMEOUT_MS).emitWithAck(name, ...args);
  }

  /** A command that must succeed. */
  async ok<N extends CommandName>(name: N, payload: CommandPayload<N>): Promise<CommandData<N>> {
    const answer = await this.command(name, payload);
    if (!answer.ok) throw new Error(`${name} was refused: ${answer.error.code} ${answer.error.message}`);
    return answer.data;
  }

  /** The error of a command that must fail. */
  async error(name: string, ...args: unknown[]): Promise<WireError> {
    const answer = await this.raw(name, ...args);
    if (answer.ok) throw new Error(`${name} was not refused`);
    return answer.error;
  }

  /** What was heard of one event so far. */
  of<N extends EventName>(name: N): EventPayload<N>[] {
    return this.heard.filter((event) => event.name === name).map((event) => event.payload as EventPayload<N>);
  }

  /** The first event of this name that fits, heard already or within a while. */
  async hears<N extends EventName>(
    name: N,
    fits: (payload: EventPayload<N>) => boolean = () => true,
  ): Promise<EventPayload<N>> {
    return eventually(() => {
      const found = this.of(name).find(fits);
      if (!found)
        throw new Error(
          `${name} was not heard; heard: ${this.heard.map((event) => event.name).join(', ') || 'nothing'}`,
        );
      return found;
    });
  }

  forget(): void {
    this.heard.length = 0;
  }

  close(): void {
    this.io.disconnect();
  }
}

export type RawSocket = Socket<
  Record<string, (...args: unknown[]) => void>,
  Record<string, (...args: unknown[]) => void>
>;

/** A socket that does not come back by itself; `auth` is sent as it is. */
export function connectRaw(
  url: string,
  options: { auth?: object; origin?: string; namespace?: string; query?: Record<string, string> },
): RawSocket {
  return io(`${url}${options.namespace ?? ''}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: options.auth,
    query: options.query,
    ...(options.origin !== undefined && { extraHeaders: { origin: options.origin } }),
  }) as RawSocket;
}

/** Waits until the handshake is done. */
export async function connect(url: string, token: string): Promise<TestSocket> {
  const socket = new TestSocket(
    connectRaw(url, { auth: { token } }) as unknown as Socket<ServerToClientEvents, ClientToServerEvents>,
  );
  await new Promise<void>((resolve, reject) => {
    socket.io.on('connect', resolve);
    socket.io.on('connect_error', reject);
  });
  return socket;
}

/** Tries until it does not throw, for five seconds; then throws what it threw last. */
export async function eventually<T>(attempt: () => T | Promise<T>, withinMs = 5_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= end) throw error;
      await delay(15);
    }
  }
}
