import type { Message, MessageContent } from '@course-chat/contracts';
import type { CommandErrorCode } from '@course-chat/web/realtime';
import { advance, type Delivery } from './delivery';

/** A message of one's own that has no place in the thread yet. */
export interface OutboxEntry extends MessageContent {
  /** Its key for life: the same on every try. */
  clientMessageId: string;
  chatId: string;
  senderId: string;
  /** ISO 8601, when it was written, by the device's clock. */
  createdAt: string;
  state: Delivery;
  /** How often sending was tried. */
  attempts: number;
  failure: CommandErrorCode | null;
  /** Its place in line: entries of one chat go out by it. */
  order: number;
  /** Where the server put it, while the thread cannot show that place yet. */
  seq: number | null;
}

export type Outbox = Readonly<Record<string, OutboxEntry>>;

/**
 * A place in line behind every entry there is. For one that is written now, the milliseconds of its time at least: the
 * device may hold older ones that are not read yet, and other tabs write theirs.
 */
export function nextOrder(outbox: Outbox, writtenAt = 0): number {
  return Object.values(outbox).reduce((highest, { order }) => Math.max(highest, order + 1), writtenAt);
}

/** The entries of one chat, in the order they go out. */
export function entriesOf(outbox: Outbox, chatId: string): OutboxEntry[] {
  return Object.values(outbox)
    .filter((entry) => entry.chatId === chatId)
    .sort((a, b) => a.order - b.order);
}

/** The entry that goes out next in one chat. A failed one waits for a person and does not hold up the line. */
export function nextToSend(outbox: Outbox, chatId: string): OutboxEntry | undefined {
  return entriesOf(outbox, chatId).find(({ state }) => state === 'queued' || state === 'sending');
}

/** What waits to be stored: what a logout asks about. */
export function unsent(outbox: Outbox): OutboxEntry[] {
  return Object.values(outbox).filter(({ state }) => state === 'queued' || state === 'sending' || state === 'failed');
}

/** Applies one change to one entry; an entry that is gone (stored meanwhile, or discarded) stays gone. */
export function change(outbox: Outbox, clientMessageId: string, changed: (entry: OutboxEntry) => OutboxEntry): Outbox {
  const entry = outbox[clientMessageId];
  return entry ? { ...outbox, [clientMessageId]: changed(entry) } : outbox;
}

export function without(outbox: Outbox, clientMessageId: string): Outbox {
  if (!outbox[clientMessageId]) return outbox;
  const { [clientMessageId]: _gone, ...rest } = outbox;
  return rest;
}

/**
 * Takes note that messages are stored. `shown` tells whether the thread shows a seq: until it does the entry stays on
 * screen, so that a bubble never blinks out while a hole before it is filled.
 */
export function settleStored(
  outbox: Outbox,
  messages: readonly Message[],
  shown: (message: Message) => boolean,
): Outbox {
  let next = outbox;
  for (const message of messages) {
    const entry = next[message.clientMessageId];
    // Somebody else's message may carry the same id: only the sender's own counts.
    if (!entry || entry.senderId !== message.senderId || entry.chatId !== message.chatId) continue;
    next = shown(message)
      ? without(next, entry.clientMessageId)
      : change(next, entry.clientMessageId, (e) => ({
          ...e,
          state: advance(e.state, 'stored'),
          seq: message.seq,
          failure: null,
        }));
  }
  return next;
}
