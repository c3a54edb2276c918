import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock, DomainError } from '@course-chat/api/kernel';
import { AppendLane, type Appended } from './append-lane';
import { MessageRepository, type Draft } from './message.repository';

/** Writes under way at once. A chat always uses the same lane, so its messages stay in order. */
const LANES = 4;
/** Sends that may wait for their turn on this node before new ones are told to come back. */
const WAITING_MAX = 10_000;
const OVERLOAD_RETRY_MS = 1_000;

/** The log of every chat: each message gets the next seq, once, durably. */
@Injectable()
export class MessageLog implements BeforeApplicationShutdown {
  private readonly lanes: readonly AppendLane[];

  constructor(messages: MessageRepository, clock: Clock) {
    this.lanes = Array.from({ length: LANES }, () => new AppendLane(messages, clock));
  }

  /**
   * Appends a message; the same draft again answers the stored message.
   * @throws DomainError CONFLICT for another text under the same id, UNAVAILABLE when overloaded or without a database.
   */
  append(draft: Draft): Promise<Appended> {
    if (this.waiting() >= WAITING_MAX) {
      return Promise.reject(new DomainError('UNAVAILABLE', { message: 'Too busy', retryAfterMs: OVERLOAD_RETRY_MS }));
    }
    return this.laneOf(draft.chatId).append(draft);
  }

  /** Waits for the writes under way. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.idle()));
  }

  private waiting(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.waiting, 0);
  }

  private laneOf(chatId: string): AppendLane {
    // The last two hex digits of an ObjectId count up: an even spread.
    const lane = this.lanes[parseInt(chatId.slice(-2), 16) % LANES];
    if (!lane) throw new Error('There is a lane for every chat');
    return lane;
  }
}
