import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header a shop signs its events with: `sha256=` and the hex HMAC of the raw body. */
export const SIGNATURE_HEADER = 'x-signature';

/** The header's value for a body. */
export function signatureOf(rawBody: Buffer | string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
}

/** Whether a header signs this body; takes the same time for every wrong one. */
export function isSignedBy(secret: string, rawBody: Buffer, header: unknown): boolean {
  if (typeof header !== 'string') return false;
  const expected = Buffer.from(signatureOf(rawBody, secret));
  const given = Buffer.from(header);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
