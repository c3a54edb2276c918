/** A piece of a message: text as it stands, and where it leads if it is a link. */
export interface TextPart {
  text: string;
  href: string | null;
}

/** More links than this in one message stay text: nobody reads them, and each one costs an element. */
const LINKS_MAX = 50;
const URL_MAX = 2_048;
/** Not where it is the rest of a word, and `www.` not within a name or a mail's address. */
const BEGINNING = /(?<![\p{L}\p{N}_])https?:\/\/|(?<![\p{L}\p{N}_@./-])www\.(?=[\p{L}\p{N}-]+\.[\p{L}\p{N}])/giu;
const ENDS_URL = /[\s<>"'`{}|\\^\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
// Punctuation at the end belongs to the sentence, not to the address.
const TRAILING = new Set('.,;:!?…*_~。，、！？'.split(''));
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

/**
 * Cuts a text into plain parts and links, http and https only; what begins with `www.` leads to https. Walks the text
 * once and looks ahead by one character class at a time, so no text makes it slow.
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  let seen = 0;
  let links = 0;
  for (const { index: start, 0: beginning } of text.matchAll(BEGINNING)) {
    if (links === LINKS_MAX) break;
    if (start < seen) continue;
    const end = urlEnd(text, start, beginning.length);
    seen = end;
    const written = text.slice(start, end);
    const href = webAddress(beginning.includes(':') ? written : `https://${written}`);
    if (href === null) continue;
    if (start > done) parts.push({ text: text.slice(done, start), href: null });
    parts.push({ text: written, href });
    links++;
    done = end;
  }
  if (done < text.length) parts.push({ text: text.slice(done), href: null });
  return parts;
}

/** Where the address ends that begins at `start` with so many characters. */
function urlEnd(text: string, start: number, length: number): number {
  let end = start + length;
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
