import type { ErrorCode, FieldError } from '@course-chat/contracts';

/** Details of a `DomainError` that may travel. */
export interface DomainErrorDetails {
  /** A plain sentence for developers; people read words chosen by the interface. */
  message?: string;
  fields?: FieldError[];
  /** Milliseconds until the same call may succeed. */
  retryAfterMs?: number;
  /** What led to it; stays in the process. */
  cause?: unknown;
}

/** What a code says where the thrower has nothing more precise to say. */
export const SENTENCES: Readonly<Record<ErrorCode, string>> = {
  VALIDATION_FAILED: 'The input does not have the expected shape',
  UNAUTHENTICATED: 'A valid token is needed',
  NOT_ENROLLED: 'The course is not bought',
  READ_ONLY: 'This chat can be read, but not written to',
  FORBIDDEN: 'This is not allowed',
  NOT_FOUND: 'There is nothing here that you may see',
  CONFLICT: 'Something else was there first',
  TOO_LATE: 'The time for this change is over',
  TOO_LARGE: 'This is larger than allowed',
  RATE_LIMITED: 'Too many of these; wait as long as retryAfterMs says',
  INTERNAL: 'Something went wrong',
  UNAVAILABLE: 'Try again in a moment',
};

/** A refusal with a code of the wire. Everything else that is thrown becomes INTERNAL. */
export class DomainError extends Error {
  readonly fields?: FieldError[];
  readonly retryAfterMs?: number;

  constructor(
    readonly code: ErrorCode,
    details: DomainErrorDetails = {},
  ) {
    super(details.message ?? SENTENCES[code], { cause: details.cause });
    this.name = DomainError.name;
    this.fields = details.fields;
    this.retryAfterMs = details.retryAfterMs;
  }
}
