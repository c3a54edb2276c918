import type { Principal } from '@course-chat/api/kernel';

/** Proves who opens a socket. AuthModule provides it; this library only asks. */
export abstract class SocketAuthenticator {
  /**
   * @param token the handshake's `auth.token`, unchecked
   * @throws DomainError UNAUTHENTICATED
   */
  abstract authenticate(token: unknown): Promise<Principal>;
}
