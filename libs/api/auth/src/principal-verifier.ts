import { Injectable } from '@nestjs/common';
import { DomainError, type Principal } from '@course-chat/api/kernel';
import { SocketAuthenticator, type Admission } from '@course-chat/api/realtime';
import { AccessTokens } from './access-token';
import type { Caller } from './caller';
import { ExternalLogins } from './external/external-logins';
import { SessionRepository } from './session.repository';
import { UserRepository } from './user.repository';

/** A token is believed only while its login stands and its account is there; REST and sockets ask the same. */
@Injectable()
export class PrincipalVerifier extends SocketAuthenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly external: ExternalLogins,
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
  ) {
    super();
  }

  /** Each kind of token is checked by its own rules alone: what it says of its issuer only chooses between them. */
  override async authenticate(token: unknown, caller?: Caller): Promise<Admission> {
    const { principal, expiresAt } = this.external.isTheirs(token)
      ? await this.external.admit(token, caller)
      : this.tokens.verify(token);
    return { principal: await this.confirm(principal), expiresAt };
  }

  /** Whether it is the token of an external issuer, which passport does not read. */
  isExternal(token: unknown): token is string {
    return this.external.isTheirs(token);
  }

  /**
   * Whose login a token is of; null when it is of none that stands.
   * @throws DomainError UNAVAILABLE and whatever else leaves that open
   */
  async principalOf(token: string): Promise<Principal | null> {
    try {
      return (await this.authenticate(token)).principal;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'UNAUTHENTICATED') return null;
      throw error;
    }
  }

  /**
   * A newer token for what an older one opened: of the same person and the same login.
   * @throws DomainError UNAUTHENTICATED
   */
  async renew(held: Principal, token: string): Promise<Admission> {
    const admission = await this.authenticate(token);
    const { userId, sessionId } = admission.principal;
    if (userId !== held.userId || sessionId !== held.sessionId) throw new DomainError('UNAUTHENTICATED');
    return admission;
  }

  /** @throws DomainError UNAUTHENTICATED when the login ended or the account is gone. */
  override async confirm(principal: Principal): Promise<Principal> {
    const [live, user] = await Promise.all([
      this.sessions.isLive(principal.sessionId, principal.userId),
      this.users.byId(principal.userId),
    ]);
    if (!live || !user) throw new DomainError('UNAUTHENTICATED');
    return { ...principal, role: user.role };
  }
}
