import { HttpErrorResponse } from '@angular/common/http';
import { errorBodySchema } from '@course-chat/contracts';

/** Why a course could not be shown or bought, as far as a page tells them apart. */
export type CourseFailure = 'missing' | 'forbidden' | 'offline' | 'limited' | 'unavailable';

/** Turns whatever a request threw into a reason a page has words for. */
export function toCourseFailure(error: unknown): CourseFailure {
  if (!(error instanceof HttpErrorResponse)) return 'unavailable';
  if (error.status === 0) return 'offline';
  const body = errorBodySchema.safeParse(error.error);
  switch (body.success ? body.data.error.code : null) {
    // An address that holds no id leads nowhere too.
    case 'NOT_FOUND':
    case 'VALIDATION_FAILED':
      return 'missing';
    case 'FORBIDDEN':
      return 'forbidden';
    case 'RATE_LIMITED':
      return 'limited';
    default:
      return 'unavailable';
  }
}
