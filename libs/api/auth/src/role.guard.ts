import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError, type Principal } from '@course-chat/api/kernel';
import type { Role } from '@course-chat/contracts';
import type { Request } from 'express';

/** The mark of `@OnlyRole`, for whoever looks at all handlers. */
export const ROLE_METADATA = 'course-chat:role';

/** Keeps a controller or a handler to one role. */
export const OnlyRole = (role: Role) => SetMetadata(ROLE_METADATA, role);

/** Stands behind JwtGuard. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const role = this.reflector.getAllAndOverride<Role | undefined>(ROLE_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!role) return true;
    const { user } = context.switchToHttp().getRequest<Request & { user?: Principal }>();
    if (user?.role !== role) throw new DomainError('FORBIDDEN', { message: `This is for the role ${role}` });
    return true;
  }
}
