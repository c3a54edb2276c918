import type { History, ReceiptSighting, StoredChat, StoredMessage, Truth, Violation } from '../history.ts';
import { unreadOf } from './device.laws.ts';

type Register = 'readSeq' | 'deliveredSeq';

/** Law 4: registers only grow and stay in their bounds at every look; unread and projections equal the log. */
export function* checkReceipts(history: History, truth: Truth): Iterable<Violation> {
  for (const seen of history.receipts) yield* checkBounds(seen);
  const registers = Map.groupBy(history.receipts, ({ chatId, userId }) => `${chatId} ${userId}`);
  for (const looks of registers.values()) {
    yield* checkGrowth(looks, 'readSeq');
    yield* checkGrowth(looks, 'deliveredSeq');
  }
  yield* checkStored(truth);
  yield* checkLists(history, truth);
}

function* checkBounds({
  by,
  source,
  chatId,
  userId,
  readSeq,
  deliveredSeq,
  lastSeq,
}: ReceiptSighting): Iterable<Violation> {
  if (readSeq === undefined || deliveredSeq === undefined) return;
  if (readSeq <= deliveredSeq && deliveredSeq <= (lastSeq ?? Infinity)) return;
  const text = `${by} saw by ${source} of ${userId.slice(-6)}: read ${readSeq}, delivered ${deliveredSeq}, last ${lastSeq ?? '?'}`;
  yield { law: 4, name: 'receipt_beyond', chatId, text };
}

/** A question asked after a value was seen anywhere must not be answered with less. */
function* checkGrowth(looks: readonly ReceiptSighting[], register: Register): Iterable<Violation> {
  const arrivals = looks.filter((look) => look[register] !== undefined).sort((a, b) => a.seenAt - b.seenAt);
  const questions = arrivals.filter(({ source }) => !source.startsWith('chat_')).sort((a, b) => a.askedAt - b.askedAt);
  let next = 0;
  let highest: ReceiptSighting | undefined;
  for (const question of questions) {
    for (let arrival = arrivals[next]; arrival && arrival.seenAt < question.askedAt; arrival = arrivals[++next]) {
      if ((arrival[register] ?? 0) > (highest?.[register] ?? -1)) highest = arrival;
    }
    if (highest && (question[register] ?? 0) < (highest[register] ?? 0)) {
      const text = `${question.by} was told ${register} ${question[register]} by ${question.source} after ${highest.by} had seen ${highest[register]} by ${highest.source}`;
      yield { law: 4, name: 'receipt_regressed', chatId: question.chatId, text };
      return;
    }
  }
}

function* checkStored(truth: Truth): Iterable<Violation> {
  for (const chat of truth.chats) {
    const messages = truth.messages.get(chat.id) ?? [];
    const last = messages.length;
    const lastRev = Math.max(0, ...messages.map(({ rev }) => rev));
    const wrong = (name: Violation['name'], text: string): Violation => ({ law: 4, name, chatId: chat.id, text });
    if (chat.lastSeq !== last || chat.lastRev < lastRev) {
      yield wrong(
        'wrong_projection',
        `the chat says ${chat.lastSeq} messages and rev ${chat.lastRev}, the log ${last} and ${lastRev}`,
      );
    }
    const since = waitingSince(chat, messages);
    if (chat.waitingSince !== since)
      yield wrong('wrong_projection', `the chat says its student waits since ${chat.waitingSince}, the log ${since}`);
    for (const [side, userId] of [
      ['student', chat.studentId],
      ['tutor', chat.tutorId],
    ] as const) {
      const { readSeq, deliveredSeq } = chat[side];
      if (readSeq > deliveredSeq || deliveredSeq > last) {
        yield wrong(
          'receipt_beyond',
          `stored of the ${side}: read ${readSeq}, delivered ${deliveredSeq}, last ${last}`,
        );
      }
      const unread = unreadOf(chat, userId, messages);
      if (chat.unread[side] !== unread)
        yield wrong('wrong_unread', `stored ${chat.unread[side]} for the ${side}, a count says ${unread}`);
    }
  }
}

/** When the first message was written that the tutor has not answered; null where the last word is the tutor's. */
function waitingSince({ tutorId }: StoredChat, messages: readonly StoredMessage[]): string | null {
  const answered = messages.findLastIndex(({ senderId }) => senderId === tutorId);
  return messages[answered + 1]?.createdAt ?? null;
}

function* checkLists(history: History, truth: Truth): Iterable<Violation> {
  for (const { userId, unreadTotal, chats } of history.lists) {
    const mine = truth.chats.filter((chat) => chat.studentId === userId || chat.tutorId === userId);
    let total = 0;
    for (const chat of mine) {
      const unread = unreadOf(chat, userId, truth.messages.get(chat.id) ?? []);
      total += unread;
      const listed = chats.find(({ id }) => id === chat.id);
      if (!listed)
        yield {
          law: 3,
          name: 'missing_on_device',
          chatId: chat.id,
          text: `the list of ${userId.slice(-6)} lacks the chat`,
        };
      else if (listed.unreadCount !== unread) {
        yield {
          law: 4,
          name: 'wrong_unread',
          chatId: chat.id,
          text: `the list says ${listed.unreadCount} unread, a count says ${unread}`,
        };
      }
    }
    if (unreadTotal !== total) {
      yield {
        law: 4,
        name: 'wrong_unread_total',
        text: `the list of ${userId.slice(-6)} says ${unreadTotal} unread in all, a count says ${total}`,
      };
    }
  }
}
