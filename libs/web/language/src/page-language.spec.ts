import { waitingText } from './page-language';

describe(waitingText.name, () => {
  const now = new Date(2026, 5, 18, 14, 2);
  const labels = {
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
    days: (count: number) => `${count} days`,
  };
  it.each([
    [-3, '1 min'],
    [0, '1 min'],
    [59, '59 min'],
    [185, '3 h'],
    [47 * 60, '47 h'],
    [49 * 60, '2 days'],
  ])('%d minutes are %j', (minutes, text) => {
    const since = new Date(now.getTime() - minutes * 60_000).toISOString();
    expect(waitingText(since, now, labels)).toBe(text);
  });
});
