import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { firstValueFrom, from, throwError, timeout, type Observable } from 'rxjs';
import { ANSWER_WITHIN_MS, tooLate } from './answer-within';

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
  return work.pipe(
    timeout({ first: timeLeft(context.switchToHttp().getRequest<object>()), with: () => throwError(tooLate) }),
  );
}

function timeLeft(request: object): number {
  const now = performance.now();
  const due = dueAt.get(request) ?? now + ANSWER_WITHIN_MS;
  dueAt.set(request, due);
  return Math.max(0, due - now);
}
