import {
  commands,
  COMMAND_TIMEOUT_MS,
  eventNames,
  events,
  failedAckSchema,
  type CommandData,
  type CommandName,
  type CommandPayload,
  type EventName,
  type WireError,
} from '@course-chat/contracts';
import { io, type Socket } from 'socket.io-client';
import type { Link } from '../faults/link.ts';
import type { History } from '../history.ts';

/** What came of a command: its data, a refusal, or nobody knows. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly data: T; readonly askedAt: number; readonly seenAt: number }
  | { readonly kind: 'refused'; readonly error: WireError }
  | { readonly kind: 'unknown' };

/** What the run knows that a connection has to ask. */
export interface Surroundings {
  readonly history: History;
  /** Milliseconds between two moments in which a server was stopped on purpose. */
  stoppedBetween(from: number, to: number): number;
  /** How long a command may stay without an answer. */
  readonly answerWithinMs?: number;
}

export interface Listener {
  connected(): void;
  disconnected(): void;
  refused(error: Partial<WireError>): void;
  heard(name: EventName, payload: never): void;
}

/** What a loaded machine may add to the time of an answer. */
const SLACK_MS = 4_000;
const CONNECT_TIMEOUT_MS = 4_000;

/** One device's socket: validates all that it hears and accounts for every command. */
export class Connection {
  private socket: Socket | null = null;
  private readonly name: string;
  private readonly link: Link;
  private readonly around: Surroundings;
  private readonly listener: Listener;

  constructor(name: string, link: Link, around: Surroundings, listener: Listener) {
    this.name = name;
    this.link = link;
    this.around = around;
    this.listener = listener;
  }

  get isConnected(): boolean {
    return this.socket?.connected ?? false;
  }

  open(token: string): void {
    this.close();
    const socket = io(`http://127.0.0.1:${this.link.port}`, {
      path: '/socket.io',
      transports: ['websocket'],
      auth: (give) => give({ token }),
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_TIMEOUT_MS,
    });
    this.socket = socket;
    const isCurrent = () => this.socket === socket;
    socket.on('connect', () => isCurrent() && this.listener.connected());
    socket.on('disconnect', () => isCurrent() && this.listener.disconnected());
    socket.on('connect_error', (error) => {
      if (!isCurrent()) return;
      socket.close();
      this.listener.refused((error as { data?: Partial<WireError> }).data ?? {});
    });
    socket.onAny((name: string, payload: unknown) => isCurrent() && this.hear(name, payload));
  }

  close(): void {
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }

  /** Asks, and waits for at most `patienceMs`; the law's own time is watched besides. */
  command<N extends CommandName>(
    name: N,
    payload: CommandPayload<N>,
    patienceMs: number,
  ): Promise<Answer<CommandData<N>>> {
    const { socket } = this;
    if (!socket?.connected) return Promise.resolve({ kind: 'unknown' });
    const askedAt = performance.now();
    return new Promise((resolve) => {
      const unknown = () => resolve({ kind: 'unknown' });
      const patience = setTimeout(unknown, patienceMs);
      const law = this.watch(name, socket, askedAt);
      const lost = () => {
        clearTimeout(patience);
        law.stop();
        unknown();
      };
      socket.once('disconnect', lost);
      socket.emit(name, payload, (answer: unknown) => {
        clearTimeout(patience);
        law.stop();
        socket.off('disconnect', lost);
        resolve(this.read(name, answer, askedAt));
      });
    });
  }

  private read<N extends CommandName>(name: N, answer: unknown, askedAt: number): Answer<CommandData<N>> {
    const { history } = this.around;
    history.count('answers');
    const failed = failedAckSchema.safeParse(answer);
    if (failed.success) {
      const { code } = failed.data.error;
      // An unexpected error is worth knowing where it came from, though with the database away it may be.
      history.count(`code_${code}${code === 'INTERNAL' ? `(${name})` : ''}`);
      if (/\bat .*\.(js|ts):\d+/.test(JSON.stringify(answer))) {
        history.violate({ law: 7, name: 'bad_answer', text: `${name} answered a stack trace to ${this.name}` });
      }
      return { kind: 'refused', error: failed.data.error };
    }
    const data = commands[name].data.safeParse((answer as { data?: unknown } | null)?.data);
    if (!data.success) {
      history.violate({ law: 7, name: 'bad_answer', text: `${name} answered ${this.name} with ${short(answer)}` });
      return { kind: 'unknown' };
    }
    return { kind: 'ok', data: data.data as CommandData<N>, askedAt, seenAt: performance.now() };
  }

  /** Complains when a command stays without an answer on a line that carries everything. */
  private watch(name: string, socket: Socket, askedAt: number): { stop: () => void } {
    let timer: NodeJS.Timeout;
    const within = this.around.answerWithinMs ?? COMMAND_TIMEOUT_MS + SLACK_MS;
    const look = () => {
      const waited = performance.now() - askedAt;
      const left = within + this.around.stoppedBetween(askedAt, performance.now()) - waited;
      if (left > 0) {
        timer = setTimeout(look, left + 1);
      } else if (socket.connected && this.socket === socket && !this.link.tampered) {
        const text = `${name} of ${this.name} had no answer after ${Math.round(waited)} ms on a healthy line`;
        this.around.history.violate({ law: 7, name: 'unanswered', text });
      }
    };
    timer = setTimeout(look, within);
    return { stop: () => clearTimeout(timer) };
  }

  private hear(name: string, payload: unknown): void {
    this.around.history.count('events');
    const known = eventNames.find((event) => event === name);
    const parsed = known && events[known].safeParse(payload);
    if (!known || !parsed?.success) {
      this.around.history.violate({ law: 7, name: 'bad_answer', text: `${this.name} heard ${name} ${short(payload)}` });
      return;
    }
    this.listener.heard(known, parsed.data as never);
  }
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 300);
}
