import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { ChatMembers } from '@course-chat/api/enrollment';
import { RealtimeHub } from '@course-chat/api/realtime';
import { ChatProjector } from './chat.projector';
import { ChatRepository } from './chat.repository';
import type { Side } from './chat-updates';
import { pauseAfter } from './round-pace';

const RETRY_MS = 500;
const SECOND_WORD_MS = 1_500;
/** Events of one turn: other work goes in between. */
const TOLD_AT_ONCE = 16;

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
        await this.projector.written(chatIds);
        const began = performance.now();
        await this.tell('student', round.student);
        await this.tell('tutor', round.tutor);
        await delay(pauseAfter(performance.now() - began));
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
      this.chats.unreadOf(
        side,
        [...members.values()].flatMap((chatIds) => [...chatIds]),
      ),
    ]);
    for (const [index, { chatId, userId, unreadCount }] of chats.entries()) {
      if (index % TOLD_AT_ONCE === TOLD_AT_ONCE - 1) await nextTurn();
      this.hub.toUsers([userId], 'unread_changed', { chatId, unreadCount, unreadTotal: totals.get(userId) ?? 0 });
    }
  }
}
