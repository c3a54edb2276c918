import type { RequestHandler } from 'express';
import { DomainError } from '@course-chat/api/kernel';

/**
 * Closes the API to pages of other sites. A browser says where a call that changes something comes from, and it must be
 * one of ours to the letter; a call without an Origin is no foreign page's.
 * @param origins asked at each call, since the port may be chosen at listen
 */
export function originGate(origins: () => ReadonlySet<string>): RequestHandler {
  return (request, _response, next) => {
    const { origin } = request.headers;
    if (origin === undefined || origins().has(origin)) next();
    else next(new DomainError('FORBIDDEN', { message: 'This origin is not allowed' }));
  };
}
