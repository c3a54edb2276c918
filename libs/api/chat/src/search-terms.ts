/** Most words of one search that are looked at. */
const WORDS_MAX = 6;

/** The words of a text, without case and accents, as they are stored and searched for. */
export function searchTerms(...texts: readonly string[]): string[] {
  const words = texts
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return [...new Set(words.filter((word) => word !== ''))];
}

/** A filter on `terms` that wants a word beginning with each word of the query; null when the query has none. */
export function termsFilter(
  query: string,
): { $and: { terms: { $elemMatch: { $gte: string; $lt: string } } }[] } | null {
  const words = searchTerms(query).slice(0, WORDS_MAX);
  if (words.length === 0) return null;
  // A range, not a pattern: everything that sorts between the word and the word followed by the last character.
  // $elemMatch: without it one word of a chat may be above the beginning and another below the end.
  return { $and: words.map((word) => ({ terms: { $elemMatch: { $gte: word, $lt: `${word}\u{10FFFF}` } } })) };
}
