import { rangeAround, tailRange, ROWS_FIRST } from './list-window';
import { dividerIndex, findMessage, indexOfSeq, type RowRange } from './message-rows';
import type { MessageView } from './models';

/** What decides which rows are in the DOM. */
export interface ListSource {
  chatId: string;
  messages: readonly MessageView[];
  hasOlder: boolean;
  hasNewer: boolean;
  firstUnreadSeq: number | null;
  targetSeq: number | null;
  /** How many rows it opens with. */
  rowsToOpen: number;
}

/** Where a row is to be put on screen. `keep`: at the top, by changing the empty space rather than the scroll position. */
export interface Placement {
  key: string;
  align: 'start' | 'center' | 'keep';
}

/** Which rows are in the DOM, and what has to happen to the scroll position once they are. */
export interface ListState {
  source: ListSource;
  range: RowRange;
  /** How many messages have come before the first one since the chat opened. Grows as older pages load. */
  grownBefore: number;
  /** Counts the times the view has to go to the end. */
  follows: number;
  place: Placement | null;
}

/** The state of a chat that opens: at the wanted message, at the divider, else at the end. */
export function openList(source: ListSource): ListState {
  const { messages } = source;
  const opened = { source, grownBefore: 0, follows: 0, place: null };
  const target = exactIndex(messages, source.targetSeq);
  const unread = dividerIndex(messages, source.firstUnreadSeq, source.hasOlder);
  const at = target >= 0 ? target : unread;
  const range =
    at >= 0 && messages.length - at > source.rowsToOpen
      ? rangeAround(at, messages.length, source.rowsToOpen)
      : tailRange(messages.length, source.rowsToOpen);
  return { ...opened, range };
}

/** The place of the message with exactly this seq, -1 if it is not loaded. */
export function exactIndex(messages: readonly MessageView[], seq: number | null): number {
  if (seq === null) return -1;
  const index = indexOfSeq(messages, seq);
  return messages[index]?.seq === seq ? index : -1;
}

/**
 * The state after the messages changed. The same rows stay in the DOM wherever they are now, so nothing on screen moves;
 * at the end (`stuck`) and after sending, the rows are the last ones.
 */
export function followMessages(before: ListState, source: ListSource, stuck: boolean): ListState {
  if (before.source.chatId !== source.chatId || before.source.messages.length === 0) return openList(source);
  if (before.source.messages === source.messages) return { ...before, source };
  const { messages } = source;
  const shift = shiftOf(before, messages);
  const tail = { source, grownBefore: before.grownBefore, follows: before.follows + 1, place: null };
  if (shift === null) return { ...tail, range: tailRange(messages.length) };

  const range = {
    start: Math.max(0, before.range.start + shift),
    end: Math.min(messages.length, before.range.end + shift),
  };
  const grownBefore = before.grownBefore + shift;
  if (sentOne(before.source, source)) {
    const last = tailRange(messages.length);
    const near = range.start >= last.start - ROWS_FIRST / 2;
    return { ...tail, grownBefore, range: near ? { start: Math.min(range.start, last.start), end: last.end } : last };
  }
  if (stuck && !source.hasNewer) {
    return {
      ...before,
      source,
      grownBefore,
      range: { start: Math.max(range.start, messages.length - ROWS_FIRST), end: messages.length },
    };
  }
  return { ...before, source, grownBefore, range };
}

/** Whether all that happened is that messages came after ones that are not in the DOM: nothing on screen has to move. */
export function grewOutOfSight(before: ListState, now: ListState): boolean {
  const [was, is] = [before.source, now.source];
  return (
    before.range.end < was.messages.length &&
    was.messages.length < is.messages.length &&
    before.range.start === now.range.start &&
    before.range.end === now.range.end &&
    before.grownBefore === now.grownBefore &&
    before.follows === now.follows &&
    before.place === now.place &&
    was.chatId === is.chatId &&
    was.hasOlder === is.hasOlder &&
    was.hasNewer === is.hasNewer &&
    was.firstUnreadSeq === is.firstUnreadSeq &&
    was.targetSeq === is.targetSeq
  );
}

/** How far the rows in the DOM moved in the list; null if none of them is there any more. */
function shiftOf(before: ListState, messages: readonly MessageView[]): number | null {
  const old = before.source.messages;
  const grown = messages.length - old.length;
  for (let index = before.range.start; index < before.range.end; index++) {
    const message = old[index];
    const now = message ? findMessage(messages, message.clientMessageId, index, grown) : -1;
    if (now >= 0) return now - index;
  }
  return null;
}

/** Whether the newest message is a new one of one's own, not merely a newer page of history. */
function sentOne(before: ListSource, now: ListSource): boolean {
  const last = now.messages[now.messages.length - 1];
  if (!last?.own || (last.seq !== null && before.hasNewer)) return false;
  const grown = now.messages.length - before.messages.length;
  if (grown <= 0) return false;
  return findMessage(before.messages, last.clientMessageId, before.messages.length - 1, 0) < 0;
}
