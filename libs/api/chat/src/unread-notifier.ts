import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { ChatMembers } from '@course-chat/api/enrollment';
import { RealtimeHub } from '@course-chat/api/realtime';
import { ChatProjector } from './chat.projector';
import { ChatRepository, type Side } from './chat.repository';

/** Least time between two rounds of counting: a burst of messages is told once. */
const ROUND_INTERVAL_MS = 250;
const RETRY_MS = 500;
const SECOND_WORD_MS = 1_500;

/** Tells a member's own devices how many messages wait, after the projection of them is written. */
@Injectable()
export class UnreadNotifier implements BeforeApplicationShutdown {
  private readonly logger = new Logger(UnreadNotifier.name);
  /** The chats to tell about, for each member of each side. */
  private pending = { student: new Map<string, Set<string>>(), tutor: new Map<string, Set<string>>() };
  private running = false;
  private closing = false;

  constructor(
    private readonly projector: ChatProjector,
    private readonly chats: ChatRepository,
    private readonly hub: RealtimeHub,
  ) {}

  /** The unread count of one side of a chat may have changed. */
  changed(chatId: string, chat: ChatMembers, side: Side): void {
    const userId = side === 'student' ? chat.studentId : chat.tutorId;
    this.note(side, userId, [chatId]);
    // Two nodes may count at once and tell in the other order: the second word comes when both have seen both changes.
    if (this.hub.hasOthers) setTimeout(() => this.note(side, userId, [chatId]), SECOND_WORD_MS);
  }

  /** Devices ask again when they come back. */
  beforeApplicationShutdown(): void {
    this.closing = true;
  }

  /** Tells round after round while there is something to tell. Never throws. */
  private async run(): Promise<void> {
    this.running = true;
    while (this.pending.student.size + this.pending.tutor.size > 0 && !this.closing) {
      const round = this.pending;
      this.pending = { student: new Map(), tutor: new Map() };
      try {
        const chatIds = [...round.student.values(), ...round.tutor.values()].flatMap((ids) => [...ids]);
        await this.projector.settled(chatIds);
        await Promise.all([this.tell('student', round.student), this.tell('tutor', round.tutor)]);
        await delay(ROUND_INTERVAL_MS);
      } catch (error) {
        this.logger.warn(`Unread counts are late: ${error instanceof Error ? error.name : 'unknown'}`);
        for (const side of ['student', 'tutor'] as const) {
          for (const [userId, chatIds] of round[side]) this.note(side, userId, chatIds);
        }
        await delay(RETRY_MS);
      }
    }
    this.running = false;
  }

  private note(side: Side, userId: string, chatIds: Iterable<string>): void {
    const known = this.pending[side].get(userId) ?? new Set();
    for (const chatId of chatIds) known.add(chatId);
    this.pending[side].set(userId, known);
    if (!this.running) void this.run();
  }

  /** Two queries for any number of members. */
  private async tell(side: Side, members: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
    if (members.size === 0) return;
    const [totals, chats] = await Promise.all([
      this.chats.unreadTotals(side, [...members.keys()]),
      this.chats.byIds([...members.values()].flatMap((chatIds) => [...chatIds])),
    ]);
    for (const chat of chats) {
      const userId = side === 'student' ? chat.studentId : chat.tutorId;
      this.hub.toUsers([userId], 'unread_changed', {
        chatId: chat.id,
        unreadCount: chat.record.unread[side],
        unreadTotal: totals.get(userId) ?? 0,
      });
    }
  }
}
