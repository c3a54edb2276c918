import { Logger } from '@nestjs/common';
import type { RealtimeServer, RealtimeSocket } from './socket-types';

const CHECK_INTERVAL_MS = 1_000;
/** A socket for which more than this waits is not told any more who types: that ends by itself at whoever does not hear. */
const BUSY_PACKETS = 64;
const BUSY_BYTES = 256 * 1024;
const VOLATILE = /^42\["typing_/;
/** A socket that reads so slowly that this much waits for it is closed; its client catches up when it comes back. */
const WAITING_MAX_BYTES = 1024 * 1024;
/** The same by packets, for many small ones. */
const WAITING_MAX_PACKETS = 4_096;

/** Spares and at last closes the sockets that do not read what is sent to them, before they cost the node its memory. */
export class SlowConsumers {
  private readonly logger = new Logger(SlowConsumers.name);
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly server: RealtimeServer) {
    this.timer = setInterval(() => this.check(), CHECK_INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    for (const socket of this.server.of('/').sockets.values()) {
      const { packets, bytes } = waitingFor(socket);
      if (packets > BUSY_PACKETS || bytes > BUSY_BYTES) dropVolatile(socket);
      if (packets <= WAITING_MAX_PACKETS && bytes <= WAITING_MAX_BYTES) continue;
      this.logger.warn({ userId: socket.data.principal.userId, packets, bytes }, 'Closing a socket that does not read');
      socket.conn.close(true);
    }
  }
}

/** As Engine.IO holds what it has not given to the transport. */
interface Holding {
  writeBuffer?: { data?: unknown }[];
  transport?: { socket?: { bufferedAmount?: number } };
}

function dropVolatile(socket: RealtimeSocket): void {
  const holding = socket.conn as unknown as Holding;
  holding.writeBuffer = (holding.writeBuffer ?? []).filter(
    ({ data }) => typeof data !== 'string' || !VOLATILE.test(data),
  );
}

/** What waits for a socket: packets Engine.IO holds, and bytes its WebSocket has not sent. */
function waitingFor(socket: RealtimeSocket): { packets: number; bytes: number } {
  const { writeBuffer, transport } = socket.conn as unknown as Holding;
  const held = (writeBuffer ?? []).reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0);
  return { packets: writeBuffer?.length ?? 0, bytes: held + (transport?.socket?.bufferedAmount ?? 0) };
}
