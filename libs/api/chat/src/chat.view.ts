import { Injectable } from '@nestjs/common';
import { UserDirectory } from '@course-chat/api/auth';
import { CourseDirectory, EnrollmentPolicy } from '@course-chat/api/enrollment';
import { PresenceService } from '@course-chat/api/presence';
import type { Chat, Receipts, User } from '@course-chat/contracts';
import type { ReceiptsRecord } from './chat.schema';
import type { StoredChat } from './chat.repository';
import type { Side } from './chat-updates';

/** What a viewer sees of a person whose account is gone. */
export function goneUser(id: string, role: Side): User {
  return { id, name: 'Deleted account', role, avatarUrl: null, deleted: true };
}

/** Makes the wire's Chat of stored chats: the same record, seen by one of its members. */
@Injectable()
export class ChatView {
  constructor(
    private readonly users: UserDirectory,
    private readonly courses: CourseDirectory,
    private readonly policy: EnrollmentPolicy,
    private readonly presence: PresenceService,
  ) {}

  /**
   * The chats in the given order, as `viewerId` sees them. Whatever query found them, only members see one.
   * @throws DomainError NOT_FOUND
   */
  async of(viewerId: string, chats: readonly StoredChat[]): Promise<Chat[]> {
    for (const chat of chats) this.policy.assertMember({ userId: viewerId }, chat);
    const [users, presence, courses, access] = await Promise.all([
      this.users.byIds(chats.flatMap((chat) => [chat.studentId, chat.tutorId])),
      this.presence.statusOf([...new Set(chats.map((chat) => peerOf(viewerId, chat)))]),
      Promise.all(chats.map((chat) => this.courses.byId(chat.courseId))),
      Promise.all(chats.map((chat) => this.policy.accessOf(chat))),
    ]);
    return chats.map((chat, index): Chat => {
      const { record } = chat;
      const mine = sideOf(viewerId, chat);
      const theirs: Side = mine === 'student' ? 'tutor' : 'student';
      const status = presence.get(peerOf(viewerId, chat));
      return {
        id: chat.id,
        course: { id: chat.courseId, title: courses[index]?.title ?? '' },
        student: users.get(chat.studentId) ?? goneUser(chat.studentId, 'student'),
        tutor: users.get(chat.tutorId) ?? goneUser(chat.tutorId, 'tutor'),
        lastSeq: record.last?.seq ?? 0,
        lastRev: record.lastRev,
        lastMessage: record.last && {
          seq: record.last.seq,
          senderId: record.last.senderId.toHexString(),
          preview: record.last.preview,
          createdAt: record.last.createdAt.toISOString(),
          waitingSince: record.last.waitingSince?.toISOString() ?? null,
        },
        unreadCount: record.unread[mine],
        me: receiptsOf(record[mine]),
        peer: {
          ...receiptsOf(record[theirs]),
          online: status?.online ?? false,
          lastSeenAt: status?.lastSeenAt ?? null,
        },
        access: access[index] ?? 'read_only',
        updatedAt: record.activityAt.toISOString(),
      };
    });
  }

  async one(viewerId: string, chat: StoredChat): Promise<Chat> {
    const [view] = await this.of(viewerId, [chat]);
    if (!view) throw new Error('One chat in, one view out');
    return view;
  }
}

/** Which side of a chat a member is on. */
export function sideOf(userId: string, chat: { studentId: string }): Side {
  return userId === chat.studentId ? 'student' : 'tutor';
}

/** The other member. */
export function peerOf(userId: string, chat: { studentId: string; tutorId: string }): string {
  return userId === chat.studentId ? chat.tutorId : chat.studentId;
}

function receiptsOf(record: ReceiptsRecord): Receipts {
  return { readSeq: record.readSeq, deliveredSeq: record.deliveredSeq };
}
