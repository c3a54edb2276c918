import { ServerClock } from './server-clock';

const AT = '2026-11-22T15:00:00.000Z';
const SERVER = Date.parse(AT);
const MINUTE = 60_000;

describe(ServerClock.name, () => {
  it('is the clock of the device until something tells', () => expect(new ServerClock().now(SERVER)).toBe(SERVER));

  it.each([20 * MINUTE, -20 * MINUTE])('is right on a device whose clock is %d ms off', (off) => {
    const clock = new ServerClock();
    clock.heard(AT, SERVER + off);
    expect(clock.now(SERVER + MINUTE + off)).toBe(SERVER + MINUTE);
  });

  it('is not misled by what came late', () => {
    const clock = new ServerClock();
    clock.heard(AT, SERVER + 50);
    clock.heard(AT, SERVER + 3 * MINUTE);
    clock.heard('no time', SERVER);
    expect(clock.now(SERVER)).toBe(SERVER - 50);
  });
});
