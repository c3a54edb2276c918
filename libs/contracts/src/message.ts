import * as z from 'zod/mini';
import { PREVIEW_MAX_CHARACTERS } from './limits';
import {
  clientMessageIdSchema,
  countCharacters,
  idSchema,
  positionSchema,
  seqSchema,
  textSchema,
  timeSchema,
} from './primitives';

/** Every kind of message that this version knows. */
export const MESSAGE_TYPES = ['text'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** Which kinds their sender may edit, for as long as anything may be edited. */
const EDITABLE: Record<MessageType, boolean> = { text: true };

/** Whether a message of a kind may be edited: one of a kind that is not known here may not. */
export function isEditable(type: string): boolean {
  return isKnownType(type) && EDITABLE[type];
}

/** Whether this version knows a kind. */
export function isKnownType(type: string): type is MessageType {
  return (MESSAGE_TYPES as readonly string[]).includes(type);
}

/** What a person writes and a message consists of. A further kind has a part of its own here, optional and never strict. */
export const messageContent = z.strictObject({ text: textSchema });
export type MessageContent = z.infer<typeof messageContent>;

/** The content alone, of whatever carries it: every part that `messageContent` has. */
export function contentOf({ text }: MessageContent): MessageContent {
  return { text };
}

/** The kind of a message by its content: a client never says it. */
export function typeOf(_content: MessageContent): MessageType {
  return 'text';
}

/** One message. A deleted one keeps its `seq` and loses its text. */
export const messageSchema = z.object({
  id: idSchema,
  chatId: idSchema,
  seq: seqSchema,
  /** The chat's `rev` at this message's last change, 0 if it never changed. */
  rev: positionSchema,
  clientMessageId: clientMessageIdSchema,
  senderId: idSchema,
  /** One of `MESSAGE_TYPES`, or of a later version's: whoever is older than the server still reads all the others. */
  type: z.string(),
  ...messageContent.shape,
  text: z.string(),
  createdAt: timeSchema,
  editedAt: z.nullable(timeSchema),
  deletedAt: z.nullable(timeSchema),
});
export type Message = z.infer<typeof messageSchema>;

/** What a client without a socket posts; over a socket the chat is named beside it. */
export const newMessageSchema = z.strictObject({ clientMessageId: clientMessageIdSchema, ...messageContent.shape });
export type NewMessage = z.infer<typeof newMessageSchema>;

/** A page of messages, ordered by seq. */
export const messagePageSchema = z.object({
  items: z.array(messageSchema),
  hasOlder: z.boolean(),
  hasNewer: z.boolean(),
});
export type MessagePage = z.infer<typeof messagePageSchema>;

/** One line of a message for a list of chats, cut with an ellipsis; empty for a deleted one. */
export function previewOf({ text }: Pick<Message, 'text'>): string {
  const line = text.replace(/\s+/g, ' ');
  if (countCharacters(line) <= PREVIEW_MAX_CHARACTERS) return line;
  return `${[...line].slice(0, PREVIEW_MAX_CHARACTERS - 1).join('')}…`;
}
