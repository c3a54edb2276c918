import { DomainError } from '@course-chat/api/kernel';
import { PACKETS_PER_SECOND } from '@course-chat/contracts';

const WINDOW_MS = 1_000;
/** Packets a second of a connection whose holder is not known yet: it has only to say who it is. */
const UNPROVEN_PACKETS_PER_SECOND = 20;
/** Packets that a WebSocket's own ping counts as: each is answered with a write of its own, and no client needs ten a second. */
const PING_WEIGHT = 10;
/** How long a flood is remembered, and how long somebody stays out who goes on. */
const REMEMBERED_MS = 10_000;
/** Floods that may be a fault of the client; after them each new connection would only be as many packets more. */
const FORGIVEN = 3;

/** Engine.IO's transport; over WebSocket it has a socket, whose own pings never become packets. */
interface Transport {
  readonly socket?: PingedSocket;
}

interface PingedSocket {
  floodWatched?: Connection;
  terminate(): void;
  on(event: 'ping', listener: () => void): unknown;
}

/** A connection below Socket.IO; whose it is lives on itself, since there are thousands. */
interface Connection {
  readonly transport: Transport;
  /** Packets are heard while it is open. */
  readyState: string;
  holder?: string;
  on(event: 'packet', listener: () => void): unknown;
  on(event: 'upgrade', listener: (transport: Transport) => void): unknown;
  close(discard?: boolean): unknown;
}

/**
 * Closes connections of people who send more than any client does: pings, broken packets and commands alike, over all
 * their connections to this node. The refusals of the other limits cost an answer each; this costs a comparison.
 * Listeners are shared by all connections: an idle one must not hold closures of its own.
 */
export class FloodGuard {
  private windowEnds = 0;
  /** Packets of this second, by holder; by connection while nobody holds it. */
  private readonly counts = new Map<string | Connection, number>();
  /** How often somebody flooded lately, and until when that is remembered. */
  private readonly flooders = new Map<string, { floods: number; until: number }>();

  private readonly onPacket: (this: Connection) => void;
  private readonly onUpgrade: (this: Connection, transport: Transport) => void;

  /** @param scale multiplies what is allowed */
  constructor(scale: number) {
    const heard = (connection: Connection, weight: number) => this.heard(connection, weight, scale);
    const onPing = function (this: PingedSocket) {
      if (this.floodWatched) heard(this.floodWatched, PING_WEIGHT);
    };
    this.onPacket = function () {
      heard(this, 1);
    };
    this.onUpgrade = function (transport) {
      if (!transport.socket) return;
      transport.socket.floodWatched = this;
      transport.socket.on('ping', onPing);
    };
  }

  watch(connection: object): void {
    const watched = connection as Connection;
    watched.on('packet', this.onPacket);
    watched.on('upgrade', this.onUpgrade);
    this.onUpgrade.call(watched, watched.transport);
  }

  /**
   * Says whose a connection is.
   * @throws DomainError RATE_LIMITED for somebody who flooded again and again
   */
  admit(connection: object, userId: string): void {
    const { floods, until } = this.flooders.get(userId) ?? { floods: 0, until: 0 };
    const leftMs = until - Date.now();
    if (floods > FORGIVEN && leftMs > 0)
      throw new DomainError('RATE_LIMITED', { message: 'Too many packets', retryAfterMs: leftMs });
    (connection as Connection).holder = userId;
  }

  private heard(connection: Connection, weight: number, scale: number): void {
    const now = Date.now();
    if (now >= this.windowEnds) {
      this.windowEnds = now + WINDOW_MS;
      this.counts.clear();
    }
    const { holder, transport } = connection;
    const before = this.counts.get(holder ?? connection) ?? 0;
    const count = before + weight;
    this.counts.set(holder ?? connection, count);
    const allowed = (holder ? PACKETS_PER_SECOND : UNPROVEN_PACKETS_PER_SECOND) * scale;
    if (count <= allowed) return;
    if (holder && before <= allowed) this.note(holder, now);
    // Engine.IO has what came in the same piece at hand already, a thousand packets or more, and drops it only so.
    connection.readyState = 'closing';
    // Whoever floods does not take leave either.
    if (transport.socket) transport.socket.terminate();
    else connection.close(true);
  }

  private note(userId: string, now: number): void {
    for (const [known, { until }] of this.flooders) if (until <= now) this.flooders.delete(known);
    const floods = (this.flooders.get(userId)?.floods ?? 0) + 1;
    this.flooders.set(userId, { floods, until: now + REMEMBERED_MS });
  }
}
