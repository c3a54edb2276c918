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
