import type { MessageView } from './models';

/** Further back than this nothing is taken for news: a catch-up is not read out. */
const LOOK_BACK = 200;

/** What the other one wrote since `before`, oldest first. Nothing when the list is another one altogether. */
export function arrivedSince(before: readonly MessageView[], now: readonly MessageView[]): MessageView[] {
  const last = lastStored(before);
  if (!last) return [];
  const arrived: MessageView[] = [];
  for (let index = now.length - 1; index >= Math.max(0, now.length - LOOK_BACK); index--) {
    const message = now[index];
    if (!message || message.seq === null) continue;
    if (message.seq <= last.seq) return arrived.reverse();
    if (!message.own && !message.deleted) arrived.push(message);
  }
  return [];
}

/** Own messages that failed since `before`. */
export function failedSince(before: readonly MessageView[], now: readonly MessageView[]): MessageView[] {
  const failed = waiting(now).filter((message) => message.delivery === 'failed');
  if (failed.length === 0) return failed;
  const known = new Set(
    waiting(before)
      .filter((message) => message.delivery === 'failed')
      .map((message) => message.clientMessageId),
  );
  return failed.filter((message) => !known.has(message.clientMessageId));
}

/** How many messages of the other one stand after this seq. */
export function countUnseen(messages: readonly MessageView[], seenSeq: number): number {
  let count = 0;
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index];
    if (!message || (message.seq !== null && message.seq <= seenSeq)) break;
    if (!message.own) count++;
  }
  return count;
}

function lastStored(messages: readonly MessageView[]): { seq: number } | null {
  for (let index = messages.length - 1; index >= 0; index--) {
    const seq = messages[index]?.seq ?? null;
    if (seq !== null) return { seq };
  }
  return null;
}

/** What is not stored yet stands at the end. */
function waiting(messages: readonly MessageView[]): MessageView[] {
  const found: MessageView[] = [];
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index];
    if (!message || message.seq !== null) break;
    found.push(message);
  }
  return found;
}
