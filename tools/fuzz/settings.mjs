import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PASSWORD } from './ids.mjs';

/** How often an id that exists is taken instead of one that was made up. */
const KNOWN_SHARE = 0.6;

/** What holds for whoever runs the fuzzer. */
const SHARED = fileURLToPath(new URL('../../schemathesis.toml', import.meta.url));

/**
 * The fuzzer's settings for one person.
 * @param {{ email: string | null, ids: Record<string, string[]> }} options
 * @returns {string}
 */
export function settingsOf({ email, ids }) {
  const known = Object.entries(ids).filter(([, values]) => values.length > 0);
  const text = JSON.stringify;
  const lines = [
    ...known.flatMap(([name, values]) => [`[dictionaries.${name}]`, `values = ${text(values)}`]),
    '[parameters]',
    ...known.flatMap(([name]) =>
      (name === 'cursor' ? ['query'] : ['path', 'query', 'body']).map(
        (place) => `${text(`${place}.${name}`)} = { dictionary = ${text(name)}, probability = ${KNOWN_SHARE} }`,
      ),
    ),
    readFileSync(SHARED, 'utf8'),
  ];
  if (!email) lines.push('[auth]', 'auto-signup = false');
  if (email) {
    lines.push(
      // The fuzzer knows the password, and would be out for good: specs try these two.
      '[[operations]]',
      "include-operation-id = ['auth.changePassword', 'account.erase']",
      'enabled = false',
      // Logging in again when the fuzzer has logged itself out.
      '[auth.dynamic.openapi.bearer]',
      "path = '/api/auth/login'",
      `payload = { email = ${text(email)}, password = ${text(PASSWORD)} }`,
      "extract_selector = '/accessToken'",
    );
  }
  return `${lines.join('\n')}\n`;
}
