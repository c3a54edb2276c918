/** Something that closes once; where it is counted lives on itself, since there are thousands. */
export interface Countable {
  countedUnder?: AddressCount;
  once(event: 'close', listener: () => void): unknown;
}

/** What one address has open. */
interface AddressCount {
  readonly address: string;
  open: number;
}

/** How many connections are open, in all and by address. */
export class OpenByAddress {
  private readonly byAddress = new Map<string, AddressCount>();
  private all = 0;
  /** Shared by all connections: an idle one must not hold a closure of its own. */
  private readonly onClose = closeListenerOf((connection) => this.discount(connection));

  get total(): number {
    return this.all;
  }

  of(address: string): number {
    return this.byAddress.get(address)?.open ?? 0;
  }

  /** Counts a connection until it closes. */
  add(connection: Countable, address: string): void {
    const counted = this.byAddress.get(address) ?? { address, open: 0 };
    this.byAddress.set(address, counted);
    this.all++;
    counted.open++;
    connection.countedUnder = counted;
    connection.once('close', this.onClose);
  }

  private discount({ countedUnder }: Countable): void {
    if (!countedUnder) return;
    this.all--;
    countedUnder.open--;
    if (countedUnder.open === 0) this.byAddress.delete(countedUnder.address);
  }
}

function closeListenerOf(closed: (connection: Countable) => void): () => void {
  return function (this: unknown) {
    closed(this as Countable);
  };
}
