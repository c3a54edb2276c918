import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ERROR_STATUS, type ErrorBody, type WireError } from '@course-chat/contracts';
import type { Request, Response } from 'express';
import { ErrorTranslator } from './error-translator';
import { REFUSAL_DELAY_MS } from './rate-limits';

/** Answers every failed REST call with `{error}` and the status of its code. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  constructor(private readonly translator: ErrorTranslator) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = this.translator.toWire(thrown);
    if (error.code === 'RATE_LIMITED') setTimeout(() => this.answer(thrown, error, host), REFUSAL_DELAY_MS);
    else this.answer(thrown, error, host);
  }

  private answer(thrown: unknown, error: WireError, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    if (response.headersSent) return;
    if (error.retryAfterMs !== undefined) response.setHeader('Retry-After', Math.ceil(error.retryAfterMs / 1000));
    const methods = thrown instanceof NotFoundException ? this.methodsOf(http.getRequest<Request>()) : [];
    if (methods.length > 0) response.setHeader('Allow', methods.join(', '));
    response.status(methods.length > 0 ? 405 : ERROR_STATUS[error.code]).json({ error } satisfies ErrorBody);
  }

  /**
   * The methods of an address that is there, for a call with another one (RFC 9110 section 15.5.6); none for an address
   * that is not. The application knows its routes.
   */
  protected methodsOf(_request: Request): readonly string[] {
    return [];
  }
}
