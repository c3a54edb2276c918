import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Principal } from '@course-chat/api/kernel';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { AccessTokens, admissionOf, TOKEN_CHECKS } from './access-token';
import { PrincipalVerifier } from './principal-verifier';

/** Reads the bearer token of a REST call. A token in the query string is never looked at. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    tokens: AccessTokens,
    private readonly verifier: PrincipalVerifier,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: (_request: unknown, token: string, done: (error: null, secret: Buffer) => void) =>
        done(null, tokens.secretFor(token)),
      ...TOKEN_CHECKS,
    });
  }

  validate(claims: unknown): Promise<Principal> {
    return this.verifier.confirm(admissionOf(claims).principal);
  }
}
