import { setTimeout as delay } from 'node:timers/promises';
import { BoundedMap, Clock, DomainError } from '@course-chat/api/kernel';
import { nextPlace, NO_MESSAGES, type Tail } from './log-place';
import { isOf, messageIdOf, recordOf, toLogged, type Draft, type LoggedMessage } from './message-record';
import type { MessageRepository } from './message.repository';
import type { MessageRecord } from './message.schema';

/** A stored message, and whether this call stored it. */
export interface Appended extends LoggedMessage {
  readonly created: boolean;
}

/** A message with its place in a write. */
interface Placed {
  readonly waiting: Waiting;
  readonly record: MessageRecord;
}

interface Waiting {
  readonly draft: Draft;
  /** How often nobody said what became of it. */
  attempts: number;
  /** How often it was the first of a batch to be refused for what was there already. */
  refusals: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** Most messages of one write. */
const BATCH_MAX = 256;
/** So many go in one write, if they wait, however few send at the moment. */
const BATCH_FREE = 32;
/** Most writes at once while few messages come: a lone message need not wait for the write of another chat. */
const WRITES_MAX = 8;
/** Messages a write carried lately from which on one write at a time costs less than several small ones. */
const CROWD = 4;
/** How much of `crowd` the newest write is. */
const CROWD_WEIGHT = 1 / 8;
/** Chats whose last place is remembered. */
const TAILS_MAX = 50_000;
/** Tries of one message while the database does not say what became of it. */
const ATTEMPTS_MAX = 4;
const RETRY_DELAY_MS = 150;
/** Before a further try of what was refused twice: what it ran into is not on most members yet, so no read shows it. */
const REFUSED_DELAY_MS = 20;
const DATABASE_RETRY_MS = 2_000;

/**
 * The writer of the log. A message is written at once, beside the write of another chat if need be; once writes fill
 * up, one goes at a time and what arrives meanwhile goes out together in the next. A chat is in one write at a time.
 * Places are taken from remembered tails under a unique index, so that another node can only be first, never at the
 * same place. An unknown outcome is settled by asking the log.
 */
export class AppendLane {
  /** What may be written next, by chat, the chat that has waited longest first. */
  private readonly ready = new Map<string, Waiting[]>();
  /** The chats in a write, each with what waits behind it. */
  private readonly behind = new Map<string, Waiting[]>();
  private readonly writes = new Set<Promise<void>>();
  private readonly tails = new BoundedMap<string, Tail>(TAILS_MAX);
  private waitingCount = 0;
  /** How many messages a write carried lately. */
  private crowd = 0;
  /** How many the newest carries or carried. */
  private newest = 0;

  constructor(
    private readonly messages: MessageRepository,
    private readonly clock: Clock,
    /** Hears of which chat a message was given up that may be stored all the same, now or later. */
    private readonly onUnknown: (chatId: string) => void = () => undefined,
  ) {}

  /** Messages that are in no write yet. */
  get waiting(): number {
    return this.waitingCount;
  }

  append(draft: Draft): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.line(draft.chatId).push({ draft, attempts: 0, refusals: 0, resolve, reject });
      this.waitingCount++;
      this.startWrites();
    });
  }

  async idle(): Promise<void> {
    while (this.writes.size > 0) await Promise.all(this.writes);
  }

  /** Where the next message of a chat waits. */
  private line(chatId: string): Waiting[] {
    const known = this.behind.get(chatId) ?? this.ready.get(chatId);
    if (known) return known;
    const line: Waiting[] = [];
    this.ready.set(chatId, line);
    return line;
  }

  private startWrites(): void {
    while (this.ready.size > 0 && this.mayWrite()) {
      const batch = this.takeBatch();
      const write: Promise<void> = this.write(batch).then((again) => {
        this.writes.delete(write);
        this.release(batch, again);
        this.startWrites();
      });
      this.writes.add(write);
    }
  }

  private mayWrite(): boolean {
    return this.writes.size === 0 || (this.writes.size < WRITES_MAX && this.crowd < CROWD);
  }

  /**
   * Half of those who send at the moment, which are those just written and those that wait: while one half is written, the
   * other is told and sends its next. With all in one write, server and clients stand still while the database works, and
   * the database while they do.
   */
  private batchSize(): number {
    const half = Math.ceil((this.newest + this.waitingCount) / 2);
    return Math.min(Math.max(half, BATCH_FREE), BATCH_MAX);
  }

  private takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const size = this.batchSize();
    for (const [chatId, line] of this.ready) {
      batch.push(...line.splice(0, size - batch.length));
      this.ready.delete(chatId);
      this.behind.set(chatId, line);
      if (batch.length === size) break;
    }
    this.newest = batch.length;
    this.waitingCount -= batch.length;
    this.crowd += (batch.length - this.crowd) * CROWD_WEIGHT;
    return batch;
  }

  /** The chats of a write that is over may be written again: what must be tried again first. */
  private release(batch: readonly Waiting[], again: readonly Waiting[]): void {
    this.waitingCount += again.length;
    for (const chatId of new Set(batch.map(({ draft }) => draft.chatId))) {
      const line = [...again.filter(({ draft }) => draft.chatId === chatId), ...(this.behind.get(chatId) ?? [])];
      this.behind.delete(chatId);
      if (line.length > 0) this.ready.set(chatId, line);
    }
  }

  /** Writes a batch; returns those to try again, in their order. Never throws. */
  private async write(batch: Waiting[]): Promise<Waiting[]> {
    try {
      await this.loadTails(batch);
      const placed = this.placeAll(batch);
      const outcome = await this.messages.insertInOrder(placed.map(({ record }) => record));
      const stored = placed.slice(0, outcome.inserted);
      for (const { waiting, record } of stored) this.remember(waiting.draft.chatId, record);
      this.tell(stored);
      if (outcome.stoppedBy === null) return [];
      const rest = batch.slice(outcome.inserted);
      if (outcome.stoppedBy === 'seq' || outcome.stoppedBy === 'id') {
        return await this.settleRefused(rest, outcome.stoppedBy);
      }
      throw outcome.stoppedBy.unknown;
    } catch (error) {
      return this.settleUnknown(batch, error);
    }
  }

  /** Where others wait, their write goes first: to tell a whole batch takes long enough for the database to stand still. */
  private tell(stored: readonly Placed[]): void {
    const tell = () => {
      for (const { waiting, record } of stored) waiting.resolve({ ...toLogged(record), created: true });
    };
    if (this.waitingCount > 0) setImmediate(tell);
    else tell();
  }

  private async loadTails(batch: readonly Waiting[]): Promise<void> {
    const missing = new Set(batch.map(({ draft }) => draft.chatId).filter((id) => !this.tails.has(id)));
    await Promise.all([...missing].map(async (id) => this.remember(id, await this.messages.tail(id))));
  }

  private placeAll(batch: readonly Waiting[]): Placed[] {
    const at = this.clock.now();
    const ends = new Map<string, Tail>();
    return batch.map((waiting) => {
      const { draft } = waiting;
      const end = ends.get(draft.chatId) ?? this.tails.get(draft.chatId) ?? NO_MESSAGES;
      const place = nextPlace(end, draft.fromStudent, at);
      ends.set(draft.chatId, place);
      return { waiting, record: recordOf(draft, place, at) };
    });
  }

  /** The first of these was refused: the next try is at once, further ones after a rest. */
  private async settleRefused(rest: readonly Waiting[], by: 'seq' | 'id'): Promise<Waiting[]> {
    const [first] = rest;
    if (first && ++first.refusals > 1) await delay(REFUSED_DELAY_MS);
    if (by === 'id') return this.settleStored(rest);
    if (first) this.tails.delete(first.draft.chatId);
    return [...rest];
  }

  /** Answers those that the log has; returns the others. */
  private async settleStored(batch: readonly Waiting[]): Promise<Waiting[]> {
    const stored = await this.messages.stored(batch.map(({ draft }) => draft));
    return batch.filter((waiting) => {
      const found = stored.get(messageIdOf(waiting.draft).toHexString());
      if (!found) return true;
      if (isOf(found.message, waiting.draft)) {
        // After an unknown outcome it may be this call that stored it, and then nobody was told: told twice is harmless.
        waiting.resolve({ ...found, created: waiting.attempts > 0 });
      } else {
        waiting.reject(new DomainError('CONFLICT', { message: 'Another text was sent under this clientMessageId' }));
      }
      return false;
    });
  }

  /** Nobody said what became of these: forget the tails, ask the log, try the others again for a while. */
  private async settleUnknown(batch: readonly Waiting[], error: unknown): Promise<Waiting[]> {
    for (const waiting of batch) {
      waiting.attempts += 1;
      this.tails.delete(waiting.draft.chatId);
    }
    await delay(RETRY_DELAY_MS);
    const open = await this.settleStored(batch).catch(() => [...batch]);
    return open.filter((waiting) => {
      if (waiting.attempts < ATTEMPTS_MAX) return true;
      this.onUnknown(waiting.draft.chatId);
      waiting.reject(
        new DomainError('UNAVAILABLE', {
          message: 'The message could not be stored yet',
          retryAfterMs: DATABASE_RETRY_MS,
          cause: error,
        }),
      );
      return false;
    });
  }

  private remember(chatId: string, { seq, fromStudent, waitingSince }: Tail): void {
    this.tails.set(chatId, { seq, fromStudent, waitingSince });
  }
}
