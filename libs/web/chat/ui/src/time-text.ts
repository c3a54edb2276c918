import type { ChatUiLabels } from './labels';

export { pageLocale } from '@course-chat/web/language';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Up to this age a last activity is told in minutes. */
const RECENT = HOUR;

// Making a formatter costs about a thousand times what using one does.
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = locale + JSON.stringify(options);
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, formatter);
  }
  return formatter.format(date);
}

/** Calendar days from `then` to `now` in the viewer's zone; 0 is the same day. Immune to the hours a clock change moves. */
export function daysBetween(then: Date, now: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(now) - day(then)) / DAY);
}

/** A key that two times share when they fall on one day in the viewer's zone. */
export function dayKey(iso: string): number {
  const date = new Date(iso);
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
}

/** The time of day: `14:02`. */
export function clockTime(iso: string, locale: string): string {
  return format(new Date(iso), locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** The whole of it, for whoever wants to know exactly. */
export function fullTime(iso: string, locale: string): string {
  return format(new Date(iso), locale, { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' });
}

/** What a day pill says: Today, Yesterday, the weekday within a week, then the date. */
export function dayLabel(
  iso: string,
  now: Date,
  labels: Pick<ChatUiLabels, 'today' | 'yesterday'>,
  locale: string,
): string {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  if (days <= 0) return labels.today;
  if (days === 1) return labels.yesterday;
  if (days < 7) return format(date, locale, { weekday: 'long' });
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return format(date, locale, { weekday: 'short', day: 'numeric', month: 'long', year });
}

/** The time in a chat row: the clock today, then Yesterday, the short weekday, the short date. */
export function rowTime(iso: string, now: Date, labels: Pick<ChatUiLabels, 'yesterday'>, locale: string): string {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  if (days <= 0) return clockTime(iso, locale);
  if (days === 1) return labels.yesterday;
  if (days < 7) return format(date, locale, { weekday: 'short' });
  if (date.getFullYear() === now.getFullYear()) return format(date, locale, { day: 'numeric', month: 'short' });
  return format(date, locale, { day: 'numeric', month: 'numeric', year: '2-digit' });
}

/** The line under a name: online, active a moment ago, last seen. */
export function presenceText(
  presence: { online: boolean; lastSeenAt: string | null },
  now: Date,
  labels: Pick<
    ChatUiLabels,
    'online' | 'offline' | 'activeNow' | 'activeMinutesAgo' | 'lastSeenToday' | 'lastSeenYesterday' | 'lastSeenOn'
  >,
  locale: string,
): string {
  if (presence.online) return labels.online;
  if (presence.lastSeenAt === null) return labels.offline;
  const seen = new Date(presence.lastSeenAt);
  // A server's clock may run ahead of this one.
  const age = Math.max(0, now.getTime() - seen.getTime());
  if (age < MINUTE) return labels.activeNow;
  if (age < RECENT) return labels.activeMinutesAgo(Math.floor(age / MINUTE));
  const days = daysBetween(seen, now);
  const time = clockTime(presence.lastSeenAt, locale);
  if (days <= 0) return labels.lastSeenToday(time);
  if (days === 1) return labels.lastSeenYesterday(time);
  const year = seen.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return labels.lastSeenOn(format(seen, locale, { day: 'numeric', month: 'long', year }));
}
