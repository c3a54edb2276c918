import type { Principal } from '@course-chat/api/kernel';

/** Who opens a socket, and how long the token says so: milliseconds of the server's clock. */
export interface Admission {
  readonly principal: Principal;
  readonly expiresAt: number;
}

/** Proves who opens a socket. AuthModule provides it; this library only asks. */
export abstract class SocketAuthenticator {
  /**
   * @param token the handshake's `auth.token`, unchecked
   * @throws DomainError UNAUTHENTICATED
   */
  abstract authenticate(token: unknown): Promise<Admission>;

  /**
   * Asks again whether the login stands and the account is there.
   * @throws DomainError UNAUTHENTICATED when not; whatever else it throws leaves that open
   */
  abstract confirm(principal: Principal): Promise<Principal>;
}
