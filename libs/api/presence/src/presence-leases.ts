/**
 * How long a node's word that a user is there holds without being renewed. Who is killed right after renewing is missed
 * when it has run out, and the others look every interval: within 13 s, and the promise is 15.
 */
export const LEASE_MS = 10_000;
export const RENEW_INTERVAL_MS = 3_000;

/** What a round of renewing finds out. */
export interface PresenceNews {
  /** Held here, and everybody thought they were away. */
  readonly came: readonly string[];
  /** Held by nobody, and not everybody knows; with the time they left where that is known. */
  readonly gone: readonly { readonly userId: string; readonly leftAt: Date | null }[];
}

/** Which users are there, over all nodes: each node holds a lease for the users it has devices of. */
export abstract class PresenceLeases {
  /** This node has a device of the user. @returns whether nobody had one before */
  abstract acquire(userId: string): Promise<boolean>;
  /** This node has none any more since `leftAt`. @returns whether nobody has one now */
  abstract release(userId: string, leftAt: Date): Promise<boolean>;
  /** Those of these users who are there. */
  abstract online(userIds: readonly string[]): Promise<Set<string>>;
  /** Renews what this node holds, and takes over the users whose leases all ran out: their node was killed. */
  abstract renew(held: Iterable<string>): Promise<PresenceNews>;
}

/** Leases of a single node: what it holds is all there is. */
export class LocalPresenceLeases extends PresenceLeases {
  private readonly held = new Set<string>();

  override async acquire(userId: string): Promise<boolean> {
    const isFirst = !this.held.has(userId);
    this.held.add(userId);
    return isFirst;
  }

  override async release(userId: string): Promise<boolean> {
    return this.held.delete(userId);
  }

  override async online(userIds: readonly string[]): Promise<Set<string>> {
    return new Set(userIds.filter((id) => this.held.has(id)));
  }

  override async renew(): Promise<PresenceNews> {
    return { came: [], gone: [] };
  }
}
