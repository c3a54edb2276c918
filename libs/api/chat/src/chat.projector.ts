import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@course-chat/api/kernel';
import { NodeWatch } from '@course-chat/api/realtime';
import { countCharacters, PREVIEW_MAX_CHARACTERS, type Message } from '@course-chat/contracts';
import { ChatRepository, type ProjectionUpdate } from './chat.repository';
import { MessageRepository, type LoggedMessage } from './message.repository';

/** Least time between two flushes: what happens to a chat meanwhile is written once. */
const FLUSH_INTERVAL_MS = 20;
const RETRY_MS = 500;
/** How far before the newest projected change the start looks for messages that a crash left behind. */
const REPAIR_OVERLAP_MS = 60_000;

/** Writes the chats' last message, activity and unread counts behind the log, coalesced, and repairs them from it. */
@Injectable()
export class ChatProjector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ChatProjector.name);
  private dirty = new Map<string, ProjectionUpdate>();
  /** How many changes were noted, and how many of them are written: a reader waits for its own number. */
  private noted = 0;
  private written = 0;
  private waiting: { upTo: number; resolve: () => void; reject: (error: DomainError) => void }[] = [];
  private running = false;

  constructor(
    private readonly chats: ChatRepository,
    private readonly messages: MessageRepository,
    private readonly nodes: NodeWatch,
  ) {}

  /** A message was stored. */
  created(logged: LoggedMessage): void {
    this.note({ chatId: logged.message.chatId, last: lastOf(logged) });
  }

  /** A message was edited or deleted. */
  changed(logged: LoggedMessage): void {
    this.note({ chatId: logged.message.chatId, last: lastOf(logged), lastRev: logged.message.rev });
  }

  /**
   * Resolves when everything noted before the call is written; what is noted meanwhile does not prolong it.
   * @throws DomainError UNAVAILABLE when the database does not take it now
   */
  settled(): Promise<void> {
    if (this.written === this.noted) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiting.push({ upTo: this.noted, resolve, reject }));
  }

  async onApplicationBootstrap(): Promise<void> {
    this.nodes.died.subscribe(() => {
      this.repair().catch((error: unknown) => this.logger.error(error));
    });
    await this.repair();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled().catch(() => this.logger.warn('Stopped before the projection was written; the next start repairs it'));
  }

  /** Brings chats up to the log: what a node that was killed had noted and not written. */
  private async repair(): Promise<void> {
    const newest = await this.chats.newestChange();
    if (!newest) return;
    const written = await this.messages.chatsWrittenSince(new Date(newest.getTime() - REPAIR_OVERLAP_MS));
    for (const chatId of written) {
      const [tail, lastRev] = await Promise.all([this.messages.tail(chatId), this.messages.lastRev(chatId)]);
      const logged = await this.messages.bySeq(chatId, tail.seq);
      if (logged) this.note({ chatId, last: lastOf(logged), lastRev });
    }
    await this.settled();
  }

  private note(update: ProjectionUpdate): void {
    const known = this.dirty.get(update.chatId);
    this.dirty.set(update.chatId, known ? merge(known, update) : update);
    this.noted++;
    if (!this.running) void this.flush();
  }

  /** Writes round after round while there is something to write. Never throws. */
  private async flush(): Promise<void> {
    this.running = true;
    while (this.dirty.size > 0) {
      const updates = this.dirty;
      const upTo = this.noted;
      this.dirty = new Map();
      try {
        await this.chats.project([...updates.values()]);
        this.written = upTo;
        const [done, open] = [this.waiting.filter((one) => one.upTo <= upTo), this.waiting.filter((one) => one.upTo > upTo)];
        this.waiting = open;
        for (const { resolve } of done) resolve();
        if (open.length === 0) await delay(FLUSH_INTERVAL_MS);
      } catch (error) {
        this.logger.warn(`Projection is late: ${error instanceof Error ? error.name : 'unknown'}`);
        for (const [chatId, update] of updates) {
          const later = this.dirty.get(chatId);
          this.dirty.set(chatId, later ? merge(update, later) : update);
        }
        for (const { reject } of this.waiting) reject(new DomainError('UNAVAILABLE', { retryAfterMs: RETRY_MS, cause: error }));
        this.waiting = [];
        await delay(RETRY_MS);
      }
    }
    this.running = false;
  }
}

function lastOf({ message, fromStudent }: LoggedMessage): NonNullable<ProjectionUpdate['last']> {
  return {
    seq: message.seq,
    fromStudent,
    rev: message.rev,
    senderId: message.senderId,
    preview: previewOf(message),
    createdAt: new Date(message.createdAt),
  };
}

/** One line of the message's text; empty for a deleted one. */
export function previewOf(message: Message): string {
  const line = message.text.replace(/\s+/g, ' ');
  if (countCharacters(line) <= PREVIEW_MAX_CHARACTERS) return line;
  return `${[...line].slice(0, PREVIEW_MAX_CHARACTERS - 1).join('')}…`;
}

function merge(first: ProjectionUpdate, second: ProjectionUpdate): ProjectionUpdate {
  const [a, b] = [first.last, second.last];
  const last = !a || (b && (b.seq > a.seq || (b.seq === a.seq && b.rev > a.rev))) ? b : a;
  return { chatId: first.chatId, last, lastRev: Math.max(first.lastRev ?? 0, second.lastRev ?? 0) };
}
