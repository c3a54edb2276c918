import { chatSchema, messageSchema } from '@course-chat/contracts';
import * as z from 'zod/mini';
import type { CachedList, CachedThread } from './chat-cache';

const listSchema = z.object({
  chats: z.array(chatSchema),
  unreadTotal: z.number(),
  cursor: z.string(),
});

const threadSchema = z.object({
  chat: chatSchema,
  messages: z.array(messageSchema),
  rev: z.number(),
});

/** A copy from an older version of the page may have another shape: then there is none. */
export function parseList(value: unknown): CachedList | null {
  return listSchema.safeParse(value).data ?? null;
}

export function parseThread(value: unknown): CachedThread | null {
  return threadSchema.safeParse(value).data ?? null;
}
