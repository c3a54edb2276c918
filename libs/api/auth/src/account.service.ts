import { Injectable } from '@nestjs/common';
import { DomainError, RateLimits, type Principal } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import type { Account, LoginSessions, PasswordChange } from '@course-chat/contracts';
import { AuditLog } from './audit/audit-log';
import type { Caller } from './caller';
import { PasswordHasher } from './password-hasher';
import { SessionRepository } from './session.repository';
import { UserRepository } from './user.repository';

/** What people do with their own account once they are logged in. */
@Injectable()
export class AccountService {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly passwords: PasswordHasher,
    private readonly limits: RateLimits,
    private readonly audit: AuditLog,
    private readonly hub: RealtimeHub,
  ) {}

  async get({ userId }: Principal): Promise<Account> {
    const account = await this.users.accountOf(userId);
    if (!account) throw new DomainError('UNAUTHENTICATED');
    return account;
  }

  async listSessions({ userId, sessionId }: Principal): Promise<LoginSessions> {
    const sessions = await this.sessions.ofUser(userId);
    return { items: sessions.map((session) => ({ ...session, current: session.id === sessionId })) };
  }

  /** @throws DomainError NOT_FOUND for a login that is over and for one of others, alike. */
  async endSession({ userId }: Principal, sessionId: string, caller: Caller): Promise<void> {
    if (!(await this.sessions.endOne(userId, sessionId))) throw new DomainError('NOT_FOUND');
    this.hub.endSession(sessionId, 'ended');
    await this.audit.note('session_ended', { actorId: userId, subjectId: userId, caller });
  }

  async endOtherSessions(principal: Principal, caller: Caller): Promise<void> {
    const { userId } = principal;
    if ((await this.endOthers(principal, 'ended')) === 0) return;
    await this.audit.note('session_ended', { actorId: userId, subjectId: userId, detail: 'all others', caller });
  }

  /** @throws DomainError FORBIDDEN when the present password is wrong, or when the account has none. */
  async changePassword(principal: Principal, change: PasswordChange, caller: Caller): Promise<void> {
    const { userId } = principal;
    await this.assertPassword(userId, change.currentPassword);
    const passwordHash = await this.passwords.hash(change.newPassword);
    await this.audit.note('password_changed', { actorId: userId, subjectId: userId, caller });
    await this.users.setPassword(userId, passwordHash);
    await this.endOthers(principal, 'password_changed');
  }

  /** @throws DomainError FORBIDDEN, RATE_LIMITED, UNAVAILABLE: a login left open is no way to guess the password. */
  async assertPassword(userId: string, password: string): Promise<void> {
    await this.limits.consume('password', userId);
    if (!(await this.passwords.verify(await this.users.passwordHashOf(userId), password))) {
      throw new DomainError('FORBIDDEN', { message: 'The present password is wrong' });
    }
  }

  /** @returns how many there were */
  private async endOthers({ userId, sessionId }: Principal, reason: string): Promise<number> {
    const ended = await this.sessions.endAll(userId, sessionId);
    for (const id of ended) this.hub.endSession(id, reason);
    return ended.length;
  }
}
