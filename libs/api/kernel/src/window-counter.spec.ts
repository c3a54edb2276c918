import { WindowCounter } from './window-counter';

describe(WindowCounter.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('allows so many calls a window for each key, and says how long to wait', () => {
    const counter = new WindowCounter(2, 1_000);
    expect([counter.count('ana'), counter.count('ana'), counter.count('ben')]).toEqual([0, 0, 0]);
    jest.advanceTimersByTime(400);
    expect(counter.count('ana')).toBe(600);
    expect(counter.count('ben')).toBe(0);
    jest.advanceTimersByTime(600);
    expect([counter.count('ana'), counter.count('ana')]).toEqual([0, 0]);
    expect(counter.count('ana')).toBe(1_000);
  });

  it('a refused call does not make the window longer', () => {
    const counter = new WindowCounter(1, 1_000);
    for (let call = 0; call < 10; call++) {
      counter.count('ana');
      jest.advanceTimersByTime(99);
    }
    jest.advanceTimersByTime(10);
    expect(counter.count('ana')).toBe(0);
  });

  it('says without counting whether there are calls left', () => {
    const counter = new WindowCounter(2, 1_000);
    counter.count('ana');
    expect([counter.waitOf('ana'), counter.waitOf('ben')]).toEqual([0, 0]);
    counter.count('ana');
    jest.advanceTimersByTime(250);
    expect([counter.waitOf('ana'), counter.waitOf('ana')]).toEqual([750, 750]);
    jest.advanceTimersByTime(750);
    expect(counter.waitOf('ana')).toBe(0);
  });

  it('begins anew for a key that is forgotten', () => {
    const counter = new WindowCounter(1, 1_000);
    counter.count('ana');
    counter.forget('ana');
    expect(counter.count('ana')).toBe(0);
  });

  it('does not remember whoever stopped calling', () => {
    const counter = new WindowCounter(1, 1_000);
    for (let key = 0; key < 1_000; key++) counter.count(`caller ${key}`);
    jest.advanceTimersByTime(1_000);
    counter.count('ana');
    expect(counter.size).toBe(1);
  });
});
