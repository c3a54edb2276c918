import { Injectable } from '@nestjs/common';
import type { ChatMembers } from '@course-chat/api/enrollment';
import { ExpiringCache } from '@course-chat/api/kernel';
import { ChatRepository } from './chat.repository';

/** Members never change, so this only bounds how long an erased chat is remembered. */
const BELIEVED_MS = 10 * 60_000;
const REMEMBERED_CHATS = 100_000;

/** Who a chat joins, without asking the database for every message. */
@Injectable()
export class ChatDirectory {
  private readonly cache = new ExpiringCache<ChatMembers | null>(BELIEVED_MS, REMEMBERED_CHATS);

  constructor(private readonly chats: ChatRepository) {}

  async membersOf(chatId: string): Promise<ChatMembers | null> {
    const members = await this.cache.get(chatId, async () => {
      const chat = await this.chats.byId(chatId);
      return chat && { courseId: chat.courseId, studentId: chat.studentId, tutorId: chat.tutorId };
    });
    if (!members) this.cache.forget(chatId);
    return members;
  }
}
