import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isIPv4, isIPv6 } from 'node:net';

/** Where a call comes from. */
export interface Caller {
  /** The whole address: for limits, which forget it; never stored. */
  readonly address: string;
  /** What the browser calls itself. */
  readonly userAgent: string | null;
}

const USER_AGENT_MAX = 200;

/** Where a REST call comes from. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);

export function callerOf(request: Request): Caller {
  const userAgent = request.headers['user-agent']?.replace(/[^\x20-\x7e]/g, '').slice(0, USER_AGENT_MAX);
  return { address: request.ip ?? 'unknown', userAgent: userAgent || null };
}

/**
 * An address as it is stored: the network it is in (/24, or /48 of IPv6), so that a pattern shows and no household does.
 * Null for what is no address.
 */
export function networkOf(address: string): string | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return `${mapped.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(mapped)) return null;
  // The first three groups; what "::" stands for is zeros.
  const head = mapped.split('::')[0]?.split(':').filter(Boolean) ?? [];
  return `${[...head, '0', '0', '0'].slice(0, 3).join(':')}::/48`;
}
