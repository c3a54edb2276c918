import type { MessageView } from './models';
import { dayKey } from './time-text';

/** Messages of one author this close together form a run. */
export const RUN_GAP_MS = 5 * 60_000;

/** A message and what stands around it in the list. */
export interface MessageRow {
  key: string;
  index: number;
  message: MessageView;
  /** Whether it is the first of its day, so that a day pill stands above it. */
  opensDay: boolean;
  /** Whether the divider of new messages stands above it. */
  firstUnread: boolean;
  startsRun: boolean;
  endsRun: boolean;
}

/** Which messages are in the DOM: from `start` up to, not including, `end`. */
export interface RowRange {
  start: number;
  end: number;
}

/** The rows of a range. Costs what the range costs, however many messages there are. */
export function buildRows(messages: readonly MessageView[], range: RowRange, firstUnreadIndex: number): MessageRow[] {
  const rows: MessageRow[] = [];
  for (let index = range.start; index < range.end; index++) {
    const message = messages[index];
    if (!message) continue;
    const previous = messages[index - 1];
    const next = messages[index + 1];
    rows.push({
      key: message.clientMessageId,
      index,
      message,
      opensDay: !previous || dayKey(previous.createdAt) !== dayKey(message.createdAt),
      firstUnread: index === firstUnreadIndex,
      startsRun: !previous || index === firstUnreadIndex || !sameRun(previous, message),
      endsRun: !next || index + 1 === firstUnreadIndex || !sameRun(message, next),
    });
  }
  return rows;
}

/** Whether two runs of rows show the same. */
export function sameRows(some: readonly MessageRow[], others: readonly MessageRow[]): boolean {
  return some.length === others.length && some.every((row, place) => sameRow(row, others[place]));
}

function sameRow(row: MessageRow, other: MessageRow | undefined): boolean {
  return (
    row.message === other?.message &&
    row.index === other.index &&
    row.opensDay === other.opensDay &&
    row.firstUnread === other.firstUnread &&
    row.startsRun === other.startsRun &&
    row.endsRun === other.endsRun
  );
}

/** Whether two neighbours are one author's, on one day, within five minutes. */
export function sameRun(earlier: MessageView, later: MessageView): boolean {
  return (
    earlier.senderId === later.senderId &&
    Math.abs(Date.parse(later.createdAt) - Date.parse(earlier.createdAt)) <= RUN_GAP_MS &&
    dayKey(earlier.createdAt) === dayKey(later.createdAt)
  );
}

/** The place of the first message with this seq or a later one; the length if there is none. What is not stored yet stands last. */
export function indexOfSeq(messages: readonly MessageView[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.seq ?? Infinity) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the divider stands, -1 for nowhere: not at the edge of what is loaded, unless that edge is the very message. */
export function dividerIndex(
  messages: readonly MessageView[],
  firstUnreadSeq: number | null,
  hasOlder: boolean,
): number {
  if (firstUnreadSeq === null) return -1;
  const index = indexOfSeq(messages, firstUnreadSeq);
  const seq = messages[index]?.seq ?? null;
  if (seq === null || (index === 0 && hasOlder && seq !== firstUnreadSeq)) return -1;
  return index;
}

/** Where a message is now, given where it was; -1 if it is gone. Tries the two likely places before it searches. */
export function findMessage(messages: readonly MessageView[], key: string, was: number, grownBy: number): number {
  for (const guess of [was, was + grownBy]) if (messages[guess]?.clientMessageId === key) return guess;
  return messages.findIndex((message) => message.clientMessageId === key);
}
