import * as z from 'zod/mini';
import { accessTokenSchema } from './account';
import { chatSchema, readStateSchema, syncPositionSchema, syncResultSchema } from './chat';
import { wireErrorSchema, type WireError } from './errors';
import { SYNC_MAX_CHATS } from './limits';
import { messageSchema, newMessageSchema } from './message';
import { cursorSchema, idSchema, positionSchema, seqSchema, textSchema, timeSchema } from './primitives';

const ofChat = { chatId: idSchema };
const receiptEvent = z.object({ ...ofChat, userId: idSchema, seq: positionSchema, at: timeSchema });

/** Every command a socket may send: its payload and the data of its ack. */
export const commands = {
  join_chat: { payload: z.strictObject(ofChat), data: chatSchema },
  leave_chat: { payload: z.strictObject(ofChat), data: z.null() },
  send_message: {
    payload: z.strictObject({ ...ofChat, ...newMessageSchema.shape }),
    data: messageSchema,
  },
  edit_message: { payload: z.strictObject({ ...ofChat, seq: seqSchema, text: textSchema }), data: messageSchema },
  delete_message: { payload: z.strictObject({ ...ofChat, seq: seqSchema }), data: messageSchema },
  mark_delivered: { payload: z.strictObject({ ...ofChat, seq: positionSchema }), data: readStateSchema },
  mark_read: { payload: z.strictObject({ ...ofChat, seq: positionSchema }), data: readStateSchema },
  typing_start: { payload: z.strictObject(ofChat), data: z.null() },
  typing_stop: { payload: z.strictObject(ofChat), data: z.null() },
  sync: {
    payload: z.strictObject({
      cursor: z.nullable(cursorSchema),
      chats: z.array(syncPositionSchema).check(z.maxLength(SYNC_MAX_CHATS)),
    }),
    data: syncResultSchema,
  },
  /** Keeps the socket open past the expiry of the token it was opened with. */
  renew_session: {
    payload: z.strictObject({ token: accessTokenSchema }),
    data: z.object({ expiresAt: timeSchema }),
  },
} as const;

/** Every event the server sends, and its payload. Unknown keys in an event are ignored. */
export const events = {
  message_created: z.object({ message: messageSchema }),
  message_updated: z.object({ message: messageSchema }),
  chat_updated: z.object({ chat: chatSchema }),
  chat_delivered: receiptEvent,
  chat_read: receiptEvent,
  typing_started: z.object({ ...ofChat, userId: idSchema, expiresInMs: z.int() }),
  typing_stopped: z.object({ ...ofChat, userId: idSchema }),
  user_online: z.object({ userId: idSchema }),
  user_offline: z.object({ userId: idSchema, lastSeenAt: timeSchema }),
  unread_changed: z.object({ ...ofChat, unreadCount: z.int(), unreadTotal: z.int() }),
  session_ended: z.object({ reason: z.string() }),
  server_draining: z.object({ reconnectInMs: z.int() }),
  digest: z.object({ cursor: cursorSchema }),
} as const;

export type CommandName = keyof typeof commands;
export type CommandPayload<N extends CommandName> = z.infer<(typeof commands)[N]['payload']>;
export type CommandData<N extends CommandName> = z.infer<(typeof commands)[N]['data']>;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>;

export const commandNames = Object.keys(commands) as CommandName[];
export const eventNames = Object.keys(events) as EventName[];

/** The answer to every command: its data, or a coded error. Never silence. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: WireError };
export const failedAckSchema = z.object({ ok: z.literal(false), error: wireErrorSchema });

/** Socket.IO's event map from client to server. */
export type ClientToServerEvents = {
  [N in CommandName]: (payload: CommandPayload<N>, ack: (answer: Ack<CommandData<N>>) => void) => void;
};
/** Socket.IO's event map from server to client. */
export type ServerToClientEvents = { [N in EventName]: (payload: EventPayload<N>) => void };
