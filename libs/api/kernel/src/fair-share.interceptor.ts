import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { finalize, Observable } from 'rxjs';
import type { Principal } from './principal';

/** REST calls of one person that are worked on at once: a page asks for two or three things beside each other. */
export const CALLS_AT_ONCE = 3;

/** How much longer than a call took the next one in line waits: many loops of one person get a quarter of the time. */
const REST = 3;
/** It waits so long for each that stands behind it, too: a page's few calls hardly, a flood's many longer. */
const REST_PER_WAITING_MS = 10;
const REST_MAX_MS = 250;

/** The calls of one person. */
interface Lane {
  working: number;
  readonly waiting: Set<() => void>;
}

/**
 * Further calls of one person wait for the first ones, each in its turn: whoever calls in many loops holds up themselves, and
 * costs others the time of a few calls, however many are under way. How many there may be in a second is `RateLimitGuard`'s.
 */
@Injectable()
export class FairShare implements NestInterceptor {
  private readonly lanes = new Map<string, Lane>();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { user } = context.switchToHttp().getRequest<Request & { user?: Principal }>();
    if (!user) return next.handle();
    const { userId } = user;
    return new Observable((caller) => {
      const begin = (): void => {
        // Answered while it rested before its turn: nobody wants it any more.
        if (caller.closed) return this.leave(userId, 0);
        const began = performance.now();
        // Not `subscribe(caller)`: work that has begun is under way until it ends, also when its caller waits no longer.
        next
          .handle()
          .pipe(finalize(() => this.leave(userId, performance.now() - began)))
          .subscribe({
            next: (value) => caller.next(value),
            error: (error: unknown) => caller.error(error),
            complete: () => caller.complete(),
          });
      };
      this.enter(userId, begin);
      // Whoever is answered while it waits is not remembered, nor what it brought.
      return () => this.lanes.get(userId)?.waiting.delete(begin);
    });
  }

  private enter(userId: string, begin: () => void): void {
    const lane = this.lanes.get(userId) ?? { working: 0, waiting: new Set() };
    this.lanes.set(userId, lane);
    if (lane.working >= CALLS_AT_ONCE) {
      lane.waiting.add(begin);
      return;
    }
    lane.working++;
    begin();
  }

  /** The turn passes to whoever waits, after a rest in which others are served. */
  private leave(userId: string, tookMs: number): void {
    const lane = this.lanes.get(userId);
    if (!lane) return;
    const [next] = lane.waiting;
    if (!next) {
      if (--lane.working === 0) this.lanes.delete(userId);
      return;
    }
    lane.waiting.delete(next);
    const restMs = Math.max(tookMs * REST, lane.waiting.size * REST_PER_WAITING_MS);
    setTimeout(next, Math.min(restMs, REST_MAX_MS));
  }
}
