import { PASSWORD } from './ids.mjs';

/** How often an id that exists is taken instead of one that was made up. */
const KNOWN_SHARE = 0.6;

/**
 * Routes where a value that fits its schema may still be refused with 400, and why; elsewhere that is a failure.
 * A schema has no words for either: a cursor must be one that the server gave, and of three positions only one may be asked for.
 */
const REFUSES_GOOD_SHAPES = '^(courses\\.list|.*\\.list(Chats|Students|Audit)|(users|tutors)\\.listMessages)$';

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
    '[[operations]]',
    `include-operation-id-regex = ${text(REFUSES_GOOD_SHAPES)}`,
    "checks.positive_data_acceptance.expected-statuses = ['2xx', '400', '401', '403', '404', '409', '429']",
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
