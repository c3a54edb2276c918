import { buildRows, dividerIndex, findMessage, indexOfSeq, sameRows } from './message-rows';
import { messageView, messageViews } from './testing/views';

const all = { start: 0, end: 100 };

describe(buildRows.name, () => {
  it('joins what one author wrote within five minutes', () => {
    const rows = buildRows(
      [messageView(1), messageView(2), messageView(30), messageView(31, { senderId: 'me', own: true })],
      all,
      -1,
    );
    expect(rows.map((row) => [row.startsRun, row.endsRun])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('opens a day once', () => {
    const late = messageView(3, { createdAt: new Date(2026, 0, 6, 12).toISOString() });
    const noon = (seq: number) => messageView(seq, { createdAt: new Date(2026, 0, 5, 12, seq).toISOString() });
    expect(buildRows([noon(1), noon(2), late], all, -1).map((row) => row.opensDay)).toEqual([true, false, true]);
  });

  it('breaks a run at the divider', () => {
    const rows = buildRows(messageViews(1, 3), all, 1);
    expect(rows.map((row) => [row.startsRun, row.endsRun, row.firstUnread])).toEqual([
      [true, true, false],
      [true, false, true],
      [false, true, false],
    ]);
  });

  it('knows the neighbours beyond its range', () => {
    const [row] = buildRows(messageViews(1, 3), { start: 1, end: 2 }, -1);
    expect(row).toMatchObject({ index: 1, opensDay: false, startsRun: false, endsRun: false });
  });
});

describe(dividerIndex.name, () => {
  const messages = [...messageViews(11, 20), messageView(null)];
  it.each([
    [null, true, -1],
    [15, true, 4],
    [11, true, 0],
    [5, true, -1],
    [5, false, 0],
    [21, true, -1],
  ])('first unread %p, more before: %p -> %d', (seq, hasOlder, index) =>
    expect(dividerIndex(messages, seq, hasOlder)).toBe(index),
  );
});

it('finds a seq among stored and waiting messages', () => {
  const messages = [...messageViews(5, 9), messageView(null)];
  expect([1, 5, 7, 9, 10].map((seq) => indexOfSeq(messages, seq))).toEqual([0, 0, 2, 4, 5]);
});

it('finds a message where it is, where it must have moved, or anywhere', () => {
  const messages = messageViews(1, 10);
  expect([
    findMessage(messages, 'm4', 3, 0),
    findMessage(messages, 'm4', 1, 2),
    findMessage(messages, 'm4', 9, 9),
    findMessage(messages, 'x', 0, 0),
  ]).toEqual([3, 3, 3, -1]);
});

describe(sameRows.name, () => {
  const messages = messageViews(1, 5);
  const rows = buildRows(messages, { start: 1, end: 3 }, -1);

  it('holds when messages come outside the range', () =>
    expect(sameRows(rows, buildRows([...messages, messageView(6)], { start: 1, end: 3 }, -1))).toBe(true));

  it.each([
    ['a message changed', buildRows(messages.with(1, messageView(2, { edited: true })), { start: 1, end: 3 }, -1)],
    ['the range moved', buildRows(messages, { start: 2, end: 4 }, -1)],
    ['the range grew', buildRows(messages, { start: 1, end: 4 }, -1)],
    ['the divider came', buildRows(messages, { start: 1, end: 3 }, 1)],
    ['the next author is another', buildRows(messages.with(3, messageView(90)), { start: 1, end: 3 }, -1)],
  ])('does not when %s', (_, others) => expect(sameRows(rows, others)).toBe(false));
});
