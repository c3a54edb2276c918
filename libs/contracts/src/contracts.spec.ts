import {
  contentOf,
  messageContent,
  commandNames,
  commands,
  countCharacters,
  eventNames,
  events,
  nameSchema,
  routes,
  textSchema,
  chatQuerySchema,
  messagePageSchema,
  messageQuerySchema,
  previewOf,
  PREVIEW_MAX_CHARACTERS,
} from './index';
import { sampleChat, sampleCommands, sampleEvents, sampleMessage } from './testing';

describe('samples', () => {
  it.each(commandNames)('parses the payload and the data of %s unchanged', (name) => {
    expect(commands[name].payload.parse(sampleCommands[name].payload)).toEqual(sampleCommands[name].payload);
    expect(commands[name].data.parse(sampleCommands[name].data)).toEqual(sampleCommands[name].data);
  });

  it.each(eventNames)('parses %s, with an unknown key ignored', (name) => {
    expect(events[name].parse({ ...sampleEvents[name], later: true })).toEqual(sampleEvents[name]);
  });

  it.each(commandNames)('refuses an unknown key in %s', (name) => {
    expect(commands[name].payload.safeParse({ ...sampleCommands[name].payload, senderId: 'x' }).success).toBe(false);
  });
});

describe('textSchema', () => {
  it.each([
    ['a plain line', ' hello \n', 'hello'],
    ['a newline and a tab inside', 'a\n\tb', 'a\n\tb'],
    ['decomposed letters, as NFC', 'e\u0301', '\u00e9'],
    ['4,000 emoji, each one character', '😀'.repeat(4000), '😀'.repeat(4000)],
    ['markup, as text', '<img onerror=alert(1)>', '<img onerror=alert(1)>'],
    ['direction overrides, which the interface isolates', 'a\u202eb', 'a\u202eb'],
  ])('takes %s', (_, input, stored) => expect(textSchema.parse(input)).toBe(stored));

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['zero-width characters only', '\u200b\u200d\ufeff\u2060'],
    ['Hangul fillers and blank Braille only', '\u3164\u115f\u2800'],
    ['combining marks only', '\u0301\u0301'],
    ['NUL', 'a\0b'],
    ['a carriage return', 'a\rb'],
    ['half a surrogate pair', 'a\ud800b'],
    ['4,001 characters', 'a'.repeat(4001)],
    ['32 KB of emoji joiners', '👨‍👩‍👧'.repeat(1800)],
    ['100,000 combining marks', 'a' + '\u0301'.repeat(100_000)],
    ['300 marks on one letter', 'a' + '\u0345\u0301\u0323'.repeat(100)],
    ['a list', ['a']],
    ['an operator', { $ne: null }],
  ])('refuses %s', (_, input) => expect(textSchema.safeParse(input).success).toBe(false));
});

it('refuses marks that take long to put in order before it does', () => {
  const marks = ['\u0345', '\u0301', '\u0323', '\u0334'].map((mark) => mark.repeat(3_999)).join('');
  // Time of the processor: what else the machine does is not counted.
  const started = process.cpuUsage();
  for (let times = 0; times < 10; times++) expect(textSchema.safeParse(`a${marks}`).success).toBe(false);
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(500);
});

describe('nameSchema', () => {
  it.each(['', ' ', 'a\nb', 'a\u202eb', '\u2066a', 'a'.repeat(81)])('refuses %j', (name) => {
    expect(nameSchema.safeParse(name).success).toBe(false);
  });
});

describe('query schemas', () => {
  it('reads numbers from strings and fills in the page size', () => {
    expect(messageQuerySchema.parse({ before: '7' })).toEqual({ before: 7, limit: 50 });
  });

  it.each([
    { limit: '-1' },
    { limit: '0' },
    { limit: '101' },
    { limit: '1e9' },
    { limit: 'NaN' },
    { limit: ['1', '2'] },
    { q: { $ne: '' } },
    { x: '1' },
  ])('refuses %j', (query) => expect(chatQuerySchema.safeParse(query).success).toBe(false));

  it('refuses two directions at once', () => {
    expect(messageQuerySchema.safeParse({ before: '1', after: '2' }).success).toBe(false);
  });
});

it('counts characters as people do, not UTF-16 units', () => expect(countCharacters('a😀')).toBe(2));

it('names every route once', () => {
  const all = Object.values(routes).flatMap((group) =>
    Object.values(group).map((route) => `${route.method} ${route.path}`),
  );
  expect(new Set(all).size).toBe(all.length);
});

it('the content of a message is every part that a person writes', () => {
  expect(Object.keys(contentOf({ text: 'x' }))).toEqual(Object.keys(messageContent.shape));
});

describe('messages of a later version', () => {
  const later = { ...sampleMessage, type: 'lecture_moment', lecture: 3, second: 12 };

  it.each([
    ['an event', events.message_created, { message: later }],
    ['a page', messagePageSchema, { items: [sampleMessage, later], hasOlder: false, hasNewer: false }],
    [
      'a catching-up',
      commands.sync.data,
      { cursor: 'c1', more: false, chats: [{ chat: sampleChat, status: 'ok', messages: [later] }] },
    ],
  ])('do not make %s unreadable', (_, schema, value) => {
    expect(schema.safeParse(value).success).toBe(true);
  });
});

describe('previewOf', () => {
  it('is one line, cut with an ellipsis that counts, by characters as people count them', () => {
    expect(previewOf({ text: 'two\n\nlines' })).toBe('two lines');
    expect(previewOf({ text: '😀'.repeat(PREVIEW_MAX_CHARACTERS) })).toBe('😀'.repeat(PREVIEW_MAX_CHARACTERS));
    expect(previewOf({ text: '😀'.repeat(PREVIEW_MAX_CHARACTERS + 1) })).toBe(
      `${'😀'.repeat(PREVIEW_MAX_CHARACTERS - 1)}…`,
    );
  });
});
