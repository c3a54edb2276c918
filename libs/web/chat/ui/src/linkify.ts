/** A piece of a message: text as it stands, and where it leads if it is a link. */
export interface TextPart {
  text: string;
  href: string | null;
}

/** More links than this in one message stay text: nobody reads them, and each one costs an element. */
const LINKS_MAX = 50;
const URL_MAX = 2_048;
const SCHEMES = ['http://', 'https://'];
const ENDS_URL = /[\s<>"'`{}|\\^\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const WORD = /[\p{L}\p{N}_]/u;
// Punctuation at the end belongs to the sentence, not to the address.
const TRAILING = new Set('.,;:!?…*_~。，、！？'.split(''));
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

/**
 * Cuts a text into plain parts and links, http and https only. Walks the text once and looks ahead by one
 * character class at a time, so no text makes it slow.
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  // Folding case of the whole text could change its length, and with it every position.
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  let done = 0;
  let from = 0;
  let links = 0;
  while (links < LINKS_MAX) {
    const start = lower.indexOf('http', from);
    if (start < 0) break;
    const end = urlEnd(text, lower, start);
    const href = end > start ? webAddress(text.slice(start, end)) : null;
    if (href === null) {
      from = Math.max(end, start + 4);
      continue;
    }
    if (start > done) parts.push({ text: text.slice(done, start), href: null });
    parts.push({ text: text.slice(start, end), href });
    links++;
    done = from = end;
  }
  if (done < text.length) parts.push({ text: text.slice(done), href: null });
  return parts;
}

/** Where the address that begins at `start` ends, `start` if none does. */
function urlEnd(text: string, lower: string, start: number): number {
  const scheme = SCHEMES.find((candidate) => lower.startsWith(candidate, start));
  if (!scheme || (start > 0 && WORD.test(text.charAt(start - 1)))) return start;
  let end = start + scheme.length;
  while (end < text.length && !ENDS_URL.test(text.charAt(end))) end++;
  return withoutTrailing(text, start, end);
}

function withoutTrailing(text: string, start: number, end: number): number {
  const surplus = new Map<string, number>();
  for (const [closing, opening] of Object.entries(BRACKETS)) {
    let balance = 0;
    for (let at = start; at < end; at++) {
      const character = text.charAt(at);
      if (character === closing) balance++;
      else if (character === opening) balance--;
    }
    surplus.set(closing, balance);
  }
  for (; end > start; end--) {
    const last = text.charAt(end - 1);
    const open = surplus.get(last) ?? 0;
    if (TRAILING.has(last)) continue;
    if (open <= 0) break;
    surplus.set(last, open - 1);
  }
  return end;
}

/** The address as browsers understand it, null if it is not one for the web or carries a password. */
function webAddress(candidate: string): string | null {
  if (candidate.length > URL_MAX || !URL.canParse(candidate)) return null;
  const url = new URL(candidate);
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  return web && url.hostname.length > 0 && !url.username && !url.password ? url.href : null;
}
