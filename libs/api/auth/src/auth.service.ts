import { Injectable } from '@nestjs/common';
import { DomainError, RateLimits } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import type { LoginBody, RegisterBody, Session, User } from '@course-chat/contracts';
import { AccessTokens } from './access-token';
import { PasswordHasher } from './password-hasher';
import { SessionRepository, type RefreshedSession } from './session.repository';
import { UserRepository } from './user.repository';

/** A session to answer with, and the refresh token for the cookie; null leaves the cookie as it is. */
export interface OpenedSession {
  readonly session: Session;
  readonly refreshToken: string | null;
}

@Injectable()
export class AuthService {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly passwords: PasswordHasher,
    private readonly tokens: AccessTokens,
    private readonly limits: RateLimits,
    private readonly hub: RealtimeHub,
  ) {}

  /** Makes a student's account. @throws DomainError CONFLICT when the address has one. */
  async register(body: RegisterBody, address: string): Promise<OpenedSession> {
    await this.limits.consume('register', address);
    const passwordHash = await this.passwords.hash(body.password);
    const user = await this.users.create({ email: body.email, name: body.name, role: 'student', passwordHash });
    if (!user)
      throw new DomainError('CONFLICT', { fields: [{ path: 'email', message: 'This address has an account' }] });
    return this.open(user, await this.sessions.create(user.id));
  }

  /** @throws DomainError UNAUTHENTICATED, alike in words and time for an unknown account and a wrong password. */
  async login(body: LoginBody, address: string): Promise<OpenedSession> {
    const attempts = `${body.email}|${address}`;
    await this.limits.consume('login', attempts);
    const known = await this.users.credentialsByEmail(body.email);
    const fits = await this.passwords.verify(known?.passwordHash ?? null, body.password);
    if (!known || !fits) throw new DomainError('UNAUTHENTICATED', { message: 'E-mail or password is wrong' });
    await this.limits.forgive('login', attempts);
    return this.open(known.user, await this.sessions.create(known.user.id));
  }

  /** @throws DomainError UNAUTHENTICATED; a reused token also ends its login and closes its sockets. */
  async refresh(refreshToken: string | undefined): Promise<OpenedSession> {
    const outcome = refreshToken ? await this.sessions.rotate(refreshToken) : ({ status: 'unknown' } as const);
    if (outcome.status === 'reused') this.hub.endSession(outcome.sessionId, 'refresh_reused');
    const user = outcome.status === 'ok' ? await this.users.byId(outcome.session.userId) : null;
    if (outcome.status !== 'ok' || !user) throw new DomainError('UNAUTHENTICATED');
    return this.open(user, outcome.session);
  }

  /** Ends the logins that these tokens belong to and closes their sockets. Unknown tokens change nothing. */
  async logout(tokens: { refreshToken?: string; accessToken?: string }): Promise<void> {
    const byCookie = tokens.refreshToken ? await this.sessions.endByToken(tokens.refreshToken) : null;
    const byToken = tokens.accessToken ? this.tokens.sessionOf(tokens.accessToken) : null;
    if (byToken) await this.sessions.end(byToken);
    for (const sessionId of new Set([byCookie, byToken])) {
      if (sessionId) this.hub.endSession(sessionId, 'logout');
    }
  }

  async me(userId: string): Promise<User> {
    const user = await this.users.byId(userId);
    if (!user) throw new DomainError('UNAUTHENTICATED');
    return user;
  }

  private open(user: User, session: RefreshedSession): OpenedSession {
    return { session: { ...this.tokens.sign(user, session.sessionId), user }, refreshToken: session.refreshToken };
  }
}
