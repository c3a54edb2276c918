import { COMMAND_TIMEOUT_MS } from '@course-chat/contracts';
import { DomainError } from './domain-error';

/** An answer is due before the client stops waiting for one: to a command, a REST call, a handshake. Milliseconds. */
export const ANSWER_WITHIN_MS = COMMAND_TIMEOUT_MS - 2_000;
const SLOW_RETRY_MS = 1_000;

/** What is answered instead; what was begun goes on, and its outcome is learned by asking again. */
export function tooLate(): DomainError {
  return new DomainError('UNAVAILABLE', { message: 'This takes too long', retryAfterMs: SLOW_RETRY_MS });
}

/** Settles as the work does. @throws DomainError UNAVAILABLE when that takes too long */
export function answerWithin<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(tooLate()), ANSWER_WITHIN_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
