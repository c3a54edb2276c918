import { Logger } from '@nestjs/common';
import type { RealtimeServer, RealtimeSocket } from './socket-types';

const CHECK_INTERVAL_MS = 1_000;
/** A socket for which more than this waits is not told any more who types: that ends by itself at whoever does not hear. */
const BUSY_PACKETS = 64;
const BUSY_BYTES = 256 * 1024;
const VOLATILE = /^42\["typing_/;
/**
 * A socket that reads so slowly that this much waits for it, and no less a check later, is closed; its client catches up when
 * it comes back. One look is not enough: a large answer counts as a whole until its last byte has left.
 */
const WAITING_MAX_BYTES = 1024 * 1024;
/** The same by packets, for many small ones. */
const WAITING_MAX_PACKETS = 4_096;
/** So many times as much is too much even for who reads. */
const AT_ONCE = 4;

/** Spares and at last closes the sockets that do not read what is sent to them, before they cost the node its memory. */
export class SlowConsumers {
  private readonly logger = new Logger(SlowConsumers.name);
  private readonly timer: NodeJS.Timeout;
  /** The sockets for which too much waited at the last check. */
  private late = new WeakMap<RealtimeSocket, Waiting>();

  constructor(private readonly server: RealtimeServer) {
    this.timer = setInterval(() => this.check(), CHECK_INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    const late = new WeakMap<RealtimeSocket, Waiting>();
    for (const socket of this.server.of('/').sockets.values()) {
      const waiting = waitingFor(socket);
      const { packets, bytes } = waiting;
      if (packets > BUSY_PACKETS || bytes > BUSY_BYTES) dropVolatile(socket);
      if (!isTooMuch(waiting, 1)) continue;
      late.set(socket, waiting);
      if (!isTooMuch(waiting, AT_ONCE) && !isNoLess(waiting, this.late.get(socket))) continue;
      this.logger.warn({ userId: socket.data.principal.userId, packets, bytes }, 'Closing a socket that does not read');
      end(socket);
    }
    this.late = late;
  }
}

/** What a socket has not been sent yet. */
interface Waiting {
  readonly packets: number;
  readonly bytes: number;
}

function isTooMuch({ packets, bytes }: Waiting, times: number): boolean {
  return packets > WAITING_MAX_PACKETS * times || bytes > WAITING_MAX_BYTES * times;
}

function isNoLess(now: Waiting, before: Waiting | undefined): boolean {
  return before !== undefined && now.bytes >= before.bytes;
}

/** Without leave: a polite close would keep what waits until the other side has read it. */
function end(socket: RealtimeSocket): void {
  (socket.conn as unknown as Holding).transport?.socket?.terminate?.();
  socket.conn.close(true);
}

/** As Engine.IO holds what it has not given to the transport. */
interface Holding {
  writeBuffer?: { data?: unknown }[];
  transport?: { socket?: { bufferedAmount?: number; terminate?(): void } };
}

function dropVolatile(socket: RealtimeSocket): void {
  const holding = socket.conn as unknown as Holding;
  holding.writeBuffer = (holding.writeBuffer ?? []).filter(
    ({ data }) => typeof data !== 'string' || !VOLATILE.test(data),
  );
}

/** What waits for a socket: packets Engine.IO holds, and bytes its WebSocket has not sent. */
function waitingFor(socket: RealtimeSocket): Waiting {
  const { writeBuffer, transport } = socket.conn as unknown as Holding;
  const held = (writeBuffer ?? []).reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0);
  return { packets: writeBuffer?.length ?? 0, bytes: held + (transport?.socket?.bufferedAmount ?? 0) };
}
