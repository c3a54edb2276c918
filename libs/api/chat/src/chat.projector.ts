import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@course-chat/api/kernel';
import { NodeWatch } from '@course-chat/api/realtime';
import { previewOf } from '@course-chat/contracts';
import { ChatRepository } from './chat.repository';
import type { ProjectionUpdate } from './chat-updates';
import type { LoggedMessage } from './message-record';
import { MessageRepository } from './message.repository';
import { pauseAfter } from './round-pace';

const RETRY_MS = 500;
/** How far before the newest projected change the start looks for what a crash left behind. */
const REPAIR_OVERLAP_MS = 60_000;
/**
 * How much further it looks, since messages are stamped by the clock of the node that wrote them and changes by the
 * database's. How far this node's clock is off can be asked and is added; that of a node that was killed can not, nor what
 * this one showed before it was set right. Nodes that ask for the time are well within two minutes; to look further costs
 * a start more messages to read.
 */
const CLOCK_MARGIN_MS = 120_000;

/** The newest that is known of a chat and not written yet. */
interface News {
  readonly logged: LoggedMessage;
  readonly lastRev: number;
}

interface Write {
  readonly chatIds: ReadonlySet<string>;
  readonly done: Promise<void>;
}

/** Writes the chats' last message, activity and unread counts behind the log, coalesced, and repairs them from it. */
@Injectable()
export class ChatProjector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ChatProjector.name);
  private readonly dirty = new Map<string, News>();
  private readonly underWay = new Set<Write>();
  /** Who waits for the next round. */
  private followers: ((round: Promise<unknown>) => void)[] = [];
  private running = false;
  private closing = false;

  constructor(
    private readonly chats: ChatRepository,
    private readonly messages: MessageRepository,
    private readonly nodes: NodeWatch,
  ) {}

  /** The log has this: a message was stored, edited or deleted. Told again, nothing changes. */
  logged(logged: LoggedMessage): void {
    this.note({ logged, lastRev: logged.message.rev });
  }

  /**
   * Resolves when what was noted of these chats, or of all, is written: at once where nothing waits.
   * @throws DomainError UNAVAILABLE when the database does not take it now
   */
  async settled(chatIds?: readonly string[]): Promise<void> {
    const wanted = chatIds ?? [...this.dirty.keys()];
    await Promise.all([this.underWayOf(chatIds), this.write(this.take(wanted))]);
  }

  /**
   * Resolves when what was noted of these chats is written by the rounds: unlike `settled`, it hurries nothing.
   * @throws DomainError UNAVAILABLE when the database does not take it now
   */
  async written(chatIds: readonly string[]): Promise<void> {
    const isWaiting = chatIds.some((id) => this.dirty.has(id));
    await (isWaiting ? new Promise<unknown>((resolve) => this.followers.push(resolve)) : this.underWayOf(chatIds));
  }

  async onApplicationBootstrap(): Promise<void> {
    this.nodes.died.subscribe(() => void this.repairSurely());
    await this.repairSurely();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.settled().catch(() =>
      this.logger.warn('Stopped before the projection was written; the next start repairs it'),
    );
  }

  /** Repairs, and tries again for as long as the database is away: a start waits for it. Never throws. */
  private async repairSurely(): Promise<void> {
    while (!this.closing) {
      try {
        return await this.repair();
      } catch (error) {
        this.logger.warn(`Repair is late: ${error instanceof Error ? error.message : 'unknown'}`);
        await delay(RETRY_MS);
      }
    }
  }

  /** Brings chats up to the log: what a node that was killed had noted and not written. */
  private async repair(): Promise<void> {
    const newest = await this.chats.newestChange();
    if (!newest) return;
    const lookBackMs = REPAIR_OVERLAP_MS + CLOCK_MARGIN_MS + (await this.clockErrorMs());
    await this.catchUp(await this.messages.chatsWrittenSince(new Date(newest.getTime() - lookBackMs)));
  }

  /** How far this node's clock and the database's are apart. */
  private async clockErrorMs(): Promise<number> {
    return Math.abs((await this.chats.now()).getTime() - Date.now());
  }

  /**
   * Brings these chats up to the log, whichever node wrote to it.
   * @throws DomainError UNAVAILABLE
   */
  async catchUp(chatIds: readonly string[]): Promise<void> {
    for (const chatId of chatIds) {
      const [tail, lastRev] = await Promise.all([this.messages.tail(chatId), this.messages.lastRev(chatId)]);
      const logged = await this.messages.bySeq(chatId, tail.seq);
      if (logged) this.note({ logged, lastRev });
    }
    await this.settled(chatIds);
  }

  private note(news: News): void {
    const { chatId } = news.logged.message;
    const known = this.dirty.get(chatId);
    this.dirty.set(chatId, known ? merge(known, news) : news);
    if (!this.running) void this.run();
  }

  /** Writes round after round while there is something to write: the first at once. Never throws. */
  private async run(): Promise<void> {
    this.running = true;
    while (this.dirty.size > 0 && !this.closing) {
      const began = performance.now();
      const news = this.take([...this.dirty.keys()]);
      const round = this.write(news);
      this.tellFollowers();
      const isWritten = await round.then(
        () => true,
        () => false,
      );
      await delay(isWritten ? pauseAfter(performance.now() - began, news.length) : RETRY_MS);
    }
    this.running = false;
    this.tellFollowers();
  }

  /** What a follower waits for is in one of the writes under way: of this round, or of a reader who could not wait. */
  private tellFollowers(): void {
    const writes = this.underWayOf();
    for (const follow of this.followers.splice(0)) follow(writes);
    // Whoever follows hears of a failure; without followers nobody has to.
    writes.catch(() => undefined);
  }

  private async underWayOf(chatIds?: readonly string[]): Promise<void> {
    const writes = [...this.underWay].filter((write) => !chatIds || chatIds.some((id) => write.chatIds.has(id)));
    await Promise.all(writes.map(({ done }) => done));
  }

  private take(chatIds: readonly string[]): News[] {
    return chatIds.flatMap((id) => {
      const news = this.dirty.get(id);
      this.dirty.delete(id);
      return news ? [news] : [];
    });
  }

  private write(news: readonly News[]): Promise<void> {
    if (news.length === 0) return Promise.resolve();
    const write: Write = {
      chatIds: new Set(news.map(({ logged }) => logged.message.chatId)),
      done: this.project(news).finally(() => this.underWay.delete(write)),
    };
    this.underWay.add(write);
    return write.done;
  }

  /** Order does not matter: the newer news wins in the database. What could not be written is noted again. */
  private async project(news: readonly News[]): Promise<void> {
    try {
      await this.chats.project(news.map(updateOf));
    } catch (error) {
      this.logger.warn(`Projection is late: ${error instanceof Error ? error.name : 'unknown'}`);
      for (const one of news) this.note(one);
      throw new DomainError('UNAVAILABLE', { retryAfterMs: RETRY_MS, cause: error });
    }
  }
}

function updateOf({ logged: { message, fromStudent, waitingSince }, lastRev }: News): ProjectionUpdate {
  const { chatId, seq, rev, senderId } = message;
  const createdAt = new Date(message.createdAt);
  const last = { seq, fromStudent, waitingSince, rev, senderId, preview: previewOf(message), createdAt };
  return { chatId, last, lastRev };
}

function merge(known: News, news: News): News {
  const [a, b] = [known.logged.message, news.logged.message];
  const isNewer = b.seq > a.seq || (b.seq === a.seq && b.rev > a.rev);
  return { logged: isNewer ? news.logged : known.logged, lastRev: Math.max(known.lastRev, news.lastRev) };
}
