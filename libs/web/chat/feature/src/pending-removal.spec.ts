import { Injector, runInInjectionContext } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { PendingRemoval, UNDO_MS, type Removal } from './pending-removal';

const first: Removal = { chatId: 'c1', seq: 1, clientMessageId: 'a' };
const second: Removal = { chatId: 'c1', seq: 2, clientMessageId: 'b' };

describe(PendingRemoval.name, () => {
  let sent: number[];
  let removal: PendingRemoval;

  beforeEach(() => {
    jest.useFakeTimers();
    sent = [];
    removal = runInInjectionContext(TestBed.inject(Injector), () => new PendingRemoval(({ seq }) => sent.push(seq)));
  });
  afterEach(() => jest.useRealTimers());

  it('is sent when it can no longer be taken back, not before', () => {
    removal.begin(first);
    jest.advanceTimersByTime(UNDO_MS - 1);
    expect(sent).toEqual([]);
    expect(removal.current()).toBe(first);
    jest.advanceTimersByTime(1);
    expect(sent).toEqual([1]);
    expect(removal.current()).toBeNull();
  });

  it('is never sent once it was taken back', () => {
    removal.begin(first);
    removal.undo();
    jest.advanceTimersByTime(UNDO_MS);
    expect(sent).toEqual([]);
  });

  it('waits while somebody is on the button', () => {
    removal.begin(first);
    removal.hold();
    jest.advanceTimersByTime(10 * UNDO_MS);
    expect(sent).toEqual([]);
    removal.release();
    jest.advanceTimersByTime(UNDO_MS);
    expect(sent).toEqual([1]);
  });

  it('is sent at once when another one begins, when the page goes away and when its component does', () => {
    removal.begin(first);
    removal.begin(second);
    expect(sent).toEqual([1]);
    window.dispatchEvent(new Event('pagehide'));
    expect(sent).toEqual([1, 2]);
    removal.begin(first);
    TestBed.resetTestingModule();
    expect(sent).toEqual([1, 2, 1]);
    jest.advanceTimersByTime(UNDO_MS);
    expect(sent).toHaveLength(3);
  });
});
