import {
  COMMAND_TIMEOUT_MS,
  type CommandData,
  type CommandName,
  type CommandPayload,
  type EventName,
  type EventPayload,
} from '@course-chat/contracts';
import type { Socket } from 'ngx-socket-io';
import { BehaviorSubject, distinctUntilChanged, Subject, type Observable } from 'rxjs';
import type { AccessTokenSource } from './access-token';
import { backoffDelay } from './backoff';
import { CommandError } from './command-error';

/** `idle`: nobody asked for a connection. `offline`: wanted, not there, and being tried again. */
export type SocketStatus = 'idle' | 'connecting' | 'online' | 'offline';

/** What may be replaced by a spec. */
export interface RealtimeOptions {
  random?: () => number;
  commandTimeoutMs?: number;
  warn?: (message: string) => void;
}

/**
 * The one socket of the application, typed by the contracts. It keeps trying for as long as a connection is wanted, with a
 * fresh token each time. Reconnecting is done here and not by socket.io's manager, because a refused handshake and a
 * disconnect by the server end the manager's tries: one path for every reason.
 */
export class RealtimeSocket {
  private readonly statusChanges = new BehaviorSubject<SocketStatus>('idle');
  private readonly streams = new Map<EventName, Subject<unknown>>();
  private readonly reported = new Set<EventName>();
  private wanted = false;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The server's own word on when to come back, while it drains. */
  private announcedDelayMs: number | undefined;
  private io: Socket['ioSocket'] | undefined;
  /** There with the socket. */
  private schemas: typeof import('./wire-schemas') | undefined;
  private offered: string | undefined;
  private refused: string | undefined;
  private readonly random: () => number;
  private readonly commandTimeoutMs: number;
  private readonly warn: (message: string) => void;

  /** The state of the connection, the present one first. */
  readonly status$: Observable<SocketStatus> = this.statusChanges.pipe(distinctUntilChanged());

  /** `load` brings the socket library when a connection is first wanted: nothing that is painted first needs it. */
  constructor(
    private readonly load: () => Promise<Socket>,
    private readonly accessToken: AccessTokenSource,
    options: RealtimeOptions = {},
  ) {
    this.random = options.random ?? Math.random;
    this.commandTimeoutMs = options.commandTimeoutMs ?? COMMAND_TIMEOUT_MS;
    this.warn = options.warn ?? ((message) => console.warn(message));
    this.on('server_draining').subscribe(({ reconnectInMs }) => (this.announcedDelayMs = reconnectInMs));
  }

  get status(): SocketStatus {
    return this.statusChanges.value;
  }

  /** Asks for a connection; does nothing where one is wanted already, except that a waiting try is made at once. */
  connect(): void {
    this.wanted = true;
    if (this.io?.connected || this.status === 'connecting') return;
    void this.open();
  }

  /** Gives the connection up until `connect` is called again. */
  disconnect(): void {
    this.wanted = false;
    clearTimeout(this.timer);
    this.attempt = 0;
    this.io?.disconnect();
    this.statusChanges.next('idle');
  }

  /** Tries at once instead of waiting: the network came back, or the tab woke. */
  hurry(): void {
    if (this.wanted && this.status === 'offline') void this.open();
  }

  /** The network is gone: the connection is over now, whatever the socket still believes. */
  lose(): void {
    if (this.io?.connected) this.io.disconnect();
  }

  /** The payloads of one event. Each name has one listener, shared by whoever asks. A payload of the wrong shape is dropped. */
  on<N extends EventName>(name: N): Observable<EventPayload<N>> {
    let stream = this.streams.get(name);
    if (!stream) {
      stream = new Subject<unknown>();
      this.streams.set(name, stream);
      if (this.io) this.listen(this.io, name);
    }
    // The stream of a name carries what that name's schema parsed.
    return stream as unknown as Observable<EventPayload<N>>;
  }

  /** Sends one command. Rejects with a `CommandError`; nothing is kept for later: that is the caller's decision. */
  async command<N extends CommandName>(name: N, payload: CommandPayload<N>): Promise<CommandData<N>> {
    const { io, schemas } = this;
    if (!io?.connected || !schemas) throw new CommandError('DISCONNECTED', 'Not connected', { outcomeKnown: true });
    let answer: unknown;
    try {
      answer = await io.timeout(this.commandTimeoutMs).emitWithAck(name, payload);
    } catch {
      throw io.connected
        ? new CommandError('TIMEOUT', `No answer to ${name}`)
        : new CommandError('DISCONNECTED', `Connection lost during ${name}`, { outcomeKnown: false });
    }
    const refusal = schemas.failedAckSchema.safeParse(answer);
    if (refusal.success) throw CommandError.fromWire(refusal.data.error);
    const data = schemas.commands[name].data.safeParse((answer as { data?: unknown } | null)?.data);
    if (!data.success) throw new CommandError('INTERNAL', `The answer to ${name} has an unexpected shape`);
    // Parsed by the schema that `CommandData<N>` is inferred from; TypeScript cannot follow the index.
    return data.data as CommandData<N>;
  }

  /** Tells an open connection of a newer token, so that it lives on; one that may not goes and comes back with it. */
  async renew(token: string): Promise<void> {
    if (!this.io?.connected || token === this.offered) return;
    try {
      await this.command('renew_session', { token });
      this.offered = token;
    } catch (error) {
      if (error instanceof CommandError && error.code === 'UNAUTHENTICATED') this.lose();
    }
  }

  private listen(io: Socket['ioSocket'], name: EventName): void {
    io.on(name as string, (raw: unknown) => this.receive(name, raw));
  }

  private receive(name: EventName, raw: unknown): void {
    const parsed = this.schemas?.events[name].safeParse(raw);
    if (!parsed) return;
    if (parsed.success) return this.streams.get(name)?.next(parsed.data);
    if (this.reported.has(name)) return;
    this.reported.add(name);
    this.warn(
      `Dropped a ${name} event of an unexpected shape: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`,
    );
  }

  private async open(): Promise<void> {
    clearTimeout(this.timer);
    this.statusChanges.next('connecting');
    let token: string | null;
    let io: Socket['ioSocket'];
    try {
      [io, token] = await Promise.all([this.loaded(), this.accessToken(this.refused)]);
    } catch {
      // A refresh that could not reach the server is trouble with the network, not with the login.
      return this.retryLater();
    }
    // Somebody may have given up, or connected, while the token was on its way.
    if (!this.wanted || this.status !== 'connecting') return;
    if (token === null) {
      this.wanted = false;
      this.statusChanges.next('offline');
      return;
    }
    this.offered = token;
    io.connect();
  }

  private async loaded(): Promise<Socket['ioSocket']> {
    if (this.io) return this.io;
    const [{ ioSocket: io }, schemas] = await Promise.all([this.load(), import('./wire-schemas')]);
    // Another try may have been quicker.
    if (this.io) return this.io;
    this.io = io;
    this.schemas = schemas;
    // Listeners are registered here, once for life: reconnecting never comes by again.
    io.auth = (give: (data: object) => void) => give({ token: this.offered });
    io.on('connect', () => {
      this.attempt = 0;
      this.refused = undefined;
      this.announcedDelayMs = undefined;
      this.statusChanges.next('online');
    });
    io.on('disconnect', () => this.retryLater());
    io.on('connect_error', (error: Error & { data?: { code?: unknown } }) => {
      if (error.data?.code === 'UNAUTHENTICATED') this.refused = this.offered;
      this.retryLater();
    });
    for (const name of this.streams.keys()) this.listen(io, name);
    return io;
  }

  private retryLater(): void {
    if (!this.wanted) return;
    clearTimeout(this.timer);
    const delay = this.announcedDelayMs ?? backoffDelay(this.attempt++, this.random);
    this.announcedDelayMs = undefined;
    this.timer = setTimeout(() => void this.open(), delay);
    this.statusChanges.next('offline');
  }
}
