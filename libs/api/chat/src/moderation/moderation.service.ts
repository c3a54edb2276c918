import { Injectable } from '@nestjs/common';
import { AuditLog, UserDirectory, type Caller } from '@course-chat/api/auth';
import { CourseDirectory, EnrollmentPolicy } from '@course-chat/api/enrollment';
import { DomainError, type Principal } from '@course-chat/api/kernel';
import { MESSAGE_PAGE, type ChatReading, type ModeratedPage } from '@course-chat/contracts';
import { ChatRepository } from '../chat.repository';
import { goneUser } from '../chat.view';
import { MessageRepository } from '../message.repository';

/** What administrators may see of chats that are not theirs: a page at a time, each with its reason in the audit. */
@Injectable()
export class ModerationService {
  constructor(
    private readonly policy: EnrollmentPolicy,
    private readonly chats: ChatRepository,
    private readonly messages: MessageRepository,
    private readonly users: UserDirectory,
    private readonly courses: CourseDirectory,
    private readonly audit: AuditLog,
  ) {}

  /** Recorded before a message is read: what can not be recorded is not shown. @throws DomainError FORBIDDEN, NOT_FOUND */
  async read(
    principal: Principal,
    chatId: string,
    { reason, before }: ChatReading,
    caller: Caller,
  ): Promise<ModeratedPage> {
    this.policy.assertMayModerate(principal);
    const chat = await this.chats.byId(chatId);
    if (!chat) throw new DomainError('NOT_FOUND');
    const { courseId, studentId, tutorId } = chat;
    await this.audit.note('chat_read_by_moderator', {
      actorId: principal.userId,
      chatId,
      courseId,
      detail: reason,
      caller,
    });
    const tail = await this.messages.tail(chatId);
    const end = Math.min(before ?? Number.MAX_SAFE_INTEGER, tail.seq + 1);
    const limit = MESSAGE_PAGE.default;
    const [items, users, course] = await Promise.all([
      this.messages.range(chatId, Math.max(1, end - limit), end - 1, limit),
      this.users.byIds([studentId, tutorId]),
      this.courses.byId(courseId),
    ]);
    return {
      chat: {
        id: chatId,
        course: { id: courseId, title: course?.title ?? '' },
        student: users.get(studentId) ?? goneUser(studentId, 'student'),
        tutor: users.get(tutorId) ?? goneUser(tutorId, 'tutor'),
        lastSeq: tail.seq,
      },
      items,
      hasOlder: (items[0]?.seq ?? 1) > 1,
    };
  }
}
