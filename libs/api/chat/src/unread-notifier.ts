import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { ChatMembers } from '@course-chat/api/enrollment';
import { RealtimeHub } from '@course-chat/api/realtime';
import { ChatProjector } from './chat.projector';
import { ChatRepository, type Side } from './chat.repository';

/** Least time between two rounds of counting: a burst of messages is told once. */
const ROUND_INTERVAL_MS = 100;

interface Pending {
  readonly userId: string;
  readonly side: Side;
  readonly chatIds: Set<string>;
}

/** Tells a member's own devices how many messages wait, after the projection of them is written. */
@Injectable()
export class UnreadNotifier {
  private readonly logger = new Logger(UnreadNotifier.name);
  private pending = new Map<string, Pending>();
  private running = false;

  constructor(
    private readonly projector: ChatProjector,
    private readonly chats: ChatRepository,
    private readonly hub: RealtimeHub,
  ) {}

  /** The unread count of one side of a chat may have changed. */
  changed(chatId: string, chat: ChatMembers, side: Side): void {
    const userId = side === 'student' ? chat.studentId : chat.tutorId;
    const entry = this.pending.get(userId) ?? { userId, side, chatIds: new Set() };
    entry.chatIds.add(chatId);
    this.pending.set(userId, entry);
    if (this.running) return;
    this.running = true;
    this.run()
      .catch((error: unknown) => this.logger.warn(error))
      .finally(() => (this.running = false));
  }

  private async run(): Promise<void> {
    while (this.pending.size > 0) {
      const round = this.pending;
      this.pending = new Map();
      await this.projector.settled();
      for (const { userId, side, chatIds } of round.values()) {
        const [total, chats] = await Promise.all([
          this.chats.unreadTotal({ side, userId }),
          this.chats.byIds([...chatIds]),
        ]);
        for (const chat of chats) {
          this.hub.toUsers([userId], 'unread_changed', {
            chatId: chat.id,
            unreadCount: chat.record.unread[side],
            unreadTotal: total,
          });
        }
      }
      await delay(ROUND_INTERVAL_MS);
    }
  }
}
