import type { RealtimeHub } from './realtime.hub';
import type { RealtimeServer } from './socket-types';

const CHECK_INTERVAL_MS = 1_000;

/** Closes the sockets whose token ran out: one timer a node, since one for each socket would cost memory. */
export class ExpiredSockets {
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly server: RealtimeServer,
    private readonly hub: RealtimeHub,
  ) {
    this.timer = setInterval(() => this.check(), CHECK_INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    const now = Date.now();
    for (const socket of this.server.of('/').sockets.values()) {
      if (socket.data.expiresAt <= now) this.hub.endSocket(socket, 'expired');
    }
  }
}
