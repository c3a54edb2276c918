import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '@course-chat/api/kernel';
import { RealtimeHub, type Device } from '@course-chat/api/realtime';
import { DeviceRegister } from './device-register';
import { PresenceAudience } from './presence-audience';
import { LEASE_MS, PresenceLeases, RENEW_INTERVAL_MS } from './presence-leases';
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
export class PresenceService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PresenceService.name);
  private readonly devices = new DeviceRegister();
  /** Users whose last device here left and who still count as online until the timer fires. */
  private readonly leaving = new Map<string, NodeJS.Timeout>();
  private renewing?: NodeJS.Timeout;
  private closing = false;

  constructor(
    private readonly repository: PresenceRepository,
    private readonly audience: PresenceAudience,
    private readonly leases: PresenceLeases,
    private readonly hub: RealtimeHub,
    private readonly clock: Clock,
    @Inject(PRESENCE_GRACE) private readonly graceMs: number,
  ) {}

  onApplicationBootstrap(): void {
    this.renewing = setInterval(() => this.inBackground(this.renew()), RENEW_INTERVAL_MS);
  }

  /** A device came: tells the peers if it is the first, and tells the device which peers are there. */
  async deviceConnected(socket: Device): Promise<void> {
    const { userId } = socket.data.principal;
    this.devices.add(userId);
    clearTimeout(this.leaving.get(userId));
    this.leaving.delete(userId);
    const isFirst = await this.leases.acquire(userId);
    const peers = await this.onlinePeersOf(userId);
    if (isFirst) this.hub.toUsers(peers, 'user_online', { userId });
    for (const peer of peers) this.hub.toSocket(socket, 'user_online', { userId: peer });
  }

  /** A device left; offline is said only when none came back within the grace. */
  deviceDisconnected(socket: Device): void {
    const { userId } = socket.data.principal;
    if (!this.devices.remove(userId) || this.closing) return;
    const leftAt = this.clock.now();
    this.leaving.set(
      userId,
      setTimeout(() => this.inBackground(this.goOffline(userId, leftAt)), this.graceMs),
    );
  }

  /** The status of each of these users. The caller has checked that the viewer may know. */
  async statusOf(userIds: readonly string[]): Promise<Map<string, PresenceStatus>> {
    const online = await this.leases.online(userIds);
    const away = userIds.filter((id) => !online.has(id));
    const lastSeen = away.length > 0 ? await this.repository.lastSeen(away) : new Map<string, Date>();
    return new Map(
      userIds.map((id) => [id, { online: online.has(id), lastSeenAt: lastSeen.get(id)?.toISOString() ?? null }]),
    );
  }

  /** Everybody of this node has left when it goes; who comes back elsewhere within the grace was never away. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    clearInterval(this.renewing);
    for (const timer of this.leaving.values()) clearTimeout(timer);
    const now = this.clock.now();
    await Promise.allSettled([...this.held()].map((userId) => this.repository.leftAt(userId, now)));
  }

  private async goOffline(userId: string, leftAt: Date): Promise<void> {
    this.leaving.delete(userId);
    if (this.devices.has(userId) || !(await this.leases.release(userId, leftAt))) return;
    await this.tellOffline(userId, leftAt);
  }

  /** Keeps this node's word, and speaks for nodes that were killed. */
  private async renew(): Promise<void> {
    const { came, gone } = await this.leases.renew(this.held());
    // This node was silent for longer than a lease, or Redis forgot: its users were said to be away.
    for (const userId of came) this.hub.toUsers(await this.onlinePeersOf(userId), 'user_online', { userId });
    const lastHeld = new Date(this.clock.now().getTime() - LEASE_MS);
    for (const { userId, leftAt } of gone) await this.tellOffline(userId, leftAt ?? lastHeld);
  }

  private async tellOffline(userId: string, leftAt: Date): Promise<void> {
    await this.repository.leftAt(userId, leftAt);
    const peers = await this.onlinePeersOf(userId);
    // Who came back meanwhile, on whichever node, was said to be online before this could be said.
    if ((await this.leases.online([userId])).has(userId)) return;
    this.hub.toUsers(peers, 'user_offline', { userId, lastSeenAt: leftAt.toISOString() });
  }

  private held(): Set<string> {
    return new Set([...this.leaving.keys(), ...this.devices.userIds()]);
  }

  private async onlinePeersOf(userId: string): Promise<string[]> {
    return [...(await this.leases.online(await this.audience.peersOf(userId)))];
  }

  private inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.logger.warn(error));
  }
}
