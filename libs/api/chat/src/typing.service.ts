import { Injectable } from '@nestjs/common';
import { EnrollmentPolicy } from '@course-chat/api/enrollment';
import { DomainError, type Principal } from '@course-chat/api/kernel';
import { RealtimeHub, type Device, type RealtimeSocket } from '@course-chat/api/realtime';
import { TYPING_EXPIRES_MS } from '@course-chat/contracts';
import { ChatDirectory } from './chat-directory';

/** Who is typing where. Nothing is stored: the receiver forgets by itself, this only tells it sooner. */
@Injectable()
export class TypingService {
  /** Since when each `chatId.userId` types and from which socket; entries older than the expiry mean nothing. */
  private readonly typing = new Map<string, { socketId: string; until: number }>();

  constructor(
    private readonly directory: ChatDirectory,
    private readonly policy: EnrollmentPolicy,
    private readonly hub: RealtimeHub,
  ) {}

  /** @throws DomainError NOT_FOUND, READ_ONLY */
  async start(principal: Principal, chatId: string, socket: Pick<Device, 'id' | 'connected'>): Promise<void> {
    const chat = await this.directory.membersFor(principal, chatId);
    await this.policy.assertMayWrite(principal, chat);
    if (!socket.connected) throw new DomainError('UNAUTHENTICATED');
    this.typing.set(`${chatId}.${principal.userId}`, { socketId: socket.id, until: Date.now() + TYPING_EXPIRES_MS });
    this.hub.toChat(chatId, principal.userId, 'typing_started', {
      chatId,
      userId: principal.userId,
      expiresInMs: TYPING_EXPIRES_MS,
    });
  }

  /**
   * @param socket the device that stops; what another one of the same person is typing goes on. Without one all of it ends.
   * @throws DomainError NOT_FOUND
   */
  async stop(principal: Principal, chatId: string, socket?: Pick<Device, 'id'>): Promise<void> {
    await this.directory.membersFor(principal, chatId);
    const entry = this.typing.get(`${chatId}.${principal.userId}`);
    if (socket && entry?.socketId !== socket.id) return;
    this.stopped(chatId, principal.userId);
  }

  /** Somebody's typing ended, by a message, a stop or a leave; said only if it was going on. */
  stopped(chatId: string, userId: string): void {
    const key = `${chatId}.${userId}`;
    const entry = this.typing.get(key);
    if (!entry) return;
    this.typing.delete(key);
    if (entry.until > Date.now()) this.hub.toChat(chatId, userId, 'typing_stopped', { chatId, userId });
  }

  /** A device left: what it was typing is over. */
  socketLeft(socket: RealtimeSocket): void {
    for (const [key, entry] of this.typing) {
      if (entry.socketId !== socket.id) continue;
      const [chatId, userId] = key.split('.');
      if (chatId && userId) this.stopped(chatId, userId);
    }
  }
}
