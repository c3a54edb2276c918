import 'reflect-metadata';
import { JwtService } from '@nestjs/jwt';

/** The claims that every server of the benchmark reads. */
export interface TokenClaims {
  readonly sub: string;
  readonly role: string;
}

const LIFETIME_SECONDS = 6 * 60 * 60;
const ISSUER = 'course-chat';
const AUDIENCE = 'course-chat-api';
const jwt = new JwtService({});

/** An access token as the product's own login makes it, so that all servers check the same thing. */
export function signToken(secret: string, user: { id: string; role: string; sessionId: string }): string {
  return jwt.sign(
    { typ: 'access', sid: user.sessionId, role: user.role, exp: Math.floor(Date.now() / 1000) + LIFETIME_SECONDS },
    { secret, algorithm: 'HS256', issuer: ISSUER, audience: AUDIENCE, subject: user.id },
  );
}

/** @throws for anything but a valid access token. */
export function verifyToken(secret: string, token: unknown): TokenClaims {
  return jwt.verify<TokenClaims>(String(token), { secret, algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE });
}
