import type { Chat } from '../chat';
import type { Course } from '../course';
import { DELETE_WINDOW_MS, EDIT_WINDOW_MS } from '../limits';
import type { CommandData, CommandName, CommandPayload, EventName, EventPayload } from '../events';
import type { Message } from '../message';
import type { User } from '../user';

const at = '2026-11-22T14:02:00.000Z';

/** One valid value of every shape, for specs on both sides. */
export const sampleStudent: User = {
  id: '64b000000000000000000001',
  name: 'Lena Marsh',
  role: 'student',
  avatarUrl: null,
};
export const sampleTutor: User = { id: '64b000000000000000000002', name: 'Ana Ruiz', role: 'tutor', avatarUrl: null };

export const sampleCourse: Course = {
  id: '64b000000000000000000003',
  title: 'Angular from the ground up',
  summary: 'Signals, components, forms and routing.',
  priceCents: 4900,
  tutors: [sampleTutor],
  enrolled: true,
};

export const sampleMessage: Message = {
  id: '64b000000000000000000005',
  chatId: '64b000000000000000000004',
  seq: 1,
  rev: 0,
  clientMessageId: '0b5a6f0e-8a51-4c36-9a0f-0d6c1f6f8a01',
  senderId: sampleStudent.id,
  type: 'text',
  text: 'Why does my effect loop?',
  createdAt: at,
  editedAt: null,
  deletedAt: null,
};

export const sampleChat: Chat = {
  id: sampleMessage.chatId,
  course: { id: sampleCourse.id, title: sampleCourse.title },
  student: sampleStudent,
  tutor: sampleTutor,
  lastSeq: 1,
  lastRev: 0,
  lastMessage: { seq: 1, senderId: sampleStudent.id, preview: sampleMessage.text, createdAt: at, waitingSince: at },
  unreadCount: 0,
  me: { readSeq: 1, deliveredSeq: 1 },
  peer: { readSeq: 0, deliveredSeq: 0, online: false, lastSeenAt: at },
  access: 'active',
  updatedAt: at,
};

const ofChat = { chatId: sampleChat.id };
const readState = { ...ofChat, readSeq: 1, deliveredSeq: 1, unreadCount: 0 };

/** A valid payload and a valid answer of every command. */
export const sampleCommands: { [N in CommandName]: { payload: CommandPayload<N>; data: CommandData<N> } } = {
  join_chat: { payload: ofChat, data: sampleChat },
  leave_chat: { payload: ofChat, data: null },
  send_message: {
    payload: { ...ofChat, clientMessageId: sampleMessage.clientMessageId, text: sampleMessage.text },
    data: sampleMessage,
  },
  edit_message: {
    payload: { ...ofChat, seq: 1, text: 'Why does mine loop?' },
    data: { ...sampleMessage, rev: 1, editedAt: at },
  },
  delete_message: { payload: { ...ofChat, seq: 1 }, data: { ...sampleMessage, text: '', rev: 2, deletedAt: at } },
  mark_delivered: { payload: { ...ofChat, seq: 1 }, data: readState },
  mark_read: { payload: { ...ofChat, seq: 1 }, data: readState },
  typing_start: { payload: ofChat, data: null },
  typing_stop: { payload: ofChat, data: null },
  sync: {
    payload: { cursor: null, chats: [{ ...ofChat, seq: 0, rev: 0 }] },
    data: {
      cursor: 'c1',
      more: false,
      chats: [{ chat: sampleChat, status: 'ok', messages: [sampleMessage] }],
      windows: { editMs: EDIT_WINDOW_MS, deleteMs: DELETE_WINDOW_MS },
    },
  },
  renew_session: { payload: { token: 'a.b.c' }, data: { expiresAt: at } },
};

/** A valid payload of every event. */
export const sampleEvents: { [N in EventName]: EventPayload<N> } = {
  message_created: { message: sampleMessage },
  message_updated: { message: { ...sampleMessage, rev: 1, editedAt: at } },
  chat_updated: { chat: sampleChat },
  chat_delivered: { ...ofChat, userId: sampleTutor.id, seq: 1, at },
  chat_read: { ...ofChat, userId: sampleTutor.id, seq: 1, at },
  typing_started: { ...ofChat, userId: sampleTutor.id, expiresInMs: 6000 },
  typing_stopped: { ...ofChat, userId: sampleTutor.id },
  user_online: { userId: sampleTutor.id },
  user_offline: { userId: sampleTutor.id, lastSeenAt: at },
  unread_changed: { ...ofChat, unreadCount: 0, unreadTotal: 0 },
  session_ended: { reason: 'logout' },
  server_draining: { reconnectInMs: 1500 },
  digest: { cursor: 'c1' },
};
