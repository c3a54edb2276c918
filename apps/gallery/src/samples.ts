import type { ChatRowView, HeaderView, MessageView, PersonView } from '@course-chat/web/chat/ui';

const NOW = Date.now();
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** ISO 8601, so many minutes ago. */
const ago = (minutes: number): string => new Date(NOW - minutes * MINUTE_MS).toISOString();

export const LONG_NAME = 'Wilhelmina-Alexandra Freifrau von Sonnenberg-Hohenstein zu Altenkirchen';
const LONG_TITLE = 'Everything you always wanted to know about asynchronous distributed data structures, volume two';
export const ARABIC_NAME = 'ليلى منصور';
const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3);
const LONG_TEXT =
  'A long answer has several sentences, and each of them could stand alone. It wraps where the bubble ends.\n\nIt also has paragraphs:\n- one\n- two\n\n' +
  LONG_WORD;

/** One message; `key` tells it from the others of its list. */
export function message(key: string, text: string, more: Partial<MessageView> = {}): MessageView {
  return {
    clientMessageId: key,
    seq: 1,
    senderId: more.own ? 'me' : 'ana',
    own: false,
    type: 'text',
    text,
    createdAt: ago(30),
    edited: false,
    deleted: false,
    delivery: 'stored',
    canEdit: false,
    canDelete: false,
    ...more,
  };
}

/** Every way a bubble can look; `where` keeps the keys of one list from those of another. */
export function bubbles(where: string): { readonly what: string; readonly message: MessageView }[] {
  const states: [what: string, text: string, more?: Partial<MessageView>][] = [
    ['received', 'Did it work? Send me the component if not.'],
    ['received, edited', 'Because writing it schedules the effect again.', { edited: true }],
    ['received, deleted', '', { deleted: true }],
    ['received, long', LONG_TEXT],
    ['with a link', 'See https://example.com/lessons/12?from=chat, second half'],
    ['Arabic', 'متى أحتاج إلى فهرس مركب؟'],
    ['both directions', 'The word فهرس means index, and costs 12 €.'],
    ['with markup', '<b>bold</b> <script>alert(1)</script> {{ 7 * 7 }}'],
    ['own, waiting', 'One more?', { own: true, seq: null, delivery: 'queued' }],
    ['own, being sent', 'One more?', { own: true, seq: null, delivery: 'sending' }],
    ['own, stored', 'One more?', { own: true, delivery: 'stored' }],
    ['own, delivered', 'One more?', { own: true, delivery: 'delivered' }],
    ['own, read', 'One more?', { own: true, delivery: 'read' }],
    ['own, failed', 'One more?', { own: true, seq: null, delivery: 'failed' }],
    [
      'own, failed, with the reason',
      'One more?',
      { own: true, seq: null, delivery: 'failed', failureReason: 'You can no longer write in this chat.' },
    ],
    // A page that is older than the server.
    ['of a kind nobody knows yet', '', { type: 'poll' as MessageView['type'] }],
    ['own, may be changed', 'One more?', { own: true, delivery: 'read', canEdit: true, canDelete: true }],
    ['own, edited', 'One more!', { own: true, delivery: 'read', edited: true }],
    ['own, deleted', '', { own: true, deleted: true }],
    ['own, long', LONG_TEXT, { own: true, delivery: 'read' }],
    ['own, one emoji', '🙏', { own: true, delivery: 'read' }],
  ];
  return states.map(([what, text, more], index) => ({ what, message: message(`${where}-${index}`, text, more) }));
}

/** A talk over three days, so that pills, runs and the divider are seen. */
export function talk(where: string): MessageView[] {
  const lines: [minutes: number, own: boolean, text: string][] = [
    [3 * 24 * 60, true, 'Hi Ana, in lesson 12 you use a signal inside an effect. Why does mine loop forever?'],
    [3 * 24 * 60 - 1, true, 'I set it in the same effect that reads it.'],
    [3 * 24 * 60 - 14, false, 'Because writing it schedules the effect again. Derive it with computed() instead.'],
    [24 * 60, false, 'Did it work?'],
    [24 * 60 - 2, true, 'It works, and it is half the code. Thank you!'],
    [12, false, 'Good. Then lesson 13 is for you.'],
    [11, false, 'Its exercise is the nicest of the course.'],
  ];
  return lines.map(([minutes, own, text], index) =>
    message(`${where}-${index}`, text, { seq: index + 1, own, createdAt: ago(minutes), delivery: 'read' }),
  );
}

/** Longer than a screen, so that it opens at its divider and the button that leads down is there. */
export const longTalk: readonly MessageView[] = Array.from({ length: 40 }, (_, index) =>
  message(
    `long-${index}`,
    `Line ${index + 1}${index % 4 === 0 ? ', and some more words so that it needs two lines' : ''}`,
    {
      seq: index + 1,
      createdAt: ago(40 - index),
    },
  ),
);

/** Every bubble in one list, as runs and sides make it. */
export const mixed: readonly MessageView[] = bubbles('mixed')
  .map(({ message: each }) => each)
  .sort((a, b) => Number(a.seq === null) - Number(b.seq === null))
  .map((each, index) => ({ ...each, seq: each.seq && index + 1, createdAt: ago(60 - index) }));

/** One row of the list. */
export function row(id: string, more: Partial<ChatRowView> = {}): ChatRowView {
  return {
    id,
    link: `/${id}`,
    name: 'Ana Ruiz',
    avatarUrl: null,
    online: false,
    courseTitle: 'Angular from the ground up',
    time: ago(42),
    preview: 'A heap keeps the smallest on top',
    previewKind: 'text',
    previewOwn: false,
    delivery: null,
    unreadCount: 0,
    waitingSince: null,
    ...more,
  };
}

/** Every way a row can look. */
export const rows: readonly ChatRowView[] = [
  row('typing', { online: true, previewKind: 'typing' }),
  row('unread', { name: 'Tomás Okafor', unreadCount: 2 }),
  row('many', { name: 'Tomás Okafor', unreadCount: 321, online: true }),
  row('draft', { name: 'Mira Klein', previewKind: 'draft', preview: 'Is the p-value here', time: ago(26 * 60) }),
  row('own', {
    name: 'Sam Bianchi',
    previewOwn: true,
    delivery: 'read',
    preview: 'Thank you!',
    time: ago(4 * 24 * 60),
  }),
  row('failed', { name: 'Sam Bianchi', previewOwn: true, delivery: 'failed', preview: 'Not sent' }),
  row('deleted', { name: 'Jo Park', previewKind: 'deleted', preview: '' }),
  row('empty', { name: 'Jo Park', previewKind: 'empty', preview: '', time: ago(60 * 24 * 400) }),
  row('waits', { name: 'Lena Marsh', waitingSince: ago(192), unreadCount: 1 }),
  row('long', {
    name: LONG_NAME,
    courseTitle: LONG_TITLE,
    preview: LONG_TEXT,
    unreadCount: 100,
    waitingSince: ago(3 * 24 * 60),
  }),
  row('arabic', { name: ARABIC_NAME, courseTitle: 'مقدمة في قواعد البيانات', preview: 'وهل يبطئ الكتابة؟' }),
];

const away = { online: false, lastSeenAt: null };
const head: HeaderView = {
  name: 'Ana Ruiz',
  avatarUrl: null,
  presence: { online: true, lastSeenAt: null },
  typing: false,
  courseId: 'course',
  courseTitle: 'Angular from the ground up',
  courseLink: '/courses/course',
  readOnly: false,
};

/** Every way the head of a thread can look. */
export const headers: readonly { readonly what: string; readonly header: HeaderView }[] = [
  { what: 'online', header: head },
  { what: 'typing', header: { ...head, typing: true } },
  { what: 'seen lately', header: { ...head, presence: { ...away, lastSeenAt: ago(5) } } },
  {
    what: 'seen yesterday',
    header: { ...head, presence: { ...away, lastSeenAt: new Date(NOW - DAY_MS).toISOString() } },
  },
  { what: 'never seen, no course page', header: { ...head, presence: away, courseLink: null } },
  { what: 'without a connection', header: { ...head, presence: null } },
  { what: 'read only', header: { ...head, presence: away, readOnly: true } },
  { what: 'long', header: { ...head, name: LONG_NAME, courseTitle: LONG_TITLE } },
  { what: 'Arabic', header: { ...head, name: ARABIC_NAME, courseTitle: 'مقدمة في قواعد البيانات' } },
];

const person: PersonView = {
  id: 'ana',
  name: 'Ana Ruiz',
  avatarUrl: null,
  online: true,
  courseId: 'course',
  courseTitle: 'Angular from the ground up',
  chatId: null,
};

export const people: readonly PersonView[] = [
  person,
  { ...person, id: 'tomas', name: 'Tomás Okafor', online: false, courseTitle: 'Data structures', chatId: 'chat' },
  { ...person, id: 'long', name: LONG_NAME, online: false, courseTitle: LONG_TITLE, chatId: 'chat' },
  { ...person, id: 'layla', name: ARABIC_NAME, online: false, courseTitle: 'مقدمة في قواعد البيانات' },
];
