import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { addressKey } from './caller-address';
import type { Principal } from './principal';
import { RATE_LIMIT_METADATA, RateLimits, type LimitName } from './rate-limits';

/**
 * Counts every REST call of a person, and those of handlers marked with `@RateLimited` under that limit besides. Runs
 * after the caller is proven; who is nobody yet is counted by address.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & { user?: Principal }>();
    const key = request.user?.userId ?? addressKey(request.ip);
    // An address is counted before anybody is proven, since it may be a whole school.
    if (request.user) await this.limits.consume('call', key);
    const name = this.reflector.get<LimitName | undefined>(RATE_LIMIT_METADATA, context.getHandler());
    if (name) await this.limits.consume(name, key);
    return true;
  }
}
