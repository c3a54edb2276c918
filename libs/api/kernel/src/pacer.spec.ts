import { Pacer } from './pacer';

describe(Pacer.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const waitsOf = (pacer: Pacer, key: string, calls: number) =>
    Array.from({ length: calls }, () => Math.round(pacer.waitOf(key)));

  it('lets a second of calls through at once, and each further one an interval after the one before', () => {
    const pacer = new Pacer(10, 1_000, 5_000);
    expect(waitsOf(pacer, 'ana', 10)).toEqual(Array(10).fill(0));
    expect(waitsOf(pacer, 'ana', 3)).toEqual([100, 200, 300]);
    expect(waitsOf(pacer, 'ben', 1)).toEqual([0]);
  });

  it('never lets a loop that waits its turn call faster than the rate', () => {
    const pacer = new Pacer(10, 1_000, 5_000);
    waitsOf(pacer, 'ana', 10);
    const began = Date.now();
    for (let call = 0; call < 20; call++) jest.advanceTimersByTime(pacer.waitOf('ana'));
    expect(Date.now() - began).toBe(2_000);
  });

  it('counts a heavy call as several', () => {
    const pacer = new Pacer(10, 1_000, 5_000);
    expect(pacer.waitOf('ana', 9.5)).toBe(0);
    expect(waitsOf(pacer, 'ana', 2)).toEqual([50, 150]);
  });

  it('gives back what was not used', () => {
    const pacer = new Pacer(10, 1_000, 5_000);
    waitsOf(pacer, 'ana', 12);
    jest.advanceTimersByTime(700);
    expect(waitsOf(pacer, 'ana', 6)).toEqual([0, 0, 0, 0, 0, 100]);
  });

  it('keeps nobody longer than the longest wait, and forgets what it kept them for', () => {
    const pacer = new Pacer(10, 1_000, 250);
    expect(Math.max(...waitsOf(pacer, 'ana', 1_000))).toBe(250);
    jest.advanceTimersByTime(1_250);
    expect(waitsOf(pacer, 'ana', 11)).toEqual([...Array(10).fill(0), 100]);
  });

  it('does not remember whoever stopped calling', () => {
    const pacer = new Pacer(10, 1_000, 250);
    for (let key = 0; key < 1_000; key++) pacer.waitOf(`caller ${key}`);
    jest.advanceTimersByTime(1_100);
    pacer.waitOf('ana');
    expect(pacer.size).toBe(1);
  });
});
