import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
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
  private flushing: Promise<void> | null = null;

  constructor(
    private readonly chats: ChatRepository,
    private readonly messages: MessageRepository,
  ) {}

  /** A message was stored. */
  created(logged: LoggedMessage): void {
    this.note({ chatId: logged.message.chatId, last: lastOf(logged) });
  }

  /** A message was edited or deleted. */
  changed(logged: LoggedMessage): void {
    this.note({ chatId: logged.message.chatId, last: lastOf(logged), lastRev: logged.message.rev });
  }

  /** Resolves when everything noted so far is written. */
  async settled(): Promise<void> {
    while (this.dirty.size > 0 || this.flushing) await (this.flushing ?? this.flush());
  }

  /** Brings chats up to the log: what a node that was killed had noted and not written. */
  async onApplicationBootstrap(): Promise<void> {
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

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private note(update: ProjectionUpdate): void {
    const known = this.dirty.get(update.chatId);
    this.dirty.set(update.chatId, known ? merge(known, update) : update);
    this.flushing ??= this.flush().finally(() => (this.flushing = null));
  }

  private async flush(): Promise<void> {
    while (this.dirty.size > 0) {
      const updates = this.dirty;
      this.dirty = new Map();
      try {
        await this.chats.project([...updates.values()]);
        await delay(FLUSH_INTERVAL_MS);
      } catch (error) {
        this.logger.warn(`Projection is late: ${error instanceof Error ? error.name : 'unknown'}`);
        for (const [chatId, update] of updates) {
          const later = this.dirty.get(chatId);
          this.dirty.set(chatId, later ? merge(update, later) : update);
        }
        await delay(RETRY_MS);
      }
    }
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
