import type { IncomingMessage } from 'node:http';
import { addressKey, OpenByAddress, RateLimits, type Countable } from '@course-chat/api/kernel';
import { SOCKETS_PER_ADDRESS } from '@course-chat/contracts';

/** What the gate must know of its surroundings. */
export interface GateOptions {
  /** The exact origins a browser may come from; asked at each handshake, since the port may be chosen at listen. */
  readonly origins: () => ReadonlySet<string>;
  /** Where a request comes from, behind the proxies that are trusted. */
  readonly addressOf: (request: IncomingMessage) => string | undefined;
  /** Most sockets one person may have open on this node. */
  readonly socketsPerUser: number;
  /** Multiplies the limits that count. */
  readonly scale: number;
  /** Most connections of this node. */
  readonly connectionsMax: number;
}

/** A connection as the gate needs it. */
export interface Connection extends Countable {
  readonly request: IncomingMessage;
}

/** Decides who may open a connection, before anything is allocated for it: by origin, by address, and by how many there are. */
export class ConnectionGate {
  private readonly open = new OpenByAddress();

  constructor(
    private readonly options: GateOptions,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Null when the handshake may go on, else a word for the refusal. Engine.IO asks for handshakes alone, and only it knows
   * how it reads a `sid`: what is asked about is counted, whatever it looks like.
   */
  async refusalOf(request: IncomingMessage): Promise<string | null> {
    if (!this.originAllowed(request.headers.origin)) return 'FORBIDDEN';
    const address = this.addressOf(request);
    if (this.open.total >= this.options.connectionsMax) return 'UNAVAILABLE';
    if (this.open.of(address) >= SOCKETS_PER_ADDRESS * this.options.scale) return 'RATE_LIMITED';
    return this.limits.consume('handshake', address).then(
      () => null,
      () => 'RATE_LIMITED',
    );
  }

  /** Counts a connection until it closes. */
  count(connection: Connection): void {
    this.open.add(connection, this.addressOf(connection.request));
  }

  // A missing Origin is a native client: its token is no cookie, so no page can borrow it.
  private originAllowed(origin: string | undefined): boolean {
    return origin === undefined || this.options.origins().has(origin);
  }

  private addressOf(request: IncomingMessage): string {
    return addressKey(this.options.addressOf(request));
  }
}
