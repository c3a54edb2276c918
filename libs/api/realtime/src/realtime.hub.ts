import { Injectable } from '@nestjs/common';
import type { EventName, EventPayload, ServerToClientEvents } from '@course-chat/contracts';
import { filter, map, Subject, type Observable } from 'rxjs';
import { rooms } from './rooms';
import type { Device, NodeNews, RealtimeServer, RealtimeSocket, ServerSideEvents } from './socket-types';

/** The one place that emits. Typed: a misspelt event or a wrong payload does not compile. */
@Injectable()
export class RealtimeHub {
  private server?: RealtimeServer;
  private others = false;

  private readonly heard = new Subject<{ [N in keyof NodeNews]: { name: N; news: NodeNews[N] } }[keyof NodeNews]>();

  /** Called once, when the adapter has made the server; `hasOthers` when other nodes listen. */
  use(server: RealtimeServer, hasOthers: boolean): void {
    this.server = server;
    this.others = hasOthers;
    server.on('enrollment_changed', (news) => this.heard.next({ name: 'enrollment_changed', news }));
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
      map(({ news }) => news),
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

  /** Tells the sockets of one login that it is over, and closes them. */
  endSession(sessionId: string, reason: string): void {
    const session = this.server?.in(rooms.session(sessionId));
    this.emit(session, 'session_ended', { reason });
    session?.disconnectSockets(true);
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
    for (const socket of this.server?.of('/').sockets.values() ?? []) {
      socket.emit('server_draining', { reconnectInMs: Math.floor(Math.random() * spreadMs) });
    }
  }

  private emit<N extends EventName>(
    target: { emit: RealtimeServer['emit'] } | undefined,
    event: N,
    payload: EventPayload<N>,
  ): void {
    target?.emit(event, ...([payload] as Parameters<ServerToClientEvents[N]>));
  }
}
