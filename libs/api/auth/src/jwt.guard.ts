import { Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { decideInTime, DomainError, type Principal } from '@course-chat/api/kernel';
import type { Request } from 'express';
import { ExtractJwt } from 'passport-jwt';
import { callerOf } from './caller';
import { PrincipalVerifier } from './principal-verifier';

/** The mark of `@Public`, for whoever looks at all handlers. */
export const PUBLIC_METADATA = 'course-chat:public';

/** Opens a REST handler to callers without a token. Every handler without it is closed. */
export const Public = () => SetMetadata(PUBLIC_METADATA, true);

/** Stands before every REST handler. */
@Injectable()
export class JwtGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: PrincipalVerifier,
  ) {
    super();
  }

  override canActivate(context: ExecutionContext): Promise<boolean> {
    return decideInTime(context, this.decide(context));
  }

  private async decide(context: ExecutionContext): Promise<boolean> {
    const open = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (open === true) return true;
    const request = context.switchToHttp().getRequest<Request & { user?: Principal }>();
    const token = ExtractJwt.fromAuthHeaderAsBearerToken()(request);
    if (!this.verifier.isExternal(token)) return (await super.canActivate(context)) as boolean;
    request.user = (await this.verifier.authenticate(token, callerOf(request))).principal;
    return true;
  }

  override handleRequest<P>(error: unknown, principal: P | false | null): P {
    if (error) throw error;
    if (!principal) throw new DomainError('UNAUTHENTICATED');
    return principal;
  }
}
