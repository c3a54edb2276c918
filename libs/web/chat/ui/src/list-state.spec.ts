import { followMessages, grewOutOfSight, openList, type ListSource } from './list-state';
import { messageView, messageViews } from './testing/views';

const source = (more: Partial<ListSource>): ListSource => ({
  chatId: 'c1',
  messages: messageViews(1, 100),
  hasOlder: false,
  hasNewer: false,
  firstUnreadSeq: null,
  targetSeq: null,
  rowsToOpen: 40,
  ...more,
});

describe(openList.name, () => {
  it('opens at the end', () => expect(openList(source({})).range).toEqual({ start: 60, end: 100 }));
  it('opens with the rows that fill the screen, and no more', () => {
    expect(openList(source({ rowsToOpen: 24 })).range).toEqual({ start: 76, end: 100 });
    expect(openList(source({ rowsToOpen: 24, firstUnreadSeq: 51 })).range).toEqual({ start: 42, end: 66 });
    expect(openList(source({ rowsToOpen: 24, firstUnreadSeq: 95 })).range).toEqual({ start: 76, end: 100 });
  });
  it('opens at the end with the first unread message in sight, where the rest is about a screen', () => {
    expect(openList(source({ rowsToOpen: 24, firstUnreadSeq: 77 })).range).toEqual({ start: 76, end: 100 });
    expect(openList(source({ rowsToOpen: 24, firstUnreadSeq: 76 })).range).toEqual({ start: 67, end: 91 });
  });
  it('opens around the first unread message', () => {
    const { range } = openList(source({ firstUnreadSeq: 30 }));
    expect(range.start).toBeLessThan(29);
    expect(range.end).toBeGreaterThan(50);
  });
  it('opens around the wanted message before the unread one', () => {
    const { range } = openList(source({ firstUnreadSeq: 95, targetSeq: 10 }));
    expect(range).toEqual({ start: 0, end: 40 });
  });
});

describe(followMessages.name, () => {
  const messages = messageViews(101, 200);
  const opened = { ...openList(source({ messages })), range: { start: 20, end: 60 } };

  it('keeps the same rows when an older page comes', () => {
    const after = followMessages(opened, source({ messages: [...messageViews(51, 100), ...messages] }), false);
    expect(after).toMatchObject({ range: { start: 70, end: 110 }, grownBefore: 50, follows: 0 });
  });

  it('keeps the same rows when a message arrives while scrolled up', () => {
    const after = followMessages(opened, source({ messages: [...messages, messageView(201)] }), false);
    expect(after).toMatchObject({ range: { start: 20, end: 60 }, grownBefore: 0, follows: 0 });
  });

  it('takes the new last row in when at the end', () => {
    const atEnd = { ...opened, range: { start: 60, end: 100 } };
    expect(followMessages(atEnd, source({ messages: [...messages, messageView(201)] }), true).range.end).toBe(101);
  });

  it('goes to the end after sending, from anywhere', () => {
    const sent = messageView(null, { own: true, delivery: 'sending' });
    const after = followMessages(opened, source({ messages: [...messages, sent] }), false);
    expect(after.follows).toBe(1);
    expect(after.range.end).toBe(101);
  });

  it('does not take a newer page of history that ends with an own message for sending', () => {
    const before = { ...opened, source: source({ messages, hasNewer: true }) };
    const after = followMessages(before, source({ messages: [...messages, messageView(201, { own: true })] }), false);
    expect(after.follows).toBe(0);
  });

  it('does not go anywhere when a sent message is stored', () => {
    const sent = messageView(null, { own: true, clientMessageId: 'x', delivery: 'sending' });
    const before = { ...opened, source: source({ messages: [...messages, sent] }) };
    const stored = messageView(201, { own: true, clientMessageId: 'x' });
    expect(followMessages(before, source({ messages: [...messages, stored] }), false).follows).toBe(0);
  });

  it('keeps its rows when one of them is discarded', () => {
    const after = followMessages(
      opened,
      source({ messages: messages.filter((message) => message.seq !== 121) }),
      false,
    );
    expect(after.range).toEqual({ start: 19, end: 59 });
  });

  it('goes to the end when the list is another one', () => {
    expect(followMessages(opened, source({ messages: messageViews(900, 999) }), false)).toMatchObject({
      range: { end: 100 },
      follows: 1,
    });
  });

  it('starts over with another chat', () => {
    expect(followMessages(opened, source({ chatId: 'c2', messages }), false)).toMatchObject({
      grownBefore: 0,
      follows: 0,
    });
  });
});

describe(grewOutOfSight.name, () => {
  const messages = messageViews(101, 200);
  const opened = { ...openList(source({ messages })), range: { start: 20, end: 60 } };
  const longer = source({ messages: [...messages, messageView(201)] });

  it('is so while one reads further up', () => {
    expect(grewOutOfSight(opened, followMessages(opened, longer, false))).toBe(true);
  });

  it.each([
    ['the last row is in the DOM: the new one may belong there', { ...opened, range: { start: 60, end: 100 } }, longer],
    ['an older page came', opened, source({ messages: [...messageViews(51, 100), ...messages] })],
    ['an own message was sent', opened, source({ messages: [...messages, messageView(201, { own: true })] })],
    ['nothing came', opened, source({ messages: [...messages] })],
    ['the first page of all was reached', opened, { ...longer, hasOlder: true }],
    ['a link points elsewhere', opened, { ...longer, targetSeq: 120 }],
    ['the chat is another', opened, { ...longer, chatId: 'c2' }],
  ])('is not so when %s', (_, before, now) => {
    expect(grewOutOfSight(before, followMessages(before, now, false))).toBe(false);
  });
});
