import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { toObjectId, type ObjectId } from '@course-chat/api/kernel';
import { contentOf, messageContent, typeOf, type Message, type MessageContent } from '@course-chat/contracts';
import type { mongo } from 'mongoose';
import type { Tail } from './log-place';
import type { MessageRecord } from './message.schema';

/** A message before it has a place in the log. */
export interface Draft extends MessageContent {
  readonly chatId: string;
  readonly senderId: string;
  readonly fromStudent: boolean;
  readonly clientMessageId: string;
}

/** A message and what the log keeps running beside it. */
export interface LoggedMessage {
  readonly message: Message;
  readonly fromStudent: number;
  readonly waitingSince: Date | null;
}

/** What makes two sends the same message. */
const SENT_AS = ['chatId', 'senderId', 'clientMessageId'] as const;
/** Hex digits of an id, and how many it has of its chat's. */
const ID_DIGITS = 24;
const CHAT_DIGITS = 6;

/**
 * The id of the message that a draft becomes. It follows from what makes two sends the same message, so that the index
 * every collection has refuses the second: 72 bits of a SHA-256, of which whoever tries can at most make two of their own
 * alike. Before them stands the beginning of the chat's id, so that what is written to a chat lies together in the index.
 */
export function messageIdOf(draft: Pick<Draft, (typeof SENT_AS)[number]>): ObjectId {
  const digest = hash('sha256', SENT_AS.map((name) => draft[name]).join('.'));
  return toObjectId((draft.chatId.slice(0, CHAT_DIGITS) + digest).slice(0, ID_DIGITS));
}

/** The record of a draft at a place. */
export function recordOf(draft: Draft, { seq, fromStudent, waitingSince }: Tail, at: Date): MessageRecord {
  return {
    _id: messageIdOf(draft),
    chatId: toObjectId(draft.chatId),
    seq,
    fromStudent,
    waitingSince,
    rev: 0,
    clientMessageId: draft.clientMessageId,
    senderId: toObjectId(draft.senderId),
    type: typeOf(draft),
    ...contentOf(draft),
    createdAt: at,
    editedAt: null,
    deletedAt: null,
  };
}

/** What becomes of a message: its text is another, or all that it consists of is gone. */
export type Change = { readonly text: string; readonly editedAt: Date } | { readonly deletedAt: Date };

/** The parts of a message that a deletion leaves no trace of; the text stays, empty. */
const PARTS = Object.fromEntries(
  Object.keys(messageContent.shape)
    .filter((name) => name !== 'text')
    .map((name) => [name, '' as const]),
);

/** How the database makes a change, under its rev. */
export function updateOf(change: Change, rev: number): mongo.UpdateFilter<MessageRecord> {
  const $push = { revs: rev };
  if ('text' in change) return { $set: { ...change, rev }, $push };
  return { $set: { text: '', ...change, rev }, $unset: PARTS, $push };
}

/** Whether a stored message is what a draft with its id asks for: as it was sent, or changed since. */
export function isOf(message: Message, draft: Draft): boolean {
  if (SENT_AS.some((name) => message[name] !== draft[name])) return false;
  const { editedAt, deletedAt } = message;
  return editedAt !== null || deletedAt !== null || isDeepStrictEqual(contentOf(message), contentOf(draft));
}

export function toMessage(record: MessageRecord): Message {
  return {
    id: record._id.toHexString(),
    chatId: record.chatId.toHexString(),
    seq: record.seq,
    rev: record.rev,
    clientMessageId: record.clientMessageId,
    senderId: record.senderId.toHexString(),
    type: record.type,
    ...contentOf(record),
    createdAt: record.createdAt.toISOString(),
    editedAt: record.editedAt?.toISOString() ?? null,
    deletedAt: record.deletedAt?.toISOString() ?? null,
  };
}

export function toLogged(record: MessageRecord): LoggedMessage {
  return { message: toMessage(record), fromStudent: record.fromStudent, waitingSince: record.waitingSince ?? null };
}
