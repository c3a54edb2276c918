import { ServerResponse, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { INestApplicationContext } from '@nestjs/common';
import { answerWithin, DomainError, ErrorTranslator, RateLimits } from '@course-chat/api/kernel';
import { FRAME_MAX_BYTES } from '@course-chat/contracts';
import { createAdapter } from '@socket.io/redis-adapter';
import type { Redis } from 'ioredis';
import type { ServerOptions } from 'socket.io';
import { ConnectionGate, type GateOptions } from './connection-gate';
import { FloodGuard } from './flood-guard';
import { RealtimeHub } from './realtime.hub';
import { REDIS, subscriberOf } from './redis';
import { rooms } from './rooms';
import { SocketAuthenticator } from './socket-authenticator';
import { ExpiredSockets } from './expired-sockets';
import { SlowConsumers } from './slow-consumers';
import { SocketDispatcher } from './socket-dispatcher';
import type { RealtimeServer, RealtimeSocket } from './socket-types';
import { writeTogether } from './write-together';

/** How long after a socket was opened its login is looked at once more. */
const LOOK_AGAIN_MS = 500;
/** How long another node's word of an end may be on its way. */
const TOLD_WITHIN_MS = 250;
/** A socket that has not said who it is within this time is closed. */
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** A refused opening has cost more than a refused call, and is told later. */
const REFUSAL_AFTER_MS = 1_000;
const PING_INTERVAL_MS = 20_000;
const PING_TIMEOUT_MS = 15_000;

/** Socket.IO as the product uses it: origins checked, users proven before any handler, one dispatcher for all commands. */
export class RealtimeIoAdapter extends IoAdapter {
  private subscriber?: Redis;
  /** Sockets that were opened since the last look at whether their logins still stand. */
  private readonly fresh = new Set<RealtimeSocket>();
  private slowConsumers?: SlowConsumers;
  private expiredSockets?: ExpiredSockets;

  private readonly gate: ConnectionGate;
  private readonly floods: FloodGuard;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly options: GateOptions,
  ) {
    super(app);
    this.gate = new ConnectionGate(options, app.get(RateLimits));
    this.floods = new FloodGuard(options.scale);
  }

  override createIOServer(port: number, options?: ServerOptions): RealtimeServer {
    const server = super.createIOServer(port, {
      ...options,
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: FRAME_MAX_BYTES,
      connectTimeout: HANDSHAKE_TIMEOUT_MS,
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      perMessageDeflate: false,
      // For polling: a WebSocket asks no leave of its origin, and the gate looks at both.
      cors: {
        origin: (origin: string | undefined, decide: (error: null, allowed: boolean) => void) =>
          decide(null, origin !== undefined && this.options.origins().has(origin)),
        credentials: false,
      },
      allowRequest: (request: IncomingMessage, decide: (error: string | null, allowed: boolean) => void) =>
        void this.gate.refusalOf(request).then((refusal) => decide(refusal, refusal === null)),
    } as unknown as ServerOptions) as RealtimeServer;
    const redis = this.app.get<Redis | null>(REDIS);
    if (redis) {
      this.subscriber = subscriberOf(redis);
      server.adapter(createAdapter(redis, this.subscriber));
    }
    server.engine.use((request: IncomingMessage, response: object, next: () => void) => {
      // What stands for the response of an upgrade lives as long as the connection, and the request with it.
      if (!(response instanceof ServerResponse)) Object.assign(response, { req: {} });
      next();
    });
    const together = writeTogether();
    server.engine.on('connection', (connection) => {
      this.gate.count(connection);
      this.floods.watch(connection);
      together(connection);
    });
    this.slowConsumers = new SlowConsumers(server);
    this.expiredSockets = new ExpiredSockets(server, this.app.get(RealtimeHub));
    const dispatcher = this.app.get(SocketDispatcher);
    server.use((socket, next) => void this.admit(server, socket).then(() => next(), next));
    server.on('connection', (socket) => {
      forgetHandshake(socket);
      socket.on('disconnect', closeWhole);
      dispatcher.attach(socket);
      this.lookAgain(socket);
    });
    this.app.get(RealtimeHub).use(server, redis !== null);
    return server;
  }

  /** The dispatcher hears all commands; Nest would keep streams for each socket even where it binds nothing. */
  override bindMessageHandlers(): void {
    // Nothing to bind.
  }

  override async close(server: RealtimeServer): Promise<void> {
    this.slowConsumers?.stop();
    this.expiredSockets?.stop();
    await super.close(server);
    this.subscriber?.disconnect();
  }

  private async admit(server: RealtimeServer, socket: RealtimeSocket): Promise<void> {
    try {
      const proof = this.app.get(SocketAuthenticator).authenticate(socket.handshake.auth['token']);
      const { principal, expiresAt } = await answerWithin(proof);
      this.floods.admit(socket.conn, principal.userId);
      const mine = server.of('/').adapter.rooms.get(rooms.user(principal.userId))?.size ?? 0;
      if (mine >= this.options.socketsPerUser * this.options.scale) {
        throw new DomainError('RATE_LIMITED', { message: 'Too many open connections', retryAfterMs: PING_INTERVAL_MS });
      }
      socket.data = { principal, expiresAt };
      await socket.join([rooms.user(principal.userId), rooms.session(principal.sessionId)]);
    } catch (refused) {
      // Socket.IO sends `message` and `data` of what is thrown here as the connect_error.
      const error = this.app.get(ErrorTranslator).toWire(refused);
      if (error.code === 'RATE_LIMITED') await delay(REFUSAL_AFTER_MS);
      throw Object.assign(new Error(error.code), { data: error });
    }
  }

  /**
   * A login that ended while its socket was being opened found nothing to close. From now on whoever ends it finds the
   * socket, so one more look behind the connection is enough: soon, and together for all who come at once.
   */
  private lookAgain(socket: RealtimeSocket): void {
    if (this.fresh.size === 0) {
      setTimeout(() => {
        for (const one of this.fresh) void this.endIfOver(one);
        this.fresh.clear();
      }, LOOK_AGAIN_MS).unref();
    }
    this.fresh.add(socket);
  }

  /** Never throws. */
  private async endIfOver(socket: RealtimeSocket): Promise<void> {
    try {
      await this.app.get(SocketAuthenticator).confirm(socket.data.principal);
    } catch (error) {
      // A database that is away says nothing about a login.
      if (!(error instanceof DomainError) || error.code !== 'UNAUTHENTICATED') return;
      // Whoever ended it knows why, and may just be telling it.
      await delay(TOLD_WITHIN_MS);
      if (socket.connected) this.app.get(RealtimeHub).endSocket(socket, 'ended');
    }
  }
}

/**
 * Who leaves the namespace leaves: a connection that nobody stands behind would be counted under no person. Shared by all
 * sockets; Socket.IO calls its listeners on the socket.
 */
function closeWhole(this: unknown, reason: string): void {
  if (reason === 'client namespace disconnect') (this as RealtimeSocket).conn.close();
}

const FORGOTTEN = Object.freeze({ headers: {}, query: {}, auth: {} });

/**
 * Lets go of the request a socket began with, and of its token: nobody asks for them again, and thousands of idle
 * connections would keep them.
 */
function forgetHandshake(socket: RealtimeSocket): void {
  Object.assign(socket, { handshake: FORGOTTEN });
  Object.assign(socket.conn, { request: null });
}
