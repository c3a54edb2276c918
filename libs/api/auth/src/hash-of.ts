import { createHash } from 'node:crypto';

/** What stands for a token, a secret or an address where nobody shall read it: its SHA-256, in base64url. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
