import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role } from '@course-chat/contracts';
import type { Request } from 'express';
import { DomainError } from './domain-error';

/** Who is asking: proven by a token, the same for REST and sockets. */
export interface Principal {
  readonly userId: string;
  readonly role: Role;
  readonly sessionId: string;
}

/** The proven caller of a REST handler. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = context.switchToHttp().getRequest<Request & { user?: Principal }>().user;
  if (!principal) throw new DomainError('UNAUTHENTICATED');
  return principal;
});
