import { createHash, createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { BoundedMap, Clock, DomainError } from '@course-chat/api/kernel';
import type { Admission } from '@course-chat/api/realtime';
import { ACCESS_TOKEN_MAX_CHARACTERS, idSchema, roleSchema, type User } from '@course-chat/contracts';
import * as z from 'zod/mini';
import {
  ACCESS_TOKEN_TTL_SECONDS,
  AUTH_OPTIONS,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
  TOKEN_LIFETIME_MAX_SECONDS,
  type AuthOptions,
} from './auth-options';
import { hashOf } from './hash-of';

/** What every access token of ours must satisfy: one algorithm, one issuer, one audience. */
export const TOKEN_CHECKS = { algorithms: ['HS256'], issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE } satisfies {
  algorithms: ['HS256'];
  issuer: string;
  audience: string;
};

/** The claims this product reads; a refresh token or a foreign token does not have them. */
const claimsSchema = z.object({
  typ: z.literal('access'),
  sub: idSchema,
  sid: idSchema,
  role: roleSchema,
  exp: z.int(),
});

/** Tokens that were found good are not read again, as long as they last: after a cut thousands come back with theirs. */
const REMEMBERED_TOKENS = 20_000;

/** A KeyObject: jsonwebtoken takes one, the types of Nest and Passport do not say so yet. */
type Key = Buffer;

function keyOf(secret: string): Key {
  return createSecretKey(secret, 'utf8') as unknown as Key;
}

/** Signs and reads access tokens. */
@Injectable()
export class AccessTokens {
  /** Keys made once: of a string, each check would first try to read a public key, which costs more than the check. */
  private readonly key: Key;
  private readonly previousKey: Key | null;
  /** What good tokens say, by a hash of theirs: nobody shall find tokens in the memory of the server. */
  private readonly good = new BoundedMap<string, Admission>(REMEMBERED_TOKENS);

  constructor(
    private readonly jwt: JwtService,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {
    this.key = keyOf(options.jwtSecret);
    this.previousKey = options.previousJwtSecret ? keyOf(options.previousJwtSecret) : null;
  }

  sign(user: User, sessionId: string): { accessToken: string; expiresAt: string } {
    const expiresAt = new Date(this.clock.now().getTime() + ACCESS_TOKEN_TTL_SECONDS * 1000);
    const accessToken = this.jwt.sign(
      { typ: 'access', sid: sessionId, role: user.role, exp: Math.floor(expiresAt.getTime() / 1000) },
      {
        secret: this.options.jwtSecret,
        keyid: keyIdOf(this.options.jwtSecret),
        algorithm: 'HS256',
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        subject: user.id,
      },
    );
    return { accessToken, expiresAt: expiresAt.toISOString() };
  }

  /** @throws DomainError UNAUTHENTICATED for anything but a valid access token of ours. */
  verify(token: unknown): Admission {
    if (typeof token !== 'string' || token.length > ACCESS_TOKEN_MAX_CHARACTERS) {
      throw new DomainError('UNAUTHENTICATED');
    }
    const key = hashOf(token);
    const known = this.good.get(key);
    if (known && known.expiresAt > Date.now()) return known;
    const admission = this.read(token);
    this.good.set(key, admission);
    return admission;
  }

  private read(token: string): Admission {
    try {
      return admissionOf(this.jwt.verify(token, { secret: this.secretFor(token), ...TOKEN_CHECKS }));
    } catch {
      throw new DomainError('UNAUTHENTICATED');
    }
  }

  /** The secret a token says it was signed with: the one before during a rotation, the present one in every other case. */
  secretFor(token: string): Key {
    const { previousJwtSecret } = this.options;
    if (!previousJwtSecret || !this.previousKey) return this.key;
    const { header } = this.jwt.decode<{ header?: { kid?: unknown } } | null>(token, { complete: true }) ?? {};
    return header?.kid === keyIdOf(previousJwtSecret) ? this.previousKey : this.key;
  }
}

/** @throws DomainError UNAUTHENTICATED when the claims are not those of an access token. */
export function admissionOf(claims: unknown): Admission {
  const read = claimsSchema.safeParse(claims);
  if (!read.success) throw new DomainError('UNAUTHENTICATED');
  const { sub, sid, role, exp } = read.data;
  if (exp > Date.now() / 1000 + TOKEN_LIFETIME_MAX_SECONDS) throw new DomainError('UNAUTHENTICATED');
  return { principal: { userId: sub, sessionId: sid, role }, expiresAt: exp * 1000 };
}

/** Names a secret without telling it: half of a hash of its own. */
function keyIdOf(secret: string): string {
  return createHash('sha256').update('course-chat key id').update(secret).digest('base64url').slice(0, 11);
}
