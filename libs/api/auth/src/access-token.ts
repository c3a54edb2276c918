import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Clock, DomainError, type Principal } from '@course-chat/api/kernel';
import { idSchema, roleSchema, type User } from '@course-chat/contracts';
import * as z from 'zod/mini';
import { ACCESS_TOKEN_TTL_SECONDS, AUTH_OPTIONS, TOKEN_AUDIENCE, TOKEN_ISSUER, type AuthOptions } from './auth-options';

/** The claims this product reads; a refresh token or a foreign token does not have them. */
const claimsSchema = z.object({
  typ: z.literal('access'),
  sub: idSchema,
  sid: idSchema,
  role: roleSchema,
  exp: z.int(),
});

/** Longest token that is looked at, in characters. */
const TOKEN_MAX = 4_096;

/** Signs and reads access tokens: one algorithm, one issuer, one audience. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  sign(user: User, sessionId: string): { accessToken: string; expiresAt: string } {
    const expiresAt = new Date(this.clock.now().getTime() + ACCESS_TOKEN_TTL_SECONDS * 1000);
    const accessToken = this.jwt.sign(
      { typ: 'access', sid: sessionId, role: user.role, exp: Math.floor(expiresAt.getTime() / 1000) },
      {
        secret: this.options.jwtSecret,
        algorithm: 'HS256',
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        subject: user.id,
      },
    );
    return { accessToken, expiresAt: expiresAt.toISOString() };
  }

  /** @throws DomainError UNAUTHENTICATED for anything but a valid access token of ours. */
  verify(token: unknown): Principal {
    if (typeof token !== 'string' || token.length > TOKEN_MAX) throw new DomainError('UNAUTHENTICATED');
    try {
      const claims: unknown = this.jwt.verify(token, {
        secret: this.options.jwtSecret,
        algorithms: ['HS256'],
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
      });
      return principalOf(claims);
    } catch {
      throw new DomainError('UNAUTHENTICATED');
    }
  }

  /** The login a valid token belongs to, or null. */
  sessionOf(token: string): string | null {
    try {
      return this.verify(token).sessionId;
    } catch {
      return null;
    }
  }
}

/** @throws DomainError UNAUTHENTICATED when the claims are not those of an access token. */
export function principalOf(claims: unknown): Principal {
  const read = claimsSchema.safeParse(claims);
  if (!read.success) throw new DomainError('UNAUTHENTICATED');
  return { userId: read.data.sub, sessionId: read.data.sid, role: read.data.role };
}
