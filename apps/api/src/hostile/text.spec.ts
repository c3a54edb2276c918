import { randomUUID } from 'node:crypto';
import { NAME_MAX_CHARACTERS, QUERY_MAX_CHARACTERS, TEXT_MAX_CHARACTERS, type Message } from '@course-chat/contracts';
import { PASSWORD } from '../testing';
import { expectClean, expectTyped, HostileScene } from './scene';

const FAMILY = '👩‍👩‍👧‍👦';
const FRAME_AND_MORE = 70_000;
/** Far more than any of it takes on a slow machine, far less than a search that backtracks. */
const PROMPT_MS = 3_000;

/** Refused with VALIDATION_FAILED by every door that takes a text. */
const REFUSED: [string, unknown][] = [
  ['empty', ''],
  ['blanks', ' \n\t \u00a0\u3000'],
  ['zero-width only', '\u200b\u200d\u2060\ufeff'],
  ['invisible letters only', '\u115f\u3164\uffa0\u2800'],
  ['bidi controls only', '\u202e\u2066\u2069'],
  ['combining marks only', '\u0301\u0300'],
  ['NUL', 'a\0b'],
  ['escape sequences of a terminal', 'a\u001b[31mb'],
  ['a C1 control', 'a\u0085b'],
  ['a carriage return inside', 'a\rb'],
  ['the first half of a pair', 'a\ud83d'],
  ['the second half of a pair', '\ude00a'],
  ['halves the wrong way round', '\ude00\ud83d'],
  ['4,001 characters', 'a'.repeat(TEXT_MAX_CHARACTERS + 1)],
  ['4,001 characters beyond the first plane', '😀'.repeat(TEXT_MAX_CHARACTERS + 1)],
  ['32 KB of emoji joiners', FAMILY.repeat(32_768 / Buffer.byteLength(FAMILY))],
  ['16,000 combining marks', 'a' + '\u0301'.repeat(15_999)],
  ['thousands of different combining marks', 'a' + '\u0345\u0301\u0323\u0334'.repeat(3_999)],
  ['a list', ['a']],
  ['a number', 1],
  ['an operator', { $gt: '' }],
];

/** Taken, stored to the letter in NFC, and markup or code nowhere. */
const HARMLESS: [string, string, string?][] = [
  ['an accent in two characters', 'e\u0301', '\u00e9'],
  ['blanks around', '  a \n', 'a'],
  ['lines and tabs', 'a\n\tb'],
  ['an emoji of seven', FAMILY],
  ['bidi overrides beside words', 'gnp\u202egpj.exe\u202c \u2066x\u2069'],
  ['right to left', 'مرحبا שלום'],
  ['a zero-width space beside words', 'a\u200bb'],
  ['an image that fails', '<img src=x onerror=alert(1)>'],
  ['an animation', '<svg><animate onbegin=alert(1) attributeName=x dur=1s>'],
  ['a script that ends another', '</script><script>alert(1)</script>'],
  ['a link that runs', 'jAvAsCrIpT:alert(1) [x](javascript:alert(1)) <a href=" &#14; javascript:alert(1)">'],
  ['a link that is a page', 'DATA:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='],
  ['a template', "{{constructor.constructor('alert(1)')()}} ${7*7} #{7*7} <%= 7*7 %>"],
  ['an operator', '{"$where":"sleep(1000)"} $gt [$ne]'],
  ['a prototype', '__proto__'],
  ['a header', 'a\nSet-Cookie: x=1\n\nb'],
  ['an address that never ends', `http://${'a.'.repeat(900)}a`],
  ['an address of brackets', `http://x/${'('.repeat(1_500)}${')'.repeat(1_500)}`],
  ['stars and underscores', '*_'.repeat(1_900)],
  ['an e-mail that never ends', `${'a'.repeat(3_900)}@`],
  ['nested quotes', '>'.repeat(3_900)],
  ['as many characters as there may be', '😀'.repeat(TEXT_MAX_CHARACTERS)],
];

/** Searches that make a backtracking expression think for ever. */
const SEARCHES = [
  'a'.repeat(QUERY_MAX_CHARACTERS),
  `${'a'.repeat(QUERY_MAX_CHARACTERS - 1)}!`,
  '(a+)+$',
  '(.*)*x',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '.*',
  '[',
  '\\',
  '$where',
  '{"$regex":".*"}',
  'a'.concat('\u0301'.repeat(QUERY_MAX_CHARACTERS - 1)),
  '\ud800',
  '\0',
];

describe('hostile text', () => {
  let scene: HostileScene;
  let seq = 0;
  beforeAll(async () => (scene = await HostileScene.start()));
  afterAll(() => scene.stop());

  describe('in a message', () => {
    it.each(REFUSED)('%s is refused by sending and editing, over socket and REST', async (_, text) => {
      const clientMessageId = randomUUID();
      expect(await scene.send({ clientMessageId, text })).toEqual({
        socket: 'VALIDATION_FAILED',
        rest: 'VALIDATION_FAILED',
      });
      const error = await scene.socket.error('edit_message', { chatId: scene.chatId, seq: 1, text });
      expect(error).toMatchObject({ code: 'VALIDATION_FAILED', fields: [{ path: 'text' }] });
      await scene.expectUntouched(seq);
    });

    it('100,000 combining marks are no frame: that connection ends, the call is TOO_LARGE, nothing is stored', async () => {
      const text = 'a' + '\u0301'.repeat(100_000);
      const fat = await scene.server.socket(scene.pair.student);
      const closed = new Promise((resolve) => fat.io.on('disconnect', resolve));
      void fat.raw('send_message', { chatId: scene.chatId, clientMessageId: randomUUID(), text }).catch(() => null);
      await closed;
      const path = scene.messagesPath(scene.pair.student);
      const answer = await scene.server.rest(scene.pair.student).post(path, { clientMessageId: randomUUID(), text });
      expectTyped(answer, 413, 'TOO_LARGE');
      await scene.expectUntouched(seq);
    });

    it.each(HARMLESS)('%s is stored to the letter, in good time', async (_, text, stored = text) => {
      const started = Date.now();
      const clientMessageId = randomUUID();
      expect(await scene.send({ clientMessageId, text })).toEqual({ socket: 'ok', rest: 'ok' });
      seq++;
      const { message } = await scene.witness.hears('message_created', (event) => event.message.seq === seq);
      expect(message.text).toBe(stored.normalize('NFC'));
      const path = `${scene.messagesPath(scene.pair.tutor)}?limit=1`;
      const { body } = await scene.server.rest(scene.pair.tutor).get<{ items: Message[] }>(path);
      expect(body.items).toEqual([message]);
      const chat = await scene.chatOf(scene.pair.tutor);
      expect(stored.normalize('NFC').replace(/\s+/g, ' ')).toContain(chat.lastMessage?.preview.replace(/…$/, ''));
      expect(Date.now() - started).toBeLessThan(PROMPT_MS);
      await scene.witness.hears('unread_changed', ({ unreadCount }) => unreadCount === seq);
      scene.witness.forget();
      await scene.expectUntouched(seq);
    });
  });

  describe('in a name', () => {
    const register = (name: unknown, email = `${randomUUID()}@example.com`) =>
      scene.server.call('POST', '/auth/register', { body: { name, email, password: PASSWORD } });

    it.each([
      ...REFUSED.filter(([name]) => !/4,001|32 KB|16,000/.test(name)),
      ['two lines', 'a\nb'],
      ['a tab', 'a\tb'],
      ['bidi overrides', 'admin\u202egnp'],
      ['isolates', '\u2066admin\u2069'],
      ['81 characters', 'a'.repeat(NAME_MAX_CHARACTERS + 1)],
      ['81 characters in 324 places', '😀'.repeat(NAME_MAX_CHARACTERS + 1)],
      ['a frame full', 'a'.repeat(60_000)],
    ] as [string, unknown][])('%s makes no account', async (_, name) => {
      expectTyped(await register(name), 400, 'VALIDATION_FAILED');
      await scene.expectUntouched(seq);
    });

    it('too much for a frame makes no account', async () => {
      expectTyped(await register('a'.repeat(FRAME_AND_MORE)), 413, 'TOO_LARGE');
      await scene.expectUntouched(seq);
    });

    it.each(HARMLESS.filter(([, text]) => !/[\n\t\u202e\u2066]/.test(text.trim()) && [...text].length <= 80))(
      '%s is a name to the letter',
      async (_, name, stored = name) => {
        const answer = await register(name);
        expect(answer).toMatchObject({ status: 201, body: { user: { name: stored.normalize('NFC') } } });
      },
    );
  });

  it.each(SEARCHES)('the search %j finds nothing, at once', async (text) => {
    const started = Date.now();
    for (const [who, path] of [
      [scene.pair.student, '/users/chats'],
      [scene.pair.tutor, '/tutors/chats'],
    ] as const) {
      const answer = await scene.server.rest(who).get<{ items?: unknown[] }>(`${path}?q=${encode(text)}`);
      expect([200, 400]).toContain(answer.status);
      expect(answer.body.items ?? []).toEqual([]);
      expectClean(answer.body);
    }
    expect(Date.now() - started).toBeLessThan(PROMPT_MS);
  });
});

/** As a query string has it, also what no good program would write. */
function encode(text: string): string {
  return /\p{Cs}/u.test(text) ? '%ED%A0%80' : encodeURIComponent(text);
}
