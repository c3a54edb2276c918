import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { COMMAND_TIMEOUT_MS } from '@course-chat/contracts';
import { firstValueFrom, from, throwError, timeout, type Observable } from 'rxjs';
import { DomainError } from './domain-error';

/** An answer is due before the client stops waiting for one; sockets have the same limit. */
const ANSWER_WITHIN_MS = COMMAND_TIMEOUT_MS - 2_000;
const SLOW_RETRY_MS = 1_000;

/** When the answer of each call is due, on the monotonic clock, in milliseconds. */
const dueAt = new WeakMap<object, number>();

/**
 * Never silence: a REST call that takes too long answers UNAVAILABLE, and its outcome is learned by asking again. What was
 * begun goes on. No handler is exempt: a copy of one's own data streams after its answer has begun, and an erasure goes on
 * after its answer.
 */
@Injectable()
export class AnswerInTime implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return inTime(context, next.handle());
  }
}

/** The same for a guard that asks the database: guards come before every interceptor. A call has one time for all of it. */
export function decideInTime(context: ExecutionContext, decision: Promise<boolean>): Promise<boolean> {
  return firstValueFrom(inTime(context, from(decision)));
}

function inTime<T>(context: ExecutionContext, work: Observable<T>): Observable<T> {
  return work.pipe(timeout({ first: timeLeft(context.switchToHttp().getRequest<object>()), with: tooLate }));
}

function timeLeft(request: object): number {
  const now = performance.now();
  const due = dueAt.get(request) ?? now + ANSWER_WITHIN_MS;
  dueAt.set(request, due);
  return Math.max(0, due - now);
}

function tooLate(): Observable<never> {
  return throwError(
    () => new DomainError('UNAVAILABLE', { message: 'This takes too long', retryAfterMs: SLOW_RETRY_MS }),
  );
}
