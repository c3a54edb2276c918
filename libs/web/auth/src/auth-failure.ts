import { HttpErrorResponse } from '@angular/common/http';
import { errorBodySchema, type ErrorCode, type FieldError } from '@course-chat/contracts';

/** Why a request failed, as far as a page needs to know. `OFFLINE`: no answer came at all. */
export interface AuthFailure {
  readonly code: ErrorCode | 'OFFLINE';
  readonly fields: readonly FieldError[];
  readonly retryAfterMs: number | null;
}

/** Turns whatever a request threw into a coded failure. */
export function toFailure(error: unknown): AuthFailure {
  if (!(error instanceof HttpErrorResponse) || error.status === 0) return failure('OFFLINE');
  const body = errorBodySchema.safeParse(error.error);
  if (!body.success) return failure(error.status === 401 ? 'UNAUTHENTICATED' : 'UNAVAILABLE');
  const { code, fields, retryAfterMs } = body.data.error;
  return { code, fields: fields ?? [], retryAfterMs: retryAfterMs ?? null };
}

function failure(code: AuthFailure['code']): AuthFailure {
  return { code, fields: [], retryAfterMs: null };
}
