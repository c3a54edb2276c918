import type { IncomingMessage } from 'node:http';
import { addressKey, RateLimits } from '@course-chat/api/kernel';
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

/** A connection as the gate needs it; where it is counted lives on itself, since there are thousands. */
export interface Connection {
  readonly request: IncomingMessage;
  countedUnder?: AddressCount;
  once(event: 'close', listener: () => void): unknown;
}

/** The open connections of one address. */
interface AddressCount {
  readonly address: string;
  open: number;
}

/** Decides who may open a connection, before anything is allocated for it: by origin, by address, and by how many there are. */
export class ConnectionGate {
  private readonly byAddress = new Map<string, AddressCount>();
  private open = 0;
  /** Shared by all connections: an idle one must not hold a closure of its own. */
  private readonly onClose = closeListenerOf((connection) => this.discount(connection));

  constructor(
    private readonly options: GateOptions,
    private readonly limits: RateLimits,
  ) {}

  /** Null when the request may go on, else a word for the refusal. Requests of a connection that is open are not counted. */
  async refusalOf(request: IncomingMessage): Promise<string | null> {
    if (!this.originAllowed(request.headers.origin)) return 'FORBIDDEN';
    if (!isHandshake(request)) return null;
    const address = this.addressOf(request);
    if (this.open >= this.options.connectionsMax) return 'UNAVAILABLE';
    if ((this.byAddress.get(address)?.open ?? 0) >= SOCKETS_PER_ADDRESS * this.options.scale) return 'RATE_LIMITED';
    return this.limits.consume('handshake', address).then(
      () => null,
      () => 'RATE_LIMITED',
    );
  }

  /** Counts a connection until it closes. */
  count(connection: Connection): void {
    const address = this.addressOf(connection.request);
    const counted = this.byAddress.get(address) ?? { address, open: 0 };
    this.byAddress.set(address, counted);
    this.open++;
    counted.open++;
    connection.countedUnder = counted;
    connection.once('close', this.onClose);
  }

  private discount({ countedUnder }: Connection): void {
    if (!countedUnder) return;
    this.open--;
    countedUnder.open--;
    if (countedUnder.open === 0) this.byAddress.delete(countedUnder.address);
  }

  // A missing Origin is a native client: its token is no cookie, so no page can borrow it.
  private originAllowed(origin: string | undefined): boolean {
    return origin === undefined || this.options.origins().has(origin);
  }

  private addressOf(request: IncomingMessage): string {
    return addressKey(this.options.addressOf(request));
  }
}

function isHandshake({ url = '' }: IncomingMessage): boolean {
  return !new URLSearchParams(url.slice(url.indexOf('?') + 1)).has('sid');
}

function closeListenerOf(closed: (connection: Connection) => void): () => void {
  return function (this: unknown) {
    closed(this as Connection);
  };
}
