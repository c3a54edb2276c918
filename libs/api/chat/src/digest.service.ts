import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RealtimeHub } from '@course-chat/api/realtime';
import { ChatRepository } from './chat.repository';
import { SyncService } from './sync.service';

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
    private readonly syncs: SyncService,
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
    const students = new Set(changed.map((chat) => chat.studentId).filter((id) => this.hub.isHere(id)));
    const tutors = new Set(changed.map((chat) => chat.tutorId).filter((id) => this.hub.isHere(id)));
    for (const userId of students) await this.tellOne({ side: 'student', userId });
    for (const userId of tutors) await this.tellOne({ side: 'tutor', userId });
  }

  private async tellOne(member: { side: 'student' | 'tutor'; userId: string }): Promise<void> {
    this.hub.toUsers([member.userId], 'digest', { cursor: await this.syncs.cursorOf(member) });
  }
}
