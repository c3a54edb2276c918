import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { BoundedMap, Clock } from '@course-chat/api/kernel';
import { ChatProjector } from './chat.projector';
import { MessageLog } from './message-log';

/** How often it is tried to look; a database that is away is asked again so often. */
const LOOK_INTERVAL_MS = 2_000;
/**
 * When a chat is looked at again after the database has answered. A database that stood still carries out what it was sent
 * within moments of waking, but most members may have it later; what is under way in a broken network may arrive for as
 * long as the system sends it again, with Linux about 100 s after the connection was given up (`tcp_orphan_retries`).
 * The driver itself sets a write no end.
 */
const AGAIN_AFTER_MS = [30_000, 90_000];
/** Chats in doubt that are remembered; beyond it the oldest is forgotten. */
const DOUBTS_MAX = 10_000;

/** A chat whose log may get a message that nobody was told of. */
interface Doubt {
  readonly looks: number;
  readonly dueAt: number;
}

/**
 * Brings chats up to what the database stored after all, though the sender was told to come back and may never do: once
 * the chat shows it, the next digest tells both members.
 */
@Injectable()
export class MessageLogRecheck implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MessageLogRecheck.name);
  private readonly doubts = new BoundedMap<string, Doubt>(DOUBTS_MAX);
  private timer?: NodeJS.Timeout;
  private isLooking = false;

  constructor(
    log: MessageLog,
    private readonly projector: ChatProjector,
    private readonly clock: Clock,
  ) {
    log.unknown.subscribe((chatId) => this.doubts.set(chatId, { looks: 0, dueAt: 0 }));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.check(), LOOK_INTERVAL_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Looks at the chats whose turn it is. Never throws; one look at a time. */
  async check(): Promise<void> {
    const due = [...this.doubts].filter(([, { dueAt }]) => dueAt <= this.now());
    if (this.isLooking || due.length === 0) return;
    this.isLooking = true;
    try {
      await this.projector.catchUp(due.map(([chatId]) => chatId));
      for (const [chatId, doubt] of due) this.looked(chatId, doubt);
    } catch (error) {
      this.logger.debug(error);
    } finally {
      this.isLooking = false;
    }
  }

  private looked(chatId: string, doubt: Doubt): void {
    // Else it is in doubt again since then, from the beginning.
    if (this.doubts.get(chatId) !== doubt) return;
    const againAfterMs = AGAIN_AFTER_MS[doubt.looks];
    if (againAfterMs === undefined) this.doubts.delete(chatId);
    else this.doubts.set(chatId, { looks: doubt.looks + 1, dueAt: this.now() + againAfterMs });
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
