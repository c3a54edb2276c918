import { Inject, Injectable } from '@nestjs/common';
import { DomainError, ExpiringCache } from '@course-chat/api/kernel';
import type { Admission } from '@course-chat/api/realtime';
import { AuditLog } from '../audit/audit-log';
import { AUTH_OPTIONS, type AuthOptions } from '../auth-options';
import type { Caller } from '../caller';
import { hashOf } from '../hash-of';
import { ExternalAccounts } from './external-accounts';
import { ExternalSessionRepository } from './external-session.repository';
import { ExternalTokens } from './external-tokens';

/** A token that was checked is not checked again for this long; whether its login stands is asked at each call. */
const BELIEVED_MS = 60_000;
const REMEMBERED_TOKENS = 20_000;

/** Lets people in by the access tokens of a portal that has accounts already. */
@Injectable()
export class ExternalLogins {
  private readonly tokens: ExternalTokens | null;
  private readonly admitted = new ExpiringCache<Admission>(BELIEVED_MS, REMEMBERED_TOKENS);

  constructor(
    private readonly accounts: ExternalAccounts,
    private readonly sessions: ExternalSessionRepository,
    private readonly audit: AuditLog,
    @Inject(AUTH_OPTIONS) private readonly options: Pick<AuthOptions, 'externalIssuer'>,
  ) {
    this.tokens = options.externalIssuer && new ExternalTokens(options.externalIssuer);
  }

  /** Whether a token claims to be of the issuer we know; false without one. */
  isTheirs(token: unknown): token is string {
    return this.tokens?.isTheirs(token) ?? false;
  }

  /**
   * Whose token it is; the account is made at first sight.
   * @throws DomainError UNAUTHENTICATED; UNAVAILABLE when the issuer would have to be asked and is away
   */
  async admit(token: string, caller?: Caller): Promise<Admission> {
    const key = hashOf(token);
    const admission = await this.admitted.get(key, () => this.read(token, caller));
    if (admission.expiresAt <= Date.now()) throw new DomainError('UNAUTHENTICATED');
    return admission;
  }

  private async read(token: string, caller?: Caller): Promise<Admission> {
    const issuer = this.options.externalIssuer?.issuer;
    if (!this.tokens || issuer === undefined) throw new DomainError('UNAUTHENTICATED');
    const person = await this.tokens.verify(token);
    const user = await this.accounts.of(issuer, person, caller);
    const login = await this.sessions.admit({ userId: user.id, ...person }, caller);
    if (!login) throw new DomainError('UNAUTHENTICATED');
    if (login.isNew) {
      await this.audit.note('logged_in', { actorId: user.id, subjectId: user.id, detail: 'external issuer', caller });
    }
    return {
      principal: { userId: user.id, sessionId: login.sessionId, role: user.role },
      expiresAt: person.expiresAt,
    };
  }
}
