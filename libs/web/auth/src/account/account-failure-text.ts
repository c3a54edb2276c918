import type { AuthFailure } from '../auth-failure';
import type { AccountLabels } from './account.labels';

/** The sentence for something that was refused. `waitMs`: what is left of a rate limit. */
export function accountFailureText({ code }: AuthFailure, labels: AccountLabels, waitMs: number): string {
  switch (code) {
    case 'FORBIDDEN':
      return labels.wrongPassword;
    case 'RATE_LIMITED':
      return labels.tooManyTries(Math.ceil(waitMs / 1_000));
    case 'OFFLINE':
      return labels.offline;
    default:
      return labels.failed;
  }
}
