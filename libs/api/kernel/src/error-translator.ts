import { randomUUID } from 'node:crypto';
import { HttpException, Injectable, Logger } from '@nestjs/common';
import type { ErrorCode, WireError } from '@course-chat/contracts';
import { DomainError, SENTENCES } from './domain-error';

/** What a framework's HTTP status means on our wire. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  415: 'VALIDATION_FAILED',
  429: 'RATE_LIMITED',
  503: 'UNAVAILABLE',
};

/** How long a caller should wait when the database cannot be reached. */
const DATABASE_RETRY_MS = 2_000;

/** Names of driver errors that say "not now", as opposed to "never". */
const DATABASE_AWAY = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoNotConnectedError',
  'MongoWriteConcernError',
  'MongooseServerSelectionError',
]);

/**
 * Codes of a server that is not, or not yet, the primary, or is going down: the "not writable primary" and "node is
 * recovering" errors of the MongoDB server discovery and monitoring specification.
 */
const DATABASE_AWAY_CODES = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/** Turns whatever was thrown into the one error shape of REST and sockets. */
@Injectable()
export class ErrorTranslator {
  private readonly logger = new Logger(ErrorTranslator.name);

  /** Never throws, never carries a stack or a driver's message. Unexpected errors are logged once, by correlation id. */
  toWire(error: unknown): WireError {
    const correlationId = randomUUID();
    if (error instanceof DomainError) {
      return {
        code: error.code,
        message: error.message,
        correlationId,
        ...(error.fields && { fields: error.fields }),
        ...(error.retryAfterMs !== undefined && { retryAfterMs: Math.ceil(error.retryAfterMs) }),
      };
    }
    const code = codeOf(error);
    if (code === 'INTERNAL') {
      // The stack alone: a driver's message may quote the document it failed on.
      const stack = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 8).join('\n') : typeof error;
      this.logger.error(
        { correlationId, name: error instanceof Error ? error.name : undefined, stack },
        'Unexpected error',
      );
      return { code, message: SENTENCES[code], correlationId };
    }
    if (code === 'UNAVAILABLE') {
      return { code, message: SENTENCES[code], correlationId, retryAfterMs: DATABASE_RETRY_MS };
    }
    return { code, message: SENTENCES[code], correlationId };
  }
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof HttpException) return CODE_OF_STATUS[error.getStatus()] ?? 'INTERNAL';
  if (!(error instanceof Error)) return 'INTERNAL';
  if (isDatabaseAway(error)) return 'UNAVAILABLE';
  // Errors of Express's body parser carry the status they mean.
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' && status < 500 ? (CODE_OF_STATUS[status] ?? 'VALIDATION_FAILED') : 'INTERNAL';
}

/** Whether the database could not be reached or does not write now, as opposed to not understanding what it was asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errorLabelSet } = error as { code?: unknown; errorLabelSet?: unknown };
  if (DATABASE_AWAY.has(error.name)) return true;
  if (typeof code === 'number' && DATABASE_AWAY_CODES.has(code)) return true;
  // A batch that failed for anything but a taken key was cut off on its way.
  if (error.name === 'MongoBulkWriteError' && code !== 11_000) return true;
  return errorLabelSet instanceof Set && errorLabelSet.has('RetryableWriteError');
}
