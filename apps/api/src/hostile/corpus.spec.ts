import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');
const HOSTILE = 'apps/api/src/hostile';
const API = 'apps/api/src';

/**
 * Everything that is tried against REST and sockets, and the spec that tries it, by a part of its title. Whoever finds a new
 * way to be hostile adds a line, and the case where its kind is.
 */
const CORPUS: Readonly<Record<string, readonly [what: string, file: string, title: string][]>> = {
  tokens: [
    ['alg none, another key or algorithm, an edited role', `${API}/auth.spec.ts`, 'alg none'],
    ['expired by a second, not valid yet', `${API}/auth.spec.ts`, 'one expired a second ago'],
    ['wrong issuer or audience', `${API}/auth.spec.ts`, 'another issuer'],
    ['a refresh token as access token', `${API}/auth.spec.ts`, 'the refresh token'],
    ['exp as text, 1e309, absent, a year ahead', `${API}/auth.spec.ts`, 'exp of 1e309'],
    ['a token of 10 KB', `${API}/auth.spec.ts`, '10 KB'],
    ['a token in the query of a call', `${API}/rest.spec.ts`, 'and to a token in the query string'],
    ['a token in the query of a handshake', `${API}/auth.spec.ts`, 'is not taken from the query of a handshake'],
    ['a token of an account that is gone', `${API}/auth.spec.ts`, 'ends with the account'],
    ['a socket left open past expiry', `${API}/sessions.spec.ts`, 'ends with its token'],
    [
      'a command of a socket whose token is over',
      `${API}/doors/guards.spec.ts`,
      'once the token of the socket is over',
    ],
    ['a refresh token reused after rotation', `${API}/auth.spec.ts`, 'a refresh token that comes back later ends'],
    ['two tabs refreshing at once', `${API}/auth.spec.ts`, 'two tabs refreshing at once both live'],
    ['logout on one device, the other stays', `${API}/auth.spec.ts`, 'logging out ends this login and its sockets'],
    ['a new password', `${API}/sessions.spec.ts`, 'a new password ends the others'],
    ['all of it on two nodes, without Redis too', `${API}/sessions.spec.ts`, 'without Redis: here at once, elsewhere'],
    ['tokens of another issuer', `${API}/external-issuer.spec.ts`, 'alg'],
  ],
  login: [
    ['one account, 1,000 tries', `${API}/logins.spec.ts`, 'one account, 1,000 tries'],
    ['1,000 accounts, one try each', `${API}/logins.spec.ts`, '1,000 accounts, one try each'],
    ['variants of case and of Unicode', `${API}/logins.spec.ts`, 'case, blanks and look-alike letters'],
    ['known or unknown', `${API}/logins.spec.ts`, 'in the same words and the same time'],
  ],
  transport: [
    ['foreign origins, over sockets', `${HOSTILE}/transport.spec.ts`, 'refuses the Origin %s'],
    ['foreign origins, look-alikes, trailing dots, over REST', `${API}/browser-policy.spec.ts`, 'a page of the origin'],
    ['EIO=3, sid __proto__', `${HOSTILE}/transport.spec.ts`, 'an older protocol'],
    ['malformed packets', `${HOSTILE}/transport.spec.ts`, 'bears the packet %j'],
    ['attachments that are too many or not there', `${HOSTILE}/transport.spec.ts`, 'bears bytes where text belongs'],
    ['unknown namespaces', `${HOSTILE}/transport.spec.ts`, 'has no namespace %j'],
    ['event names that are none', `${HOSTILE}/payload.spec.ts`, 'answers the unknown command'],
    ['frames above the limit', `${HOSTILE}/transport.spec.ts`, 'a frame of %d bytes ends'],
    ['floods of pings, packets and commands', `${HOSTILE}/transport.spec.ts`, 'closes a connection that floods'],
    ['floods while others write', `${HOSTILE}/floods.spec.ts`, 'everybody else is answered'],
    [
      'a handshake and then silence, slow requests',
      `${HOSTILE}/transport.spec.ts`,
      'closes what only pretends to begin',
    ],
    [
      'a reader that never reads, 10,000 messages',
      `${API}/slow-reader.spec.ts`,
      'is shed while 10,000 messages arrive',
    ],
    ['1,000 sockets of one user', `${HOSTILE}/floods.spec.ts`, 'of 1,000 sockets of one person'],
    ['what is no HTTP', `${HOSTILE}/transport.spec.ts`, 'bears what is no HTTP'],
  ],
  whose: [
    ['every REST door about a chat of others', `${API}/doors/policy.spec.ts`, 'answered alike by every REST door'],
    ['every command about a chat of others', `${API}/doors/policy.spec.ts`, 'answered alike by %s'],
    ['a search', `${API}/rest-pages.spec.ts`, 'finds by the beginning of a word in names and titles'],
    [
      'a course not bought, a tutor of another, oneself',
      `${API}/rest-pages.spec.ts`,
      'needs a purchase, a tutor of that course',
    ],
    ['a refund in the middle of a session', `${API}/access.spec.ts`, 'a refund makes the chat read-only at once'],
    ['a tutor removed', `${API}/access.spec.ts`, 'a tutor taken off the course leaves a read-only chat'],
    ['both on two nodes', `${API}/nodes.spec.ts`, 'a tutor taken off the course'],
    ['the name of a room', `${HOSTILE}/payload.spec.ts`, 'and the name of a room'],
    ['a stranger in a room', `${API}/events.spec.ts`, 'a stranger who asks for the room of a chat'],
    ['logins of others', `${API}/rest.spec.ts`, 'answers what is not yours and what is not there alike'],
  ],
  payload: [
    ['operators in every field, over sockets', `${HOSTILE}/payload.spec.ts`, '%s refuses in every field'],
    ['operators in every field, over REST', `${HOSTILE}/payload.spec.ts`, 'every field of every body refuses'],
    ['operators, lists and keys twice in queries', `${HOSTILE}/payload.spec.ts`, 'every query refuses operators'],
    [
      'ids of 12 bytes and of 25 characters',
      `${HOSTILE}/payload.spec.ts`,
      'every parameter refuses an id that is none',
    ],
    ['prototypes, at the top and deep', `${HOSTILE}/payload.spec.ts`, '"__proto__":{"isAdmin":true}'],
    ['keys that the server makes', `${HOSTILE}/payload.spec.ts`, '%s refuses a key that it does not know'],
    ['JSON 10,000 deep', `${HOSTILE}/payload.spec.ts`, 'what is nested 10,000 deep'],
    ['100,000 keys', `${HOSTILE}/payload.spec.ts`, '100,000 keys are too large'],
    ['whatever the OpenAPI document allows and forbids', 'tools/fuzz/fuzz.mjs', 'Schemathesis'],
  ],
  text: [
    [
      'empty, blank, zero-width, NUL, half pairs, too long',
      `${HOSTILE}/text.spec.ts`,
      'is refused by sending and editing',
    ],
    ['32 KB of emoji joiners', `${HOSTILE}/text.spec.ts`, '32 KB of emoji joiners'],
    ['100,000 combining marks', `${HOSTILE}/text.spec.ts`, '100,000 combining marks are no frame'],
    ['bidi overrides, markup, links, templates', `${HOSTILE}/text.spec.ts`, 'is stored to the letter'],
    ['the same in names', `${HOSTILE}/text.spec.ts`, '%s makes no account'],
    ['the same in titles, as a browser shows them', 'apps/portal-e2e/src/hostile-names.e2e.ts', 'test('],
    ['food for backtracking: search', `${HOSTILE}/text.spec.ts`, 'the search %j finds nothing, at once'],
    ['food for backtracking: links', 'libs/web/chat/ui/src/linkify.spec.ts', 'is quick with hostile text'],
  ],
  state: [
    ['one id 100 times at once', `${API}/laws.spec.ts`, '100 identical sends at once'],
    ['one id 100 times at once on two nodes', `${API}/nodes.spec.ts`, 'one message sent 100 times at once on both'],
    ['one id with another text', `${API}/nodes.spec.ts`, 'of 40 texts under one id at once on both'],
    ['one id of another sender, in another chat', `${API}/nodes.spec.ts`, 'one id of both members, and in two chats'],
    ['seq -1, 1.5, 2^53', `${HOSTILE}/payload.spec.ts`, 'refuses to catch up from %s'],
    ['seq beyond the tail', `${HOSTILE}/payload.spec.ts`, 'a seq beyond the end marks nothing'],
    ['seq going back', `${API}/laws.spec.ts`, 'clamps to the end of the chat and never goes back'],
    ['sync with 10^5 chats', `${HOSTILE}/payload.spec.ts`, 'catching up with 100,000 chats'],
    ['sync with a forged cursor', `${HOSTILE}/payload.spec.ts`, 'refuses to catch up from the forged cursor'],
    ['a send while access ends', `${API}/access.spec.ts`, 'of sends racing a refund'],
    ['200 sends without waiting', `${API}/laws.spec.ts`, '200 sends without waiting'],
    ['an edit racing a deletion', `${API}/laws.spec.ts`, 'an edit racing a deletion never brings the text back'],
    ['the same on two nodes', `${API}/nodes.spec.ts`, 'an edit on one racing a deletion on the other'],
  ],
};

describe('the hostile corpus', () => {
  it.each(Object.entries(CORPUS))('each line of "%s" has its case', (_, lines) => {
    for (const [what, file, title] of lines) {
      expect([what, readFileSync(join(ROOT, file), 'utf8').includes(title)]).toEqual([what, true]);
    }
  });
});
