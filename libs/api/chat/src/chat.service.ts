import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { UserDirectory } from '@course-chat/api/auth';
import {
  CourseDirectory,
  CourseRepository,
  EnrollmentChanges,
  EnrollmentPolicy,
  EnrollmentRepository,
  type ChatMembers,
  type EnrollmentChange,
} from '@course-chat/api/enrollment';
import { decodeCursor, encodeCursor, type Principal } from '@course-chat/api/kernel';
import { RealtimeHub, type RealtimeSocket } from '@course-chat/api/realtime';
import {
  idSchema,
  type AvailableTutors,
  type Chat,
  type ChatPage,
  type ChatQuery,
  type StudentPage,
  type StudentQuery,
} from '@course-chat/contracts';
import * as z from 'zod/mini';
import { ChatDirectory } from './chat-directory';
import { ChatRepository, type Member, type StoredChat } from './chat.repository';
import { ChatProjector } from './chat.projector';
import { ChatView } from './chat.view';
import { searchTerms } from './search-terms';

const chatKeySchema = z.tuple([z.int(), idSchema]);
const studentKeySchema = z.tuple([idSchema]);

/** Chats: finding, making and opening them, and who may be written to. */
@Injectable()
export class ChatService implements OnApplicationBootstrap {
  private readonly logger = new Logger(ChatService.name);

  constructor(
    private readonly chats: ChatRepository,
    private readonly directory: ChatDirectory,
    private readonly view: ChatView,
    private readonly projector: ChatProjector,
    private readonly policy: EnrollmentPolicy,
    private readonly changes: EnrollmentChanges,
    private readonly enrollments: EnrollmentRepository,
    private readonly courses: CourseRepository,
    private readonly courseDirectory: CourseDirectory,
    private readonly users: UserDirectory,
    private readonly hub: RealtimeHub,
  ) {}

  onApplicationBootstrap(): void {
    this.changes.made.subscribe((change) => {
      this.accessChanged(change).catch((error: unknown) => this.logger.error(error));
    });
  }

  async list(principal: Principal, query: ChatQuery): Promise<ChatPage> {
    const member = memberOf(principal);
    const key = query.cursor ? decodeCursor(chatKeySchema, query.cursor) : null;
    await this.projector.settled();
    const [found, unreadTotal] = await Promise.all([
      this.chats.page(member, query.limit + 1, key && { at: key[0], id: key[1] }, query.q),
      this.chats.unreadTotal(member),
    ]);
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: await this.view.of(principal.userId, page),
      nextCursor: found.length > query.limit && last ? encodeCursor([last.record.activityAt.getTime(), last.id]) : null,
      unreadTotal,
    };
  }

  /** @throws DomainError NOT_FOUND */
  async get(principal: Principal, chatId: string): Promise<Chat> {
    return this.view.one(principal.userId, await this.mine(principal, chatId));
  }

  /** The chat of these three; made, and told to both, if it was not there. */
  async open(principal: Principal, members: ChatMembers): Promise<{ chat: Chat; created: boolean }> {
    await this.policy.assertMayOpen(members);
    const [course, users] = await Promise.all([
      this.courseDirectory.byId(members.courseId),
      this.users.byIds([members.studentId, members.tutorId]),
    ]);
    const names = [...users.values()].map((user) => user.name);
    const { chat, created } = await this.chats.open(members, searchTerms(course?.title ?? '', ...names));
    if (created) await this.tell(chat);
    return { chat: await this.view.one(principal.userId, chat), created };
  }

  /** Opens a chat on one device: joined first, then read, so that nothing falls in between. */
  async join(principal: Principal, chatId: string, socket: RealtimeSocket): Promise<Chat> {
    await this.mine(principal, chatId);
    await this.hub.joinChat(socket, chatId);
    return this.get(principal, chatId);
  }

  /** Tutors of the student's courses, each with the chat if there is one. */
  async availableTutors(principal: Principal): Promise<AvailableTutors> {
    const ids = await this.enrollments.activeCourseIds(principal.userId);
    const courses = new Map((await this.courses.byIds(ids)).map((course) => [course.id, course]));
    const pairs = ids.flatMap((courseId) =>
      (courses.get(courseId)?.tutorIds ?? []).map((tutorId) => ({ courseId, tutorId, studentId: principal.userId })),
    );
    const people = await this.withChats(pairs);
    return { items: people.flatMap(({ tutor, course, chatId }) => (tutor ? [{ tutor, course, chatId }] : [])) };
  }

  /** Students of the tutor's courses, newest enrolment first. @throws DomainError NOT_FOUND for a course of others. */
  async students(principal: Principal, query: StudentQuery): Promise<StudentPage> {
    if (query.courseId) await this.policy.assertTeaches(principal.userId, query.courseId);
    const courseIds = query.courseId ? [query.courseId] : await this.courses.idsOfTutor(principal.userId);
    const before = query.cursor ? decodeCursor(studentKeySchema, query.cursor)[0] : null;
    const found = await this.enrollments.pageOfStudents(courseIds, query.limit + 1, before);
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const people = await this.withChats(page.map((enrolled) => ({ ...enrolled, tutorId: principal.userId })));
    return {
      items: people.flatMap(({ student, course, chatId }) => (student ? [{ student, course, chatId }] : [])),
      nextCursor: found.length > query.limit && last ? encodeCursor([last.id]) : null,
    };
  }

  private async mine(principal: Principal, chatId: string): Promise<StoredChat> {
    // First: how long it takes must not tell a stranger whether somebody writes there.
    await this.directory.membersFor(principal, chatId);
    await this.projector.settled([chatId]);
    const chat = await this.chats.byId(chatId);
    this.policy.assertMember(principal, chat);
    return chat;
  }

  private async withChats(members: readonly ChatMembers[]) {
    const [chats, users, courses] = await Promise.all([
      this.chats.byMembers(members),
      this.users.byIds(members.flatMap(({ studentId, tutorId }) => [studentId, tutorId])),
      Promise.all(members.map(({ courseId }) => this.courseDirectory.byId(courseId))),
    ]);
    const chatIds = new Map(chats.map((chat) => [keyOf(chat), chat.id]));
    return members.map((pair, index) => ({
      student: users.get(pair.studentId),
      tutor: users.get(pair.tutorId),
      course: { id: pair.courseId, title: courses[index]?.title ?? '' },
      chatId: chatIds.get(keyOf(pair)) ?? null,
    }));
  }

  /** A purchase, a refund or a change of tutors: both members of each chat it touches hear of it at once. */
  private async accessChanged(change: EnrollmentChange): Promise<void> {
    const chats = await this.chats.ofCourse(change.courseId, change.studentId);
    await this.chats.touch(chats.map((chat) => chat.id));
    for (const chat of chats) await this.tell(chat);
  }

  /** Tells both members how a chat looks now. */
  async announce(chatId: string): Promise<void> {
    const chat = await this.chats.byId(chatId);
    if (chat) await this.tell(chat);
  }

  private async tell(chat: StoredChat): Promise<void> {
    for (const userId of [chat.studentId, chat.tutorId]) {
      this.hub.toUsers([userId], 'chat_updated', { chat: await this.view.one(userId, chat) });
    }
  }
}

/** The member that a student or a tutor is in all their chats. */
export function memberOf(principal: Principal): Member {
  return { side: principal.role === 'tutor' ? 'tutor' : 'student', userId: principal.userId };
}

function keyOf(members: ChatMembers): string {
  return `${members.courseId}.${members.studentId}.${members.tutorId}`;
}
