import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '@course-chat/api/kernel';
import { RealtimeHub, type RealtimeSocket } from '@course-chat/api/realtime';
import { DeviceRegister } from './device-register';
import { PresenceAudience } from './presence-audience';
import { PresenceRepository } from './presence.repository';

/** Whether somebody is there, and when they were last if not. */
export interface PresenceStatus {
  readonly online: boolean;
  readonly lastSeenAt: string | null;
}

/** Milliseconds between the last device's leaving and "offline". */
export const PRESENCE_GRACE = Symbol('PRESENCE_GRACE');

/** Online and offline of a user over all their devices, told only to the people who share a chat with them. */
@Injectable()
export class PresenceService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(PresenceService.name);
  private readonly devices = new DeviceRegister();
  /** Users whose last device left and who still count as online until the timer fires. */
  private readonly leaving = new Map<string, NodeJS.Timeout>();
  private closing = false;

  constructor(
    private readonly repository: PresenceRepository,
    private readonly audience: PresenceAudience,
    private readonly hub: RealtimeHub,
    private readonly clock: Clock,
    @Inject(PRESENCE_GRACE) private readonly graceMs: number,
  ) {}

  /** A device came: tells the peers if it is the first, and tells the device which peers are there. */
  async deviceConnected(socket: RealtimeSocket): Promise<void> {
    const { userId } = socket.data.principal;
    const first = this.devices.add(userId, socket.id);
    const returned = this.leaving.get(userId);
    clearTimeout(returned);
    this.leaving.delete(userId);
    const onlinePeers = await this.onlinePeersOf(userId);
    if (first && !returned) this.hub.toUsers(onlinePeers, 'user_online', { userId });
    for (const peer of onlinePeers) this.hub.toSocket(socket, 'user_online', { userId: peer });
  }

  /** A device left; offline is said only when none came back within the grace. */
  deviceDisconnected(socket: RealtimeSocket): void {
    const { userId } = socket.data.principal;
    if (!this.devices.remove(userId, socket.id) || this.closing) return;
    const leftAt = this.clock.now();
    this.leaving.set(
      userId,
      setTimeout(() => void this.goOffline(userId, leftAt).catch((error: unknown) => this.logger.error(error)), this.graceMs),
    );
  }

  /** The status of each of these users. The caller has checked that the viewer may know. */
  async statusOf(userIds: readonly string[]): Promise<Map<string, PresenceStatus>> {
    const away = userIds.filter((id) => !this.isOnline(id));
    const lastSeen = away.length > 0 ? await this.repository.lastSeen(away) : new Map<string, Date>();
    return new Map(
      userIds.map((id) => [id, { online: this.isOnline(id), lastSeenAt: lastSeen.get(id)?.toISOString() ?? null }]),
    );
  }

  /** Everybody of this node has left when it goes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    for (const timer of this.leaving.values()) clearTimeout(timer);
    const now = this.clock.now();
    const here = new Set([...this.leaving.keys(), ...this.devices.userIds()]);
    await Promise.allSettled([...here].map((userId) => this.repository.leftAt(userId, now)));
  }

  private isOnline(userId: string): boolean {
    return this.devices.has(userId) || this.leaving.has(userId);
  }

  private async goOffline(userId: string, leftAt: Date): Promise<void> {
    this.leaving.delete(userId);
    if (this.devices.has(userId)) return;
    await this.repository.leftAt(userId, leftAt);
    const peers = await this.onlinePeersOf(userId);
    // Somebody came back while we asked: they said "online" themselves.
    if (this.isOnline(userId)) return;
    this.hub.toUsers(peers, 'user_offline', { userId, lastSeenAt: leftAt.toISOString() });
  }

  private async onlinePeersOf(userId: string): Promise<string[]> {
    return (await this.audience.peersOf(userId)).filter((peer) => this.isOnline(peer));
  }
}
