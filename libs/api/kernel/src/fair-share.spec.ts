import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { Subject } from 'rxjs';
import { CALLS_AT_ONCE, FairShare } from './fair-share.interceptor';

const settle = () => jest.advanceTimersByTimeAsync(0);
const rest = () => jest.advanceTimersByTimeAsync(250);

describe(FairShare.name, () => {
  let share: FairShare;
  let begun: string[];
  beforeEach(() => {
    jest.useFakeTimers();
    share = new FairShare();
    begun = [];
  });
  afterEach(() => jest.useRealTimers());

  /** A call of somebody, under way until it is ended. */
  function call(name: string, userId: string | null) {
    const work = new Subject<string>();
    const request = userId ? { user: { userId } } : {};
    const context = { switchToHttp: () => ({ getRequest: () => request }) } as unknown as ExecutionContext;
    const handler: CallHandler = {
      handle: () => {
        begun.push(name);
        return work;
      },
    };
    const failed = jest.fn();
    const caller = share.intercept(context, handler).subscribe({ error: failed });
    const goAway = () => caller.unsubscribe();
    return { end: () => work.complete(), fail: () => work.error(new Error('No')), failed, goAway };
  }

  it('works on a few calls of one person at once, the others in their turn, and on those of others meanwhile', async () => {
    const calls = Array.from({ length: CALLS_AT_ONCE + 2 }, (_, index) => call(`mine ${index}`, 'me'));
    call('theirs', 'them');
    call("nobody's", null);
    await settle();
    const first = calls.slice(0, CALLS_AT_ONCE).map((_, index) => `mine ${index}`);
    expect(begun.filter((name) => name.startsWith('mine'))).toEqual(first);
    expect(begun).toEqual(expect.arrayContaining(['theirs', "nobody's"]));
    await jest.advanceTimersByTimeAsync(20);
    calls[1]?.end();
    // Others are served first, for longer than the call took.
    await jest.advanceTimersByTimeAsync(40);
    expect(begun).not.toContain(`mine ${CALLS_AT_ONCE}`);
    await rest();
    expect(begun.at(-1)).toBe(`mine ${CALLS_AT_ONCE}`);
    calls[0]?.end();
    await rest();
    expect(begun.at(-1)).toBe(`mine ${CALLS_AT_ONCE + 1}`);
  });

  it('lets others go first for longer, the longer the line is', async () => {
    const calls = Array.from({ length: CALLS_AT_ONCE + 21 }, (_, index) => call(`${index}`, 'me'));
    await settle();
    calls[0]?.end();
    await jest.advanceTimersByTimeAsync(190);
    expect(begun).toHaveLength(CALLS_AT_ONCE);
    await jest.advanceTimersByTimeAsync(10);
    expect(begun).toHaveLength(CALLS_AT_ONCE + 1);
  });

  it('a call whose caller is answered already keeps its turn until its work ends; one that waits leaves the line', async () => {
    const calls = Array.from({ length: CALLS_AT_ONCE + 2 }, (_, index) => call(`${index}`, 'me'));
    await settle();
    calls[0]?.goAway();
    calls[CALLS_AT_ONCE]?.goAway();
    expect(share['lanes'].get('me')?.waiting.size).toBe(1);
    await rest();
    expect(begun).toHaveLength(CALLS_AT_ONCE);
    calls[0]?.end();
    await rest();
    expect(begun).toEqual(['0', '1', '2', `${CALLS_AT_ONCE + 1}`]);
    for (const { end } of calls) end();
    await settle();
    expect(share['lanes'].size).toBe(0);
  });

  it('gives the turn on after a failure, and forgets who has nothing under way', async () => {
    const calls = Array.from({ length: CALLS_AT_ONCE + 1 }, (_, index) => call(`${index}`, 'me'));
    await settle();
    calls[0]?.fail();
    await rest();
    expect(calls[0]?.failed).toHaveBeenCalledTimes(1);
    expect(begun).toHaveLength(CALLS_AT_ONCE + 1);
    for (const { end } of calls.slice(1)) end();
    await settle();
    expect(share['lanes'].size).toBe(0);
  });
});
