/** Engine.IO's transport; over WebSocket it has a socket, and that one a stream. */
interface Transport {
  readonly socket?: { readonly _socket?: { cork(): void; uncork(): void } };
}

/** A connection below Socket.IO. */
interface Connection {
  readonly readyState: string;
  readonly transport: Transport;
  flush(): void;
}

/**
 * Sends what one turn of the event loop has for a connection together, at the end of the turn: a message, its
 * acknowledgement and the messages stored with it are one system call here and one wake-up at the client, where
 * Engine.IO makes one of each packet. Nothing waits for a timer. The functions are shared by all connections: an idle
 * one must not hold closures of its own.
 */
export function writeTogether(): (connection: object) => void {
  const waiting = new Set<Connection>();
  let flushNow: (this: Connection) => void;

  function flushAll(): void {
    const due = [...waiting];
    waiting.clear();
    for (const connection of due) {
      const stream = connection.transport.socket?._socket;
      stream?.cork();
      flushNow.call(connection);
      stream?.uncork();
    }
  }
  function flushLater(this: Connection): void {
    // Whoever closes has no later.
    if (this.readyState !== 'open') return flushNow.call(this);
    // After the promises of this turn: what one stored batch leads to is all there by then.
    if (waiting.size === 0) process.nextTick(flushAll);
    waiting.add(this);
  }
  return (connection) => {
    const watched = connection as Connection;
    flushNow = watched.flush;
    watched.flush = flushLater;
  };
}
