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

/** A refusal with a code of the wire. Everything else that is thrown becomes INTERNAL. */
export class DomainError extends Error {
  readonly fields?: FieldError[];
  readonly retryAfterMs?: number;

  constructor(
    readonly code: ErrorCode,
    details: DomainErrorDetails = {},
  ) {
    super(details.message ?? code, { cause: details.cause });
    this.name = DomainError.name;
    this.fields = details.fields;
    this.retryAfterMs = details.retryAfterMs;
  }
}
