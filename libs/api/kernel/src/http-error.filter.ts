import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ERROR_STATUS, type ErrorBody } from '@course-chat/contracts';
import type { Response } from 'express';
import { ErrorTranslator } from './error-translator';

/** Answers every failed REST call with `{error}` and the status of its code. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  constructor(private readonly translator: ErrorTranslator) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const error = this.translator.toWire(thrown);
    if (response.headersSent) return;
    if (error.retryAfterMs !== undefined) response.setHeader('Retry-After', Math.ceil(error.retryAfterMs / 1000));
    response.status(ERROR_STATUS[error.code]).json({ error } satisfies ErrorBody);
  }
}
