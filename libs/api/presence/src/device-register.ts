/** Counts the open sockets of each user on this node: the last one out turns the light off. */
export class DeviceRegister {
  private readonly socketsOf = new Map<string, Set<string>>();

  add(userId: string, socketId: string): void {
    this.socketsOf.set(userId, (this.socketsOf.get(userId) ?? new Set()).add(socketId));
  }

  /** Whether this was the user's last socket. */
  remove(userId: string, socketId: string): boolean {
    const sockets = this.socketsOf.get(userId);
    if (!sockets?.delete(socketId) || sockets.size > 0) return false;
    this.socketsOf.delete(userId);
    return true;
  }

  userIds(): IterableIterator<string> {
    return this.socketsOf.keys();
  }

  has(userId: string): boolean {
    return this.socketsOf.has(userId);
  }
}
