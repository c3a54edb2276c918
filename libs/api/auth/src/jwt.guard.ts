import { Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { DomainError } from '@course-chat/api/kernel';

const PUBLIC = 'course-chat:public';

/** Opens a REST handler to callers without a token. Every handler without it is closed. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Stands before every REST handler. */
@Injectable()
export class JwtGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(context: ExecutionContext) {
    const open = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    return open === true || super.canActivate(context);
  }

  override handleRequest<P>(error: unknown, principal: P | false | null): P {
    if (error) throw error;
    if (!principal) throw new DomainError('UNAUTHENTICATED');
    return principal;
  }
}
