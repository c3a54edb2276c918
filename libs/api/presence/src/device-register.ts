/** Counts the open sockets of each user on this node: the last one out turns the light off. */
export class DeviceRegister {
  private readonly counts = new Map<string, number>();

  add(userId: string): void {
    this.counts.set(userId, (this.counts.get(userId) ?? 0) + 1);
  }

  /** Takes away one that was added. @returns whether it was the user's last */
  remove(userId: string): boolean {
    const left = (this.counts.get(userId) ?? 0) - 1;
    if (left > 0) this.counts.set(userId, left);
    else this.counts.delete(userId);
    return left === 0;
  }

  userIds(): IterableIterator<string> {
    return this.counts.keys();
  }

  has(userId: string): boolean {
    return this.counts.has(userId);
  }
}
