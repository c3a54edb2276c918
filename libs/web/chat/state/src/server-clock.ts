import { Injectable } from '@angular/core';

/**
 * The server's time as far as it is known here: a device's clock may be minutes off, and how long a message may be changed
 * goes by the server's.
 */
@Injectable({ providedIn: 'root' })
export class ServerClock {
  /** Milliseconds the server's clock is ahead of this one; null while nothing tells. */
  private ahead: number | null = null;

  /** Milliseconds since 1970. */
  now(device = Date.now()): number {
    return device + (this.ahead ?? 0);
  }

  /** Something happened at the server at that time (ISO 8601) and is known here now. What was longest on its way tells least. */
  heard(at: string, device = Date.now()): void {
    const ahead = Date.parse(at) - device;
    if (Number.isFinite(ahead)) this.ahead = Math.max(this.ahead ?? ahead, ahead);
  }
}
