import { Injectable } from '@nestjs/common';
import { DomainError, type Principal } from '@course-chat/api/kernel';
import { SocketAuthenticator } from '@course-chat/api/realtime';
import { AccessTokens } from './access-token';
import { SessionRepository } from './session.repository';
import { UserRepository } from './user.repository';

/** A token is believed only while its login stands and its account is there; REST and sockets ask the same. */
@Injectable()
export class PrincipalVerifier extends SocketAuthenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
  ) {
    super();
  }

  override authenticate(token: unknown): Promise<Principal> {
    return this.confirm(this.tokens.verify(token));
  }

  /** @throws DomainError UNAUTHENTICATED when the login ended or the account is gone. */
  async confirm(principal: Principal): Promise<Principal> {
    const [live, user] = await Promise.all([
      this.sessions.isLive(principal.sessionId, principal.userId),
      this.users.byId(principal.userId),
    ]);
    if (!live || !user) throw new DomainError('UNAUTHENTICATED');
    return { ...principal, role: user.role };
  }
}
