import type { Role } from '@course-chat/contracts';

/** The query parameter that remembers where a person wanted to go before logging in. */
export const RETURN_URL = 'returnUrl';

const HERE = 'http://local.invalid';
// Browsers drop tabs and line breaks from addresses and read `\` as `/`, so `/\t/evil` would leave the site.
const UNSAFE = /[\u0000-\u0020\u007f\\]/;

/** The local path to return to, or null when what was asked for could leave this site or come back to the login. */
export function safeReturnUrl(asked: string | null | undefined): string | null {
  if (!asked || !asked.startsWith('/') || asked.startsWith('//') || UNSAFE.test(asked)) return null;
  if (!URL.canParse(asked, HERE)) return null;
  const url = new URL(asked, HERE);
  if (url.origin !== HERE || /^\/(login|register)?\/?$/.test(url.pathname) || url.pathname.startsWith('//'))
    return null;
  return url.pathname + url.search + url.hash;
}

/** Where each role begins. */
export function startOf(role: Role): string {
  return role === 'tutor' ? '/tutor' : '/courses';
}
