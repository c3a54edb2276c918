import type { Principal } from '@course-chat/api/kernel';
import type { ClientToServerEvents, ServerToClientEvents } from '@course-chat/contracts';
import type { Server, Socket } from 'socket.io';

/** What a socket remembers: who holds it, set before any handler can run. */
export interface SocketData {
  principal: Principal;
}

export type RealtimeServer = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>;
export type RealtimeSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>;
