import type { Chat, Message } from '@course-chat/contracts';
import { ChatCopy } from './chat-copy';

function message(seq: number, rev = 0, text = `text ${seq} rev ${rev}`): Message {
  return {
    id: `${seq}`,
    chatId: 'chat',
    seq,
    rev,
    clientMessageId: `${seq}`,
    senderId: 'me',
    type: 'text',
    text,
    createdAt: '',
    editedAt: null,
    deletedAt: null,
  };
}

function chat(lastSeq: number, lastRev = 0): Chat {
  const receipts = { readSeq: 0, deliveredSeq: 0 };
  return {
    id: 'chat',
    lastSeq,
    lastRev,
    me: receipts,
    peer: { ...receipts, online: false, lastSeenAt: null },
  } as unknown as Chat;
}

describe(ChatCopy, () => {
  it('shows nothing before what stands in front of it, in whatever order it comes', () => {
    const copy = new ChatCopy('chat');
    for (const seq of [3, 1, 4]) copy.take(message(seq));
    expect([copy.seq, copy.hasHole]).toEqual([1, true]);
    copy.take(message(2));
    expect([copy.seq, copy.hasHole, copy.shown]).toEqual([4, false, [1, 2, 3, 4]]);
  });

  it('keeps the newer of two versions, whichever comes first', () => {
    const copy = new ChatCopy('chat');
    copy.take(message(1, 1));
    copy.take(message(1));
    expect(copy.messages.get(1)?.rev).toBe(1);
  });

  it('does not count a change before those in front of it are known', () => {
    const copy = new ChatCopy('chat');
    copy.take(message(1));
    copy.take(message(1, 2));
    expect([copy.rev, copy.hasHole]).toEqual([0, true]);
    copy.takeMissed(chat(1, 2), [message(1, 2)]);
    expect([copy.rev, copy.hasHole]).toEqual([2, false]);
  });

  it('knows from a chat alone that something is missing', () => {
    const copy = new ChatCopy('chat');
    copy.takeChat(chat(2));
    expect(copy.hasHole).toBe(true);
  });

  it('starts over from a page and keeps what came live meanwhile', () => {
    const copy = new ChatCopy('chat');
    copy.take(message(1));
    copy.take(message(302));
    copy.takePage(chat(301, 5), [message(300), message(301, 5)]);
    expect([copy.floor, copy.seq, copy.rev, copy.shown]).toEqual([299, 302, 5, [300, 301, 302]]);
    copy.takeOlder([message(298), message(299)]);
    expect([copy.floor, copy.messages.size]).toEqual([297, 5]);
  });
});
