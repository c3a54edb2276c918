import type { ErrorCode, WireError } from '@course-chat/contracts';

/** What the server answered, or why it could not. */
export type CommandErrorCode = ErrorCode | 'TIMEOUT' | 'DISCONNECTED';

// After these the server may have done the work and only failed to say so.
const UNKNOWN_OUTCOME: readonly CommandErrorCode[] = ['TIMEOUT', 'INTERNAL', 'UNAVAILABLE'];

/** A command that brought no data. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly retryAfterMs: number | undefined;
  readonly correlationId: string | undefined;

  /** `outcomeKnown`: whether the command certainly had no effect. */
  constructor(
    readonly code: CommandErrorCode,
    message: string,
    details: { outcomeKnown?: boolean; retryAfterMs?: number | undefined; correlationId?: string | undefined } = {},
  ) {
    super(message);
    this.outcomeKnown = details.outcomeKnown ?? !UNKNOWN_OUTCOME.includes(code);
    this.retryAfterMs = details.retryAfterMs;
    this.correlationId = details.correlationId;
  }

  readonly outcomeKnown: boolean;

  /** The error of a failed ack. */
  static fromWire({ code, message, correlationId, retryAfterMs }: WireError): CommandError {
    return new CommandError(code, message, { correlationId, retryAfterMs });
  }
}

const PASSING: readonly CommandErrorCode[] = [
  'TIMEOUT',
  'DISCONNECTED',
  'UNAVAILABLE',
  'RATE_LIMITED',
  'INTERNAL',
  'UNAUTHENTICATED',
];

/** Whether the same command may well be taken later. Every other coded answer is final. */
export function isPassing({ code }: CommandError): boolean {
  return PASSING.includes(code);
}
