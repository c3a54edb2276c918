import type { Principal } from '@course-chat/api/kernel';
import type { ClientToServerEvents, ServerToClientEvents } from '@course-chat/contracts';
import type { Server, Socket } from 'socket.io';

/** What a socket remembers: who holds it and until when, set before any handler can run. */
export interface SocketData {
  principal: Principal;
  /** When its token ends, in milliseconds of this server's clock. */
  expiresAt: number;
}

/** What nodes tell each other, besides what goes to sockets. */
export interface NodeNews {
  enrollment_changed: { courseId: string; studentId?: string };
  account_changed: { userId: string };
}

/** The same as Socket.IO wants it. */
export type ServerSideEvents = { [N in keyof NodeNews]: (news: NodeNews[N]) => void };

export type RealtimeServer = Server<ClientToServerEvents, ServerToClientEvents, ServerSideEvents, SocketData>;
export type RealtimeSocket = Socket<ClientToServerEvents, ServerToClientEvents, ServerSideEvents, SocketData>;

/** As much of a socket as presence and typing need to know of a device. */
export type Device = Pick<RealtimeSocket, 'id' | 'connected' | 'data' | 'emit'>;
