import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Principal } from './principal';
import { RATE_LIMIT_METADATA, RateLimits, type LimitName } from './rate-limits';

/** Counts the REST handlers marked with `@RateLimited`, per user. Runs after the caller is proven. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const name = this.reflector.get<LimitName | undefined>(RATE_LIMIT_METADATA, context.getHandler());
    if (!name) return true;
    const request = context.switchToHttp().getRequest<Request & { user?: Principal }>();
    await this.limits.consume(name, request.user?.userId ?? request.ip ?? 'unknown');
    return true;
  }
}
