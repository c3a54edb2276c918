import type { LoggerService } from '@nestjs/common';
import type { RequestHandler } from 'express';

/**
 * Says once that callers seem to come through a proxy although no proxy is trusted: they would all be one address, and
 * share what one address may do. Anybody can send such a header, so nothing but the log depends on it.
 */
export function unnamedProxy(logger: Pick<LoggerService, 'warn'>): RequestHandler {
  let told = false;
  return (request, _response, next) => {
    if (!told && request.headers['x-forwarded-for'] !== undefined) {
      told = true;
      logger.warn(
        'A call came with X-Forwarded-For, but TRUST_PROXY is 0. With a proxy in front, set TRUST_PROXY: until then everybody behind it counts as one address.',
      );
    }
    next();
  };
}
