import { Injectable } from '@nestjs/common';
import { EnrollmentPolicy } from '@course-chat/api/enrollment';
import { Clock, DomainError, type Principal } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import type { CommandPayload, ReadState } from '@course-chat/contracts';
import { ChatDirectory } from './chat-directory';
import { ChatRepository, type StoredChat } from './chat.repository';
import { ChatProjector } from './chat.projector';
import { sideOf } from './chat.view';
import { MessageRepository } from './message.repository';
import { UnreadNotifier } from './unread-notifier';

/** Read and delivered: two positions a member, which only grow and never pass the end of the chat. */
@Injectable()
export class ReceiptService {
  constructor(
    private readonly directory: ChatDirectory,
    private readonly policy: EnrollmentPolicy,
    private readonly chats: ChatRepository,
    private readonly messages: MessageRepository,
    private readonly projector: ChatProjector,
    private readonly unread: UnreadNotifier,
    private readonly hub: RealtimeHub,
    private readonly clock: Clock,
  ) {}

  /** What is read was also delivered. @throws DomainError NOT_FOUND */
  markRead(principal: Principal, command: CommandPayload<'mark_read'>): Promise<ReadState> {
    return this.advance(principal, command, true);
  }

  /** @throws DomainError NOT_FOUND */
  markDelivered(principal: Principal, command: CommandPayload<'mark_delivered'>): Promise<ReadState> {
    return this.advance(principal, command, false);
  }

  private async advance(principal: Principal, { chatId, seq }: CommandPayload<'mark_read'>, read: boolean): Promise<ReadState> {
    const members = await this.directory.membersOf(chatId);
    this.policy.assertMember(principal, members);
    const side = sideOf(principal.userId, members);
    const position = await this.positionAt(chatId, seq);
    await this.projector.settled();
    const before = await this.chats.byId(chatId);
    const outcome = await this.chats.advance(chatId, side, position.seq, read ? position : null);
    if (!before || !outcome) throw new DomainError('NOT_FOUND');
    const now = outcome.chat.record[side];
    if (outcome.moved) {
      const event = { chatId, userId: principal.userId, at: this.clock.now().toISOString() };
      const both = [members.studentId, members.tutorId];
      if (now.deliveredSeq > before.record[side].deliveredSeq) {
        this.hub.toUsers(both, 'chat_delivered', { ...event, seq: now.deliveredSeq });
      }
      if (now.readSeq > before.record[side].readSeq) {
        this.hub.toUsers(both, 'chat_read', { ...event, seq: now.readSeq });
        this.unread.changed(chatId, members, side);
      }
    }
    return readStateOf(outcome.chat, side);
  }

  /** The place a mark means: the end of the chat for anything beyond it. */
  private async positionAt(chatId: string, seq: number): Promise<{ seq: number; fromStudent: number }> {
    if (seq === 0) return { seq: 0, fromStudent: 0 };
    const there = await this.messages.bySeq(chatId, seq);
    return there ? { seq, fromStudent: there.fromStudent } : this.messages.tail(chatId);
  }
}

function readStateOf(chat: StoredChat, side: 'student' | 'tutor'): ReadState {
  const { readSeq, deliveredSeq } = chat.record[side];
  return { chatId: chat.id, readSeq, deliveredSeq, unreadCount: chat.record.unread[side] };
}
