import type { AuthFailure } from './auth-failure';
import type { AuthLabels } from './auth.labels';

/** The sentence for a failure that belongs to no single field. `waitMs`: what is left of a rate limit. */
export function failureText({ code }: AuthFailure, labels: AuthLabels, waitMs: number): string {
  switch (code) {
    case 'UNAUTHENTICATED':
      return labels.wrongCredentials;
    case 'RATE_LIMITED':
      return labels.tooManyTries(Math.ceil(waitMs / 1_000));
    case 'VALIDATION_FAILED':
    case 'FORBIDDEN':
      return labels.refused;
    case 'OFFLINE':
      return labels.offline;
    default:
      return labels.unavailable;
  }
}
