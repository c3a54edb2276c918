import { Injectable } from '@nestjs/common';
import { EnrollmentPolicy, type ChatMembers } from '@course-chat/api/enrollment';
import { ExpiringCache, type Principal } from '@course-chat/api/kernel';
import { ChatRepository } from './chat.repository';

/** Members never change, so this only bounds how long an erased chat is remembered. */
const BELIEVED_MS = 10 * 60_000;
const REMEMBERED_CHATS = 100_000;

/** Who a chat joins, without asking the database for every message. */
@Injectable()
export class ChatDirectory {
  private readonly cache = new ExpiringCache<ChatMembers | null>(BELIEVED_MS, REMEMBERED_CHATS);

  constructor(
    private readonly chats: ChatRepository,
    private readonly policy: EnrollmentPolicy,
  ) {}

  /**
   * The members of a chat, for one of them. For others a chat that is there and one that is not take the same time: one
   * read, also where it is known here already.
   * @throws DomainError NOT_FOUND
   */
  async membersFor(principal: Principal, chatId: string): Promise<ChatMembers> {
    let isRead = false;
    const members = await this.cache.get(chatId, () => {
      isRead = true;
      return this.read(chatId);
    });
    if (!members) this.cache.forget(chatId);
    else if (!isRead && !this.policy.isMember(principal.userId, members)) await this.read(chatId);
    this.policy.assertMember(principal, members);
    return members;
  }

  private async read(chatId: string): Promise<ChatMembers | null> {
    const chat = await this.chats.byId(chatId);
    return chat && { courseId: chat.courseId, studentId: chat.studentId, tutorId: chat.tutorId };
  }
}
