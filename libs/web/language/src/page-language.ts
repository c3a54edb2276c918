/** The language of the page, as `Intl` wants it. */
export function pageLocale(): string {
  return document.documentElement.lang || 'en';
}

/**
 * Has the browser load what it needs to write numbers and dates, which it does at their first use and takes a phone a tenth
 * of a second: better while the page waits for the network than while it is built.
 */
export function loadFormats(): void {
  shortCount(0);
}

const counts = new Map<string, Intl.NumberFormat>();

/** A small count as the page's language writes it, cut at 99 so that it fits where it is shown: `99+`. */
export function shortCount(count: number, locale = pageLocale()): string {
  let format = counts.get(locale);
  if (!format) counts.set(locale, (format = new Intl.NumberFormat(locale)));
  return count > 99 ? `${format.format(99)}+` : format.format(count);
}

/** Names one after the other, as the page's language lists them. */
export function listed(names: readonly string[], locale = pageLocale()): string {
  // A list of one has nothing of a language, and to load what one needs takes a phone longer than all else of a line.
  const [first = '', ...others] = names;
  return others.length === 0 ? first : new Intl.ListFormat(locale).format(names);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long someone has been waiting: `12 min`, `3 h`, `2 days`. Among what every page has: a file that two pages share and the
 * application does not have comes one round trip after either of them.
 */
export function waitingText(
  sinceIso: string,
  now: Date,
  labels: Readonly<Record<'minutes' | 'hours' | 'days', (count: number) => string>>,
): string {
  const waited = Math.max(0, now.getTime() - new Date(sinceIso).getTime());
  if (waited >= 2 * DAY) return labels.days(Math.floor(waited / DAY));
  if (waited >= HOUR) return labels.hours(Math.floor(waited / HOUR));
  return labels.minutes(Math.max(1, Math.floor(waited / MINUTE)));
}
