/** Colours that carry white letters at 4.5:1 or better. */
export const AVATAR_COLORS = [
  '#2f6f73',
  '#8a5a44',
  '#4c6a9a',
  '#7a6a2a',
  '#6b4f8a',
  '#4a7236',
  '#9a4560',
  '#55616e',
] as const;

/** The same name has the same colour on every device. */
export function avatarColor(name: string): string {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return AVATAR_COLORS[hash % AVATAR_COLORS.length] ?? AVATAR_COLORS[0];
}

/** First letters of the first and the last word, whole characters even beyond the basic plane. */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => (word ? [...word][0] : ''))
    .join('')
    .toLocaleUpperCase();
}
