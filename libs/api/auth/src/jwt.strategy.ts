import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Principal } from '@course-chat/api/kernel';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { principalOf } from './access-token';
import { AUTH_OPTIONS, TOKEN_AUDIENCE, TOKEN_ISSUER, type AuthOptions } from './auth-options';
import { PrincipalVerifier } from './principal-verifier';

/** Reads the bearer token of a REST call. A token in the query string is never looked at. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(AUTH_OPTIONS) options: AuthOptions,
    private readonly verifier: PrincipalVerifier,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: options.jwtSecret,
      algorithms: ['HS256'],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
    });
  }

  validate(claims: unknown): Promise<Principal> {
    return this.verifier.confirm(principalOf(claims));
  }
}
