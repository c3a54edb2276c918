import { PACKETS_PER_SECOND } from '@course-chat/contracts';

const WINDOW_MS = 1_000;

/** What a second of a connection is counted on; lives on the connection itself, since there are thousands. */
interface Counted {
  countedSince?: number;
  counted?: number;
}

/** Engine.IO's transport; over WebSocket it has a socket, whose own pings never become packets. */
interface Transport {
  readonly socket?: { on(event: 'ping', listener: () => void): unknown; terminate(): void };
}

/** A connection below Socket.IO. */
interface Connection extends Counted {
  readonly transport: Transport;
  on(event: 'packet', listener: () => void): unknown;
  on(event: 'upgrade', listener: (transport: Transport) => void): unknown;
  close(discard?: boolean): unknown;
}

/**
 * Closes connections that send more than any client does: pings, broken packets and commands alike. The refusals of the
 * other limits cost an answer each; this costs a comparison. Listeners are shared by all connections: an idle one must
 * not hold closures of its own.
 * @param scale multiplies what is allowed
 */
export function floodGuard(scale: number): (connection: object) => void {
  const allowed = PACKETS_PER_SECOND * scale;
  function onPacket(this: Connection): void {
    if (isTooMuch(this, allowed)) this.close(true);
  }
  function onPing(this: Counted & { terminate(): void }): void {
    if (isTooMuch(this, allowed)) this.terminate();
  }
  function onUpgrade(transport: Transport): void {
    transport.socket?.on('ping', onPing);
  }
  return (connection) => {
    const watched = connection as Connection;
    watched.on('packet', onPacket);
    watched.on('upgrade', onUpgrade);
    onUpgrade(watched.transport);
  };
}

function isTooMuch(counted: Counted, allowed: number): boolean {
  const now = Date.now();
  if (now - (counted.countedSince ?? 0) >= WINDOW_MS) {
    counted.countedSince = now;
    counted.counted = 0;
  }
  counted.counted = (counted.counted ?? 0) + 1;
  return counted.counted > allowed;
}
