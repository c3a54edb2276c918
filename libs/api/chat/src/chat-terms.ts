import { Injectable, Logger } from '@nestjs/common';
import { UserDirectory } from '@course-chat/api/auth';
import { CourseDirectory } from '@course-chat/api/enrollment';
import { ChatRepository, type StoredChat } from './chat.repository';
import { ChatService } from './chat.service';
import { searchTerms } from './search-terms';

/** The words a chat is found by follow the names of its members. */
@Injectable()
export class ChatTerms {
  private readonly logger = new Logger(ChatTerms.name);

  constructor(
    private readonly chats: ChatRepository,
    private readonly courses: CourseDirectory,
    private readonly users: UserDirectory,
    private readonly service: ChatService,
  ) {
    users.renamed.subscribe((userId) => void this.follow(userId));
  }

  /** Brings a chat's words up to date and, where they were others, shows the chat to both lists anew. */
  async refresh(chat: StoredChat): Promise<void> {
    const [course, users] = await Promise.all([
      this.courses.byId(chat.courseId),
      this.users.byIds([chat.studentId, chat.tutorId]),
    ]);
    const terms = searchTerms(course?.title ?? '', ...[...users.values()].map(({ name }) => name));
    if (await this.chats.setTerms(chat.id, terms)) await this.service.announce(chat.id);
  }

  /** Never throws: the next change of the name tries again. */
  private async follow(userId: string): Promise<void> {
    try {
      for await (const chat of this.chats.allOf(userId)) await this.refresh(chat);
    } catch (error) {
      this.logger.warn(`Chats are still found by an old name: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }
}
