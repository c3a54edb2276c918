import * as z from 'zod/mini';
import { clientMessageIdSchema, idSchema, positionSchema, seqSchema, textSchema, timeSchema } from './primitives';

/** One message. A deleted one keeps its `seq` and loses its text. */
export const messageSchema = z.object({
  id: idSchema,
  chatId: idSchema,
  seq: seqSchema,
  /** The chat's `rev` at this message's last change, 0 if it never changed. */
  rev: positionSchema,
  clientMessageId: clientMessageIdSchema,
  senderId: idSchema,
  type: z.literal('text'),
  text: z.string(),
  createdAt: timeSchema,
  editedAt: z.nullable(timeSchema),
  deletedAt: z.nullable(timeSchema),
});
export type Message = z.infer<typeof messageSchema>;

/** What a client without a socket posts; over a socket the chat is named beside it. */
export const newMessageSchema = z.strictObject({ clientMessageId: clientMessageIdSchema, text: textSchema });
export type NewMessage = z.infer<typeof newMessageSchema>;

/** A page of messages, ordered by seq. */
export const messagePageSchema = z.object({
  items: z.array(messageSchema),
  hasOlder: z.boolean(),
  hasNewer: z.boolean(),
});
export type MessagePage = z.infer<typeof messagePageSchema>;
