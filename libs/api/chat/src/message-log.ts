import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock, DomainError } from '@course-chat/api/kernel';
import { Subject } from 'rxjs';
import { AppendLane, type Appended } from './append-lane';
import type { Draft } from './message-record';
import { MessageRepository } from './message.repository';

/** Sends that may wait for their turn on this node before new ones are told to come back. */
const WAITING_MAX = 10_000;
const OVERLOAD_RETRY_MS = 1_000;

/** The log of every chat: each message gets the next seq, once, durably. */
@Injectable()
export class MessageLog implements BeforeApplicationShutdown {
  private readonly lane: AppendLane;
  private readonly unknowns = new Subject<string>();
  /** The chat of each message or change that was given up without knowing whether it is, or will be, stored. */
  readonly unknown = this.unknowns.asObservable();

  constructor(messages: MessageRepository, clock: Clock) {
    this.lane = new AppendLane(messages, clock, (chatId) => this.doubt(chatId));
  }

  /**
   * Appends a message; the same draft again answers the stored message.
   * @throws DomainError CONFLICT for another text under the same id, UNAVAILABLE when overloaded or without a database.
   */
  append(draft: Draft): Promise<Appended> {
    if (this.lane.waiting >= WAITING_MAX) {
      return Promise.reject(new DomainError('UNAVAILABLE', { message: 'Too busy', retryAfterMs: OVERLOAD_RETRY_MS }));
    }
    return this.lane.append(draft);
  }

  /** Nobody knows what became of a write to this chat. */
  doubt(chatId: string): void {
    this.unknowns.next(chatId);
  }

  /** Waits for the write under way. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.lane.idle();
  }
}
