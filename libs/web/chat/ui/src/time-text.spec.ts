import { ENGLISH_LABELS } from './labels';
import { clockTime, dayLabel, daysBetween, fullTime, presenceText, rowTime } from './time-text';

// Local times, as a viewer reads them, whatever zone the tests run in.
const now = new Date(2026, 5, 18, 14, 2);
const at = (day: number, hour = 9, minute = 5, month = 5, year = 2026) =>
  new Date(year, month, day, hour, minute).toISOString();
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

describe(dayLabel.name, () => {
  it.each([
    [at(18), 'Today'],
    [at(19), 'Today'],
    [at(17, 23, 59), 'Yesterday'],
    [at(15), 'Monday'],
    [at(12), 'Friday'],
    [at(11), 'Thu, June 11'],
    [at(2, 9, 5, 0, 2025), 'Thu, January 2, 2025'],
  ])('%s is %s', (iso, label) => expect(dayLabel(iso, now, ENGLISH_LABELS, 'en')).toBe(label));
});

describe(rowTime.name, () => {
  it.each([
    [at(18, 8, 3), '08:03'],
    [at(17), 'Yesterday'],
    [at(15), 'Mon'],
    [at(1, 9, 5, 1), 'Feb 1'],
    [at(2, 9, 5, 0, 2025), '1/2/25'],
  ])('%s is %s', (iso, label) => expect(rowTime(iso, now, ENGLISH_LABELS, 'en')).toBe(label));
});

describe(presenceText.name, () => {
  const text = (lastSeenAt: string | null, online = false) =>
    presenceText({ online, lastSeenAt }, now, ENGLISH_LABELS, 'en');
  it.each([
    ['online', text(at(1), true)],
    ['offline', text(null)],
    ['active just now', text(minutesAgo(0.5))],
    ['active just now', text(minutesAgo(-3))],
    ['active 5 min ago', text(minutesAgo(5.9))],
    ['last seen today at 09:05', text(at(18))],
    ['last seen yesterday at 14:02', text(at(17, 14, 2))],
    ['last seen June 1', text(at(1))],
    ['last seen March 1, 2024', text(at(1, 9, 0, 2, 2024))],
  ])('says %j', (wanted, said) => expect(said).toBe(wanted));

  it('speaks the language of the page', () => {
    expect(presenceText({ online: false, lastSeenAt: at(1) }, now, ENGLISH_LABELS, 'es')).toBe('last seen 1 de junio');
  });
});

it('counts calendar days, not hours', () => {
  expect(daysBetween(new Date(2026, 2, 1, 23, 59), new Date(2026, 2, 2, 0, 1))).toBe(1);
  expect(daysBetween(new Date(2026, 9, 1), new Date(2026, 10, 1))).toBe(31);
});

it('shows midnight as 00', () => expect(clockTime(at(18, 0, 7), 'en')).toBe('00:07'));

it('has one clock: the exact time counts hours as the others do', () =>
  expect(fullTime(at(18, 15, 7), 'en')).toMatch(/15:07$/));
