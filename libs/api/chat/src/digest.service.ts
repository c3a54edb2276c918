import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RealtimeHub } from '@course-chat/api/realtime';
import { ChatRepository } from './chat.repository';
import { cursorAt } from './sync.service';

/** How often devices are told where their chats stand. */
const DIGEST_INTERVAL_MS = 15_000;
/** Chats that changed within this time are told about; longer than the interval, so that none falls between two. */
const DIGEST_WINDOW_MS = 40_000;
const CHATS_MAX = 5_000;

/** Lets a device notice what it was never told: a message whose node died between writing and telling. */
@Injectable()
export class DigestService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DigestService.name);
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly chats: ChatRepository,
    private readonly hub: RealtimeHub,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(
      () => void this.tell().catch((error: unknown) => this.logger.warn(error)),
      DIGEST_INTERVAL_MS,
    );
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Tells the devices here whose chats changed lately where those stand. */
  async tell(): Promise<void> {
    const changed = await this.chats.recentlyChanged(new Date(Date.now() - DIGEST_WINDOW_MS), CHATS_MAX);
    // Newest first: where a member is named first is their newest change.
    const newest = new Map<string, Date>();
    for (const { studentId, tutorId, record } of changed) {
      for (const userId of [studentId, tutorId]) {
        if (!newest.has(userId)) newest.set(userId, record.changedAt);
      }
    }
    for (const [userId, at] of newest) {
      if (this.hub.isHere(userId)) this.hub.toUsers([userId], 'digest', { cursor: cursorAt(at) });
    }
  }
}
