import { Injectable } from '@nestjs/common';
import type { EventName, EventPayload, ServerToClientEvents } from '@course-chat/contracts';
import { filter, map, Subject, type Observable } from 'rxjs';
import { rooms } from './rooms';
import type { Admission } from './socket-authenticator';
import type { Device, NodeNews, RealtimeServer, RealtimeSocket, ServerSideEvents } from './socket-types';

/** What is below a socket: Engine.IO's connection, and over WebSocket the WebSocket. */
interface Connection {
  readonly transport: { readonly socket?: { terminate(): void } };
  close(): void;
}

/** The one place that emits. Typed: a misspelt event or a wrong payload does not compile. */
@Injectable()
export class RealtimeHub {
  private server?: RealtimeServer;
  private others = false;

  private readonly heard = new Subject<{ name: keyof NodeNews; news: NodeNews[keyof NodeNews] }>();

  /** Called once, when the adapter has made the server; `hasOthers` when other nodes listen. */
  use(server: RealtimeServer, hasOthers: boolean): void {
    this.server = server;
    this.others = hasOthers;
    server.on('enrollment_changed', (news) => this.heard.next({ name: 'enrollment_changed', news }));
    server.on('account_changed', (news) => this.heard.next({ name: 'account_changed', news }));
  }

  /** Whether there are other nodes to tell and to be told by. */
  get hasOthers(): boolean {
    return this.others;
  }

  /** Tells the other nodes. Best effort: whoever depends on it must also be right after a while without it. */
  tellNodes<N extends keyof NodeNews>(name: N, news: NodeNews[N]): void {
    if (this.others) this.server?.serverSideEmit(name, ...([news] as Parameters<ServerSideEvents[N]>));
  }

  /** What the other nodes tell. */
  fromNodes<N extends keyof NodeNews>(name: N): Observable<NodeNews[N]> {
    return this.heard.pipe(
      filter((heard) => heard.name === name),
      map(({ news }) => news as NodeNews[N]),
    );
  }

  /** To every device of each user, on every node. */
  toUsers<N extends EventName>(userIds: readonly string[], event: N, payload: EventPayload<N>): void {
    if (userIds.length === 0) return;
    this.emit(this.server?.to(userIds.map(rooms.user)), event, payload);
  }

  /** To every device that has the chat open, but not to the devices of `exceptUserId`. */
  toChat<N extends EventName>(chatId: string, exceptUserId: string, event: N, payload: EventPayload<N>): void {
    this.emit(this.server?.to(rooms.chat(chatId)).except(rooms.user(exceptUserId)), event, payload);
  }

  /** To one device. */
  toSocket<N extends EventName>(socket: Device, event: N, payload: EventPayload<N>): void {
    this.emit(socket, event, payload);
  }

  /** Opens a chat on one device. The caller has checked the membership. */
  async joinChat(socket: RealtimeSocket, chatId: string): Promise<void> {
    await socket.join(rooms.chat(chatId));
  }

  async leaveChat(socket: RealtimeSocket, chatId: string): Promise<void> {
    await socket.leave(rooms.chat(chatId));
  }

  /** Tells the sockets of one login that it is over, and closes them, on every node. */
  endSession(sessionId: string, reason: string): void {
    this.endRoom(rooms.session(sessionId), reason);
  }

  /** The same for every device of a user. */
  endUser(userId: string, reason: string): void {
    this.endRoom(rooms.user(userId), reason);
  }

  /** Tells one device that its login is over, and closes it. */
  endSocket(socket: RealtimeSocket, reason: string): void {
    this.toSocket(socket, 'session_ended', { reason });
    socket.disconnect(true);
  }

  /** The devices that are connected to this node. */
  socketsHere(): Iterable<RealtimeSocket> {
    return this.server?.of('/').sockets.values() ?? [];
  }

  /** A device proved again who holds it; what it may do from now on follows from that. */
  renew(socket: RealtimeSocket, { principal, expiresAt }: Admission): void {
    socket.data = { principal, expiresAt };
  }

  /** Whether a device of this user is connected to this node. */
  isHere(userId: string): boolean {
    return (this.server?.of('/').adapter.rooms.get(rooms.user(userId))?.size ?? 0) > 0;
  }

  /** Whether a device of this user is connected to any node. */
  async isAnywhere(userId: string): Promise<boolean> {
    const devices = await this.server?.in(rooms.user(userId)).fetchSockets();
    return (devices?.length ?? 0) > 0;
  }

  /** Tells every socket of this node to come back elsewhere, each at its own time within `spreadMs`. */
  announceDrain(spreadMs: number): void {
    for (const socket of this.socketsHere()) {
      socket.emit('server_draining', { reconnectInMs: Math.floor(Math.random() * spreadMs) });
    }
  }

  /**
   * Closes every connection to this node, also of those that have not yet said who they are; each after what waits for it
   * is sent. Clients come back by themselves.
   * @returns for each what ends it at once: a client that sleeps takes no leave, and half a minute is waited for it
   */
  closeConnections(): (() => void)[] {
    const engine = this.server?.engine as unknown as { clients: Record<string, Connection> } | undefined;
    return Object.values(engine?.clients ?? {}).map((connection) => {
      const { socket } = connection.transport;
      connection.close();
      return () => socket?.terminate();
    });
  }

  private endRoom(room: string, reason: string): void {
    this.emit(this.server?.in(room), 'session_ended', { reason });
    // Here first and by itself: the adapter reaches even its own sockets only by way of Redis, which may be away.
    this.server?.local.in(room).disconnectSockets(true);
    this.server?.in(room).disconnectSockets(true);
  }

  private emit<N extends EventName>(
    target: { emit: RealtimeServer['emit'] } | undefined,
    event: N,
    payload: EventPayload<N>,
  ): void {
    target?.emit(event, ...([payload] as Parameters<ServerToClientEvents[N]>));
  }
}
