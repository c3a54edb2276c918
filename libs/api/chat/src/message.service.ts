import { Inject, Injectable } from '@nestjs/common';
import { EnrollmentPolicy, type ChatMembers } from '@course-chat/api/enrollment';
import { Clock, DomainError, type Principal } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import {
  isEditable,
  type CommandPayload,
  type Message,
  type MessagePage,
  type MessageQuery,
} from '@course-chat/contracts';
import { CHAT_OPTIONS, type ChatOptions } from './chat-options';
import type { Appended } from './append-lane';
import { ChatDirectory } from './chat-directory';
import { ChatProjector } from './chat.projector';
import { MessageFeed } from './message-feed';
import { MessageLog } from './message-log';
import { isOf, messageIdOf, type Change, type Draft } from './message-record';
import { MessageRepository } from './message.repository';
import { TypingService } from './typing.service';
import { UnreadNotifier } from './unread-notifier';

/** Tries of a change while others change the same chat. */
const CHANGE_TRIES = 20;

/** Messages: sending, changing and reading them. */
@Injectable()
export class MessageService {
  constructor(
    private readonly directory: ChatDirectory,
    private readonly policy: EnrollmentPolicy,
    private readonly log: MessageLog,
    private readonly messages: MessageRepository,
    private readonly projector: ChatProjector,
    private readonly unread: UnreadNotifier,
    private readonly typing: TypingService,
    private readonly hub: RealtimeHub,
    private readonly feed: MessageFeed,
    private readonly clock: Clock,
    @Inject(CHAT_OPTIONS) private readonly options: ChatOptions,
  ) {}

  /**
   * Stores a message and tells every device of both members. Sent again, it is the stored message and nobody is told.
   * @throws DomainError NOT_FOUND, READ_ONLY, CONFLICT, UNAVAILABLE
   */
  async send(
    principal: Principal,
    command: CommandPayload<'send_message'>,
  ): Promise<{ message: Message; created: boolean }> {
    const chat = await this.directory.membersFor(principal, command.chatId);
    const draft = { ...command, senderId: principal.userId, fromStudent: principal.userId === chat.studentId };
    const appended = (await this.storedBefore(principal, chat, draft)) ?? (await this.log.append(draft));
    // Also sent again: whoever stored it may not have come to this.
    this.projector.logged(appended);
    if (appended.created) {
      this.hub.toUsers([chat.studentId, chat.tutorId], 'message_created', { message: appended.message });
      this.typing.stopped(command.chatId, principal.userId);
      this.unread.changed(command.chatId, chat, principal.userId === chat.studentId ? 'tutor' : 'student');
      this.feed.stored.next({ message: appended.message, members: chat });
    }
    return { message: appended.message, created: appended.created };
  }

  /** @throws DomainError NOT_FOUND, FORBIDDEN for another's message or one of a kind that stays as it is, TOO_LATE after the window or once deleted, READ_ONLY */
  async edit(principal: Principal, command: CommandPayload<'edit_message'>): Promise<Message> {
    const chat = await this.writable(principal, command.chatId);
    return this.change(principal, chat, command, (seen, now) => {
      if (seen.deletedAt) throw new DomainError('TOO_LATE', { message: 'This message was deleted' });
      if (!isEditable(seen.type)) throw new DomainError('FORBIDDEN', { message: 'Messages of this kind stay as sent' });
      if (seen.text === command.text) return null;
      this.assertWithin(this.options.editWindowMs, seen, now);
      return { text: command.text, editedAt: now };
    });
  }

  /** Takes a message's text away for everyone; its place stays. Deleting twice is deleting once. */
  async remove(principal: Principal, command: CommandPayload<'delete_message'>): Promise<Message> {
    const chat = await this.writable(principal, command.chatId);
    return this.change(principal, chat, command, (seen, now) => {
      if (seen.deletedAt) return null;
      this.assertWithin(this.options.deleteWindowMs, seen, now);
      return { deletedAt: now };
    });
  }

  /** A page by seq. Since seq has no holes, "older" is a comparison and never a count. */
  async page(principal: Principal, chatId: string, query: MessageQuery): Promise<MessagePage> {
    await this.directory.membersFor(principal, chatId);
    const { limit } = query;
    if (query.before !== undefined) {
      const before = Math.max(1, query.before);
      // One more than asked for, at `before` itself: whether it is there says whether there is anything newer.
      const found = await this.messages.range(chatId, Math.max(1, before - limit), before, limit + 1);
      const reaches = before === 1 || (found.at(-1)?.seq ?? 0) >= before - 1;
      if (reaches)
        return pageOf(
          found.filter((message) => message.seq < before),
          found.at(-1)?.seq === before,
        );
      // Beyond the end: what comes before it is the newest page.
    }
    if (query.after !== undefined) return this.pageFrom(chatId, query.after + 1, limit);
    const tail = await this.messages.tail(chatId);
    if (query.around === undefined) return this.pageFrom(chatId, Math.max(1, tail.seq - limit + 1), limit);
    const middle = Math.min(Math.max(1, query.around), tail.seq) - Math.floor(limit / 2);
    return this.pageFrom(chatId, Math.max(1, Math.min(middle, tail.seq - limit + 1)), limit);
  }

  private async pageFrom(chatId: string, fromSeq: number, limit: number): Promise<MessagePage> {
    const found = await this.messages.range(chatId, fromSeq, Number.MAX_SAFE_INTEGER, limit + 1);
    const page = pageOf(found.slice(0, limit), found.length > limit);
    // Past the end there is nothing to compare with: older ones exist if there are any.
    return found.length > 0 ? page : { ...page, hasOlder: fromSeq > 1 && (await this.messages.tail(chatId)).seq > 0 };
  }

  private async writable(principal: Principal, chatId: string): Promise<ChatMembers> {
    const chat = await this.directory.membersFor(principal, chatId);
    await this.policy.assertMayWrite(principal, chat);
    return chat;
  }

  /**
   * What was stored before the chat became read-only stays stored: its sender may have missed the answer. Null where
   * writing is allowed. @throws DomainError READ_ONLY
   */
  private async storedBefore(principal: Principal, chat: ChatMembers, draft: Draft): Promise<Appended | null> {
    try {
      await this.policy.assertMayWrite(principal, chat);
      return null;
    } catch (refusal) {
      if (!(refusal instanceof DomainError) || refusal.code !== 'READ_ONLY') throw refusal;
      const stored = (await this.messages.stored([draft])).get(messageIdOf(draft).toHexString());
      if (!stored || !isOf(stored.message, draft)) throw refusal;
      return { ...stored, created: false };
    }
  }

  private async change(
    principal: Principal,
    chat: ChatMembers,
    { chatId, seq }: { chatId: string; seq: number },
    decide: (seen: Message, now: Date) => Change | null,
  ): Promise<Message> {
    for (let tries = 0; tries < CHANGE_TRIES; tries++) {
      const [seen, lastRev] = await Promise.all([this.messages.bySeq(chatId, seq), this.messages.lastRev(chatId)]);
      if (!seen) throw new DomainError('NOT_FOUND');
      if (seen.message.senderId !== principal.userId) throw new DomainError('FORBIDDEN');
      const set = decide(seen.message, this.clock.now());
      if (!set) {
        // Sent again: whoever changed it may not have come to this. The next digest tells what it did not.
        if (seen.message.rev > 0) this.projector.logged(seen);
        return seen.message;
      }
      // The message may have changed after the chat's last rev was read.
      const rev = Math.max(lastRev, seen.message.rev) + 1;
      const outcome = await this.messages.change(seen.message, rev, set).catch((error: unknown) => {
        this.log.doubt(chatId);
        throw error;
      });
      if (typeof outcome === 'object') {
        this.projector.logged(outcome);
        this.hub.toUsers([chat.studentId, chat.tutorId], 'message_updated', { message: outcome.message });
        return outcome.message;
      }
    }
    throw new DomainError('UNAVAILABLE', { message: 'This chat is changing too fast', retryAfterMs: 500 });
  }

  private assertWithin(windowMs: number, message: Message, now: Date): void {
    if (now.getTime() - Date.parse(message.createdAt) > windowMs) throw new DomainError('TOO_LATE');
  }
}

function pageOf(items: Message[], hasNewer: boolean): MessagePage {
  return { items, hasOlder: (items[0]?.seq ?? 1) > 1, hasNewer };
}
