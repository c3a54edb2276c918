import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { of, Subject, type Observable } from 'rxjs';
import { AnswerInTime, decideInTime } from './answer-in-time.interceptor';

/** Longer than a call may take, well before the client stops waiting. */
const LIMIT_MS = 8_000;

describe(AnswerInTime.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const callOf = (request: object) => ({ switchToHttp: () => ({ getRequest: () => request }) }) as ExecutionContext;
  /** What a call came to: its answer, or the code it was refused with. */
  function outcome(work: Observable<unknown>, request: object = {}): unknown[] {
    const heard: unknown[] = [];
    const handler: CallHandler = { handle: () => work };
    new AnswerInTime()
      .intercept(callOf(request), handler)
      .subscribe({ next: (value) => heard.push(value), error: ({ code }: { code: string }) => heard.push(code) });
    return heard;
  }

  it('hands on an answer, also one that streams on afterwards', async () => {
    const body = new Subject<string>();
    const heard = outcome(body);
    await jest.advanceTimersByTimeAsync(LIMIT_MS - 1);
    body.next('begun');
    await jest.advanceTimersByTimeAsync(LIMIT_MS * 2);
    body.next('and on');
    expect([heard, outcome(of('at once'))]).toEqual([['begun', 'and on'], ['at once']]);
  });

  it('answers UNAVAILABLE where there is none in time', async () => {
    const heard = outcome(new Subject());
    await jest.advanceTimersByTimeAsync(LIMIT_MS - 1);
    expect(heard).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(heard).toEqual(['UNAVAILABLE']);
  });

  it('the guard and what follows it share the time of one call', async () => {
    const request = {};
    const slow = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), LIMIT_MS - 1_000));
    const allowed = decideInTime(callOf(request), slow);
    await jest.advanceTimersByTimeAsync(LIMIT_MS - 1_000);
    expect(await allowed).toBe(true);
    const heard = outcome(new Subject(), request);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(heard).toEqual(['UNAVAILABLE']);
  });

  it('a guard that never decides refuses in time', async () => {
    const refused = expect(decideInTime(callOf({}), new Promise(() => undefined))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryAfterMs: expect.any(Number),
    });
    await jest.advanceTimersByTimeAsync(LIMIT_MS);
    await refused;
  });
});
