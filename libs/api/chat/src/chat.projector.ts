import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@course-chat/api/kernel';
import { NodeWatch } from '@course-chat/api/realtime';
import { countCharacters, PREVIEW_MAX_CHARACTERS, type Message } from '@course-chat/contracts';
import { ChatRepository, type ProjectionUpdate } from './chat.repository';
import { MessageRepository, type LoggedMessage } from './message.repository';

/** Least time between two rounds of a busy server: what happens to a chat meanwhile is written once. */
const ROUND_INTERVAL_MS = 250;
const RETRY_MS = 500;
/** How far before the newest projected change the start looks for messages that a crash left behind. */
const REPAIR_OVERLAP_MS = 60_000;

interface Write {
  readonly chatIds: ReadonlySet<string>;
  readonly done: Promise<void>;
}

/** Writes the chats' last message, activity and unread counts behind the log, coalesced, and repairs them from it. */
@Injectable()
export class ChatProjector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ChatProjector.name);
  private dirty = new Map<string, ProjectionUpdate>();
  private readonly underWay = new Set<Write>();
  private running = false;
  private closing = false;

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
   * Resolves when what was noted of these chats, or of all, is written: at once where nothing waits.
   * @throws DomainError UNAVAILABLE when the database does not take it now
   */
  async settled(chatIds?: readonly string[]): Promise<void> {
    const wanted = chatIds ?? [...this.dirty.keys()];
    const writes = [...this.underWay].filter((write) => !chatIds || chatIds.some((id) => write.chatIds.has(id)));
    await Promise.all([...writes.map(({ done }) => done), this.write(this.take(wanted))]);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.nodes.died.subscribe(() => {
      this.repair().catch((error: unknown) => this.logger.error(error));
    });
    await this.repair();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.settled().catch(() =>
      this.logger.warn('Stopped before the projection was written; the next start repairs it'),
    );
  }

  /** Brings chats up to the log: what a node that was killed had noted and not written. */
  private async repair(): Promise<void> {
    const newest = await this.chats.newestChange();
    if (!newest) return;
    const written = await this.messages.chatsWrittenSince(new Date(newest.getTime() - REPAIR_OVERLAP_MS));
    await this.catchUp(written);
  }

  /**
   * Brings these chats up to the log, whichever node wrote to it.
   * @throws DomainError UNAVAILABLE
   */
  async catchUp(chatIds: readonly string[]): Promise<void> {
    for (const chatId of chatIds) {
      const [tail, lastRev] = await Promise.all([this.messages.tail(chatId), this.messages.lastRev(chatId)]);
      const logged = await this.messages.bySeq(chatId, tail.seq);
      if (logged) this.note({ chatId, last: lastOf(logged), lastRev });
    }
    await this.settled(chatIds);
  }

  private note(update: ProjectionUpdate): void {
    const known = this.dirty.get(update.chatId);
    this.dirty.set(update.chatId, known ? merge(known, update) : update);
    if (!this.running) void this.run();
  }

  /** Writes round after round while there is something to write: the first at once. Never throws. */
  private async run(): Promise<void> {
    this.running = true;
    while (this.dirty.size > 0 && !this.closing) {
      const isWritten = await this.write(this.take([...this.dirty.keys()])).then(
        () => true,
        () => false,
      );
      await delay(isWritten ? ROUND_INTERVAL_MS : RETRY_MS);
    }
    this.running = false;
  }

  private take(chatIds: readonly string[]): ProjectionUpdate[] {
    return chatIds.flatMap((id) => {
      const update = this.dirty.get(id);
      this.dirty.delete(id);
      return update ? [update] : [];
    });
  }

  private write(updates: readonly ProjectionUpdate[]): Promise<void> {
    if (updates.length === 0) return Promise.resolve();
    const write: Write = {
      chatIds: new Set(updates.map(({ chatId }) => chatId)),
      done: this.project(updates).finally(() => this.underWay.delete(write)),
    };
    this.underWay.add(write);
    return write.done;
  }

  /** Order does not matter: the newer news wins in the database. What could not be written is noted again. */
  private async project(updates: readonly ProjectionUpdate[]): Promise<void> {
    try {
      await this.chats.project(updates);
    } catch (error) {
      this.logger.warn(`Projection is late: ${error instanceof Error ? error.name : 'unknown'}`);
      for (const update of updates) this.note(update);
      throw new DomainError('UNAVAILABLE', { retryAfterMs: RETRY_MS, cause: error });
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
