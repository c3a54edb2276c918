import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RealtimeHub } from '@course-chat/api/realtime';
import { ChatRepository } from './chat.repository';
import { cursorAt } from './sync.service';

/** How often devices are told where their chats stand. */
const DIGEST_INTERVAL_MS = 15_000;
/** Chats that changed within this time are told about; longer than the interval, so that none falls between two. */
const DIGEST_WINDOW_MS = 40_000;

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
    const newest = new Map<string, Date>();
    for await (const { userIds, at } of this.chats.recentChanges(DIGEST_WINDOW_MS)) {
      for (const userId of userIds) if (this.hub.isHere(userId)) newest.set(userId, at);
    }
    for (const [userId, at] of newest) this.hub.toUsers([userId], 'digest', { cursor: cursorAt(at) });
  }
}
