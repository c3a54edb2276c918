import { Catch, Injectable } from '@nestjs/common';
import { ErrorTranslator, HttpErrorFilter } from '@course-chat/api/kernel';
import { routes, type Route } from '@course-chat/contracts';
import type { Request } from 'express';

const HEALTH: readonly Pick<Route, 'method' | 'path'>[] = [
  { method: 'get', path: '/health/live' },
  { method: 'get', path: '/health/ready' },
];

/** Every address of the API and the methods it has. */
const ADDRESSES = Object.values(routes)
  .flatMap((group): Pick<Route, 'method' | 'path'>[] => Object.values(group))
  .concat(HEALTH)
  .map(({ method, path }) => ({
    methods: method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
    pattern: new RegExp(`^/api${path.replace(/:\w+/g, '[^/]+')}/?$`, 'i'),
  }));

/** The one error shape, and which methods an address has when it was called with another. */
@Injectable()
@Catch()
export class ApiErrorFilter extends HttpErrorFilter {
  constructor(translator: ErrorTranslator) {
    super(translator);
  }

  protected override methodsOf({ originalUrl }: Request): readonly string[] {
    // Not `path`: below a mount it lacks the prefix.
    const [path = ''] = originalUrl.split('?');
    const methods = ADDRESSES.filter(({ pattern }) => pattern.test(path)).flatMap((address) => address.methods);
    return [...new Set(methods)];
  }
}
