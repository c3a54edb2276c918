import { Injectable, Logger } from '@nestjs/common';
import { addressKey, DomainError, RateLimits } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import type { LoginBody, RegisterBody, Session, User } from '@course-chat/contracts';
import { AccessTokens } from './access-token';
import { AuditLog } from './audit/audit-log';
import type { Caller } from './caller';
import { LoginThrottle } from './login-throttle';
import { PasswordHasher } from './password-hasher';
import { PrincipalVerifier } from './principal-verifier';
import { SessionRepository, type RefreshedSession } from './session.repository';
import { UserRepository, type Credentials } from './user.repository';

/** A session to answer with, and the refresh token for the cookie. */
export interface OpenedSession {
  readonly session: Session;
  readonly refreshToken: string;
}

@Injectable()
export class AuthService {
  private readonly logger = new Logger(AuthService.name);

  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly passwords: PasswordHasher,
    private readonly tokens: AccessTokens,
    private readonly verifier: PrincipalVerifier,
    private readonly limits: RateLimits,
    private readonly throttle: LoginThrottle,
    private readonly audit: AuditLog,
    private readonly hub: RealtimeHub,
  ) {}

  /** Makes a student's account. @throws DomainError CONFLICT when the address has one. */
  async register(body: RegisterBody, caller: Caller): Promise<OpenedSession> {
    const from = addressKey(caller.address);
    await this.limits.consume('register', from);
    await this.limits.assertLeft('registerTaken', from);
    const passwordHash = await this.passwords.hash(body.password);
    const user = await this.users.create({ email: body.email, name: body.name, role: 'student', passwordHash });
    if (!user) {
      await this.limits.note('registerTaken', from);
      throw new DomainError('CONFLICT', { fields: [{ path: 'email', message: 'This address has an account' }] });
    }
    await this.audit.note('registered', { actorId: user.id, subjectId: user.id, caller });
    return this.open(user, await this.begin(user.id, caller));
  }

  /** @throws DomainError UNAUTHENTICATED, alike in words and time for an unknown account and a wrong password. */
  async login(body: LoginBody, caller: Caller): Promise<OpenedSession> {
    const ownerOf = async () => (await this.users.credentialsByEmail(body.email))?.user.id ?? null;
    const attempt = await this.throttle.admit(body.email, caller, ownerOf);
    const known = await this.users.credentialsByEmail(body.email);
    const fits = await this.passwords.verify(known?.passwordHash ?? null, body.password);
    if (!known || !fits) {
      await attempt.failed();
      await this.audit.note('login_failed', { subjectId: known?.user.id, caller });
      throw new DomainError('UNAUTHENTICATED', { message: 'E-mail or password is wrong' });
    }
    await attempt.succeeded();
    await this.audit.note('logged_in', { actorId: known.user.id, subjectId: known.user.id, caller });
    const session = await this.begin(known.user.id, caller);
    await this.assertStillFits(known, body.password, session);
    await this.renewHash(known, body.password);
    return this.open(known.user, session);
  }

  /** @throws DomainError UNAUTHENTICATED; a reused token also ends its login and closes its sockets. */
  async refresh(refreshToken: string | undefined, caller: Caller): Promise<OpenedSession> {
    const outcome = refreshToken ? await this.sessions.rotate(refreshToken, caller) : ({ status: 'unknown' } as const);
    if (outcome.status === 'reused') {
      this.hub.endSession(outcome.sessionId, 'refresh_reused');
      await this.audit.note('session_ended', { subjectId: outcome.userId, detail: 'refresh token reused', caller });
    }
    const user = outcome.status === 'ok' ? await this.users.byId(outcome.session.userId) : null;
    if (outcome.status !== 'ok' || !user) throw new DomainError('UNAUTHENTICATED');
    return this.open(user, outcome.session);
  }

  /** Ends the logins that these tokens belong to and closes their sockets. Unknown tokens change nothing. */
  async logout(tokens: { refreshToken?: string; accessToken?: string }, caller: Caller): Promise<void> {
    const ended = new Map<string, string>();
    const byCookie = tokens.refreshToken ? await this.sessions.endByToken(tokens.refreshToken) : null;
    if (byCookie) ended.set(byCookie.sessionId, byCookie.userId);
    const byToken = tokens.accessToken ? await this.verifier.principalOf(tokens.accessToken) : null;
    if (byToken && (await this.sessions.endOne(byToken.userId, byToken.sessionId))) {
      ended.set(byToken.sessionId, byToken.userId);
    }
    for (const [sessionId, userId] of ended) {
      this.hub.endSession(sessionId, 'logout');
      await this.audit.note('session_ended', { actorId: userId, subjectId: userId, detail: 'logout', caller });
    }
  }

  async me(userId: string): Promise<User> {
    const user = await this.users.byId(userId);
    if (!user) throw new DomainError('UNAUTHENTICATED');
    return user;
  }

  /** Begins a login, and closes the sockets of those that had to make room for it. */
  private async begin(userId: string, caller: Caller): Promise<RefreshedSession> {
    const { ended, ...session } = await this.sessions.create(userId, caller);
    for (const sessionId of ended) {
      this.hub.endSession(sessionId, 'ended');
      await this.audit.note('session_ended', { subjectId: userId, detail: 'too many logins', caller });
    }
    return session;
  }

  /** A new password ends every login but one: also one that was being checked against the old password meanwhile. */
  private async assertStillFits({ user, passwordHash }: Credentials, password: string, session: RefreshedSession) {
    const now = await this.users.passwordHashOf(user.id);
    if (now === passwordHash || (await this.passwords.verify(now, password))) return;
    await this.sessions.end(session.sessionId);
    throw new DomainError('UNAUTHENTICATED', { message: 'E-mail or password is wrong' });
  }

  /** Makes the stored hash as costly as those of today; only the right password can. A login does not depend on it. */
  private async renewHash({ user, passwordHash }: Credentials, password: string): Promise<void> {
    if (passwordHash === null || !this.passwords.isOutdated(passwordHash)) return;
    try {
      await this.users.replacePassword(user.id, passwordHash, await this.passwords.hash(password));
    } catch (error) {
      this.logger.debug(error);
    }
  }

  private open(user: User, session: RefreshedSession): OpenedSession {
    return { session: { ...this.tokens.sign(user, session.sessionId), user }, refreshToken: session.refreshToken };
  }
}
