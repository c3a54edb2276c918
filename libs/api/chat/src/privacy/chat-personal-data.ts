import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { PersonalData, UserDirectory, type PersonalDataHolder } from '@course-chat/api/auth';
import { CourseDirectory } from '@course-chat/api/enrollment';
import { Clock } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import { contentOf, type OwnChat, type OwnMessage } from '@course-chat/contracts';
import { ChatProjector } from '../chat.projector';
import { ChatRepository, type StoredChat } from '../chat.repository';
import { ChatTerms } from '../chat-terms';
import { goneUser, peerOf, sideOf } from '../chat.view';
import { MessageRepository } from '../message.repository';

/** Between two batches, so that the other side's devices and everybody else keep up. */
const PAUSE_MS = 20;

/** What a person wrote, and to whom. */
@Injectable()
export class ChatPersonalData implements PersonalDataHolder {
  readonly sections = {
    chats: (userId: string) => this.chatsOf(userId),
    messages: (userId: string) => this.messagesOf(userId),
  };

  constructor(
    private readonly chats: ChatRepository,
    private readonly messages: MessageRepository,
    private readonly projector: ChatProjector,
    private readonly terms: ChatTerms,
    private readonly users: UserDirectory,
    private readonly courses: CourseDirectory,
    private readonly hub: RealtimeHub,
    private readonly clock: Clock,
    data: PersonalData,
  ) {
    data.register(this);
  }

  /**
   * Takes the text of all their messages away and leaves the places, as a deletion by themselves would: each gets a rev,
   * so that every device hears of it, now or when it comes back. The other side keeps what it wrote.
   */
  async erase(userId: string, signal: AbortSignal): Promise<void> {
    for await (const chat of this.chats.allOf(userId)) {
      await this.eraseTexts(userId, chat, signal);
      // Also what another node erased, and was stopped before it told.
      await this.projector.catchUp([chat.id]);
      // Not found by a name any more that nobody has, and both lists show that the account is gone.
      await this.terms.refresh(chat);
    }
  }

  private async eraseTexts(userId: string, chat: StoredChat, signal: AbortSignal): Promise<void> {
    let after: number | null = 0;
    while (after !== null) {
      signal.throwIfAborted();
      const batch = await this.messages.eraseTexts(chat.id, userId, after, this.clock.now());
      for (const logged of batch.erased) {
        this.projector.logged(logged);
        this.hub.toUsers([chat.studentId, chat.tutorId], 'message_updated', { message: logged.message });
      }
      after = batch.next;
      if (after !== null) await delay(PAUSE_MS);
    }
  }

  private async *chatsOf(userId: string): AsyncIterable<OwnChat> {
    for await (const chat of this.chats.allOf(userId)) {
      const peer = peerOf(userId, chat);
      const side = sideOf(userId, chat);
      yield {
        id: chat.id,
        course: { id: chat.courseId, title: (await this.courses.byId(chat.courseId))?.title ?? '' },
        with: (await this.users.byId(peer)) ?? goneUser(peer, side === 'student' ? 'tutor' : 'student'),
        readSeq: chat.record[side].readSeq,
        deliveredSeq: chat.record[side].deliveredSeq,
        updatedAt: chat.record.activityAt.toISOString(),
      };
    }
  }

  private async *messagesOf(userId: string): AsyncIterable<OwnMessage> {
    for await (const chat of this.chats.allOf(userId)) {
      for await (const message of this.messages.writtenBy(chat.id, userId)) {
        const { chatId, seq, createdAt, editedAt, deletedAt } = message;
        yield { chatId, seq, ...contentOf(message), createdAt, editedAt, deletedAt };
      }
    }
  }
}
