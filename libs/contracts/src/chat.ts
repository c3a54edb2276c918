import * as z from 'zod/mini';
import { courseRefSchema } from './course';
import { messageSchema } from './message';
import { cursorSchema, idSchema, positionSchema, seqSchema, timeSchema } from './primitives';
import { userSchema } from './user';

/** How far one member has come. Both only grow, and readSeq <= deliveredSeq. */
export const receiptsSchema = z.object({ readSeq: positionSchema, deliveredSeq: positionSchema });
export type Receipts = z.infer<typeof receiptsSchema>;

/** What may still be done in a chat: a state, so that more of them can join. */
export const accessSchema = z.enum(['active', 'read_only']);
export type Access = z.infer<typeof accessSchema>;

/**
 * The newest message as a chat list shows it; `preview` is empty when it was deleted. `waitingSince`: when the first
 * message was written that the tutor has not answered, deleted or not; null when the last word is the tutor's. Not there
 * from a server that does not know it.
 */
export const lastMessageSchema = z.object({
  seq: seqSchema,
  senderId: idSchema,
  preview: z.string(),
  createdAt: timeSchema,
  waitingSince: z.optional(z.nullable(timeSchema)),
});
export type LastMessage = z.infer<typeof lastMessageSchema>;

/** One student, one tutor, one course, as the one who asks sees it. */
export const chatSchema = z.object({
  id: idSchema,
  course: courseRefSchema,
  student: userSchema,
  tutor: userSchema,
  lastSeq: positionSchema,
  lastRev: positionSchema,
  lastMessage: z.nullable(lastMessageSchema),
  unreadCount: z.int().check(z.gte(0)),
  me: receiptsSchema,
  peer: z.extend(receiptsSchema, { online: z.boolean(), lastSeenAt: z.nullable(timeSchema) }),
  access: accessSchema,
  updatedAt: timeSchema,
});
export type Chat = z.infer<typeof chatSchema>;

/** Where the asking member stands after marking: the answer to `mark_read` and `mark_delivered`. */
export const readStateSchema = z.object({
  chatId: idSchema,
  readSeq: positionSchema,
  deliveredSeq: positionSchema,
  unreadCount: z.int().check(z.gte(0)),
});
export type ReadState = z.infer<typeof readStateSchema>;

/** What a device has applied of one chat so far. */
export const syncPositionSchema = z.strictObject({ chatId: idSchema, seq: positionSchema, rev: positionSchema });
export type SyncPosition = z.infer<typeof syncPositionSchema>;

/** One chat's part of a `sync`. `reset`: too much was missed, load the newest page. */
export const syncedChatSchema = z.object({
  chat: chatSchema,
  status: z.enum(['ok', 'reset']),
  messages: z.array(messageSchema),
});
export type SyncedChat = z.infer<typeof syncedChatSchema>;

/** How long one may change what one wrote, counted from when it was stored, in milliseconds. */
export const changeWindowsSchema = z.object({
  editMs: z.int().check(z.gte(0)),
  deleteMs: z.int().check(z.gte(0)),
});
export type ChangeWindows = z.infer<typeof changeWindowsSchema>;

export const syncResultSchema = z.object({
  cursor: cursorSchema,
  /** Whether to call again at once with the new cursor. */
  more: z.boolean(),
  chats: z.array(syncedChatSchema),
  /** What this server is set to; the defaults where it does not say. */
  windows: z.optional(changeWindowsSchema),
});
export type SyncResult = z.infer<typeof syncResultSchema>;
