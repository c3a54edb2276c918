import type { Chat, Message } from '@course-chat/contracts';
import {
  History,
  type DeviceAtEnd,
  type SendRecord,
  type StoredChat,
  type StoredMessage,
  type Truth,
  type Violation,
} from '../history.ts';
import { checkLaws } from './index.ts';

export const STUDENT = 'a'.repeat(24);
export const TUTOR = 'b'.repeat(24);
export const STRANGER = 'c'.repeat(24);
export const CHAT = 'd'.repeat(24);

export const NOW = '2026-01-01T00:00:00.000Z';

/** The message that belongs at a place, with what is to be wrong about it. */
export function message(seq: number, changes: Partial<Message> = {}): Message {
  return {
    id: seq.toString(16).padStart(24, '0'),
    chatId: CHAT,
    seq,
    rev: 0,
    clientMessageId: `client-${seq}`,
    senderId: seq % 2 === 1 ? STUDENT : TUTOR,
    type: 'text',
    text: `text ${seq}`,
    createdAt: NOW,
    editedAt: null,
    deletedAt: null,
    ...changes,
  };
}

/** Something that can be spoilt: the history of four messages, one of them edited, seen rightly by everybody. */
export interface Story {
  log: StoredMessage[];
  chat: { -readonly [K in keyof StoredChat]: StoredChat[K] };
  history: History;
  devices: DeviceAtEnd[];
}

/** Nothing is wrong with it. */
export function goodStory(): Story {
  const edited = message(2, { rev: 1, text: 'better', editedAt: NOW });
  const seen = [message(1), edited, message(3), message(4)];
  const history = new History();
  for (const [index, stored] of [message(1), message(2), message(3), message(4)].entries()) {
    const send: SendRecord = {
      deviceId: `of ${stored.senderId.slice(0, 1)}`,
      userId: stored.senderId,
      chatId: CHAT,
      clientMessageId: stored.clientMessageId,
      text: stored.text,
      inTurn: true,
      tries: 1,
      outcome: 'stored',
      message: stored,
    };
    history.sends.push(send);
    history.sightings.push({ askedAt: index, seenAt: index, by: 'x', source: 'message_created', message: stored });
  }
  history.changes.push({ userId: TUTOR, chatId: CHAT, seq: 2, text: 'better', outcome: 'stored', message: edited });
  history.sightings.push({ askedAt: 10, seenAt: 11, by: 'x', source: 'change ack', message: edited });
  history.receipts.push({
    askedAt: 5,
    seenAt: 6,
    by: 'x',
    source: 'sync',
    chatId: CHAT,
    userId: STUDENT,
    readSeq: 2,
    deliveredSeq: 3,
    lastSeq: 4,
  });
  history.heard.push({ at: 0, by: 'x', userId: TUTOR, name: 'chat_read', chatId: CHAT, aboutUserId: STUDENT });
  const copyOf = (isStudent: boolean) => ({
    chatId: CHAT,
    floor: 0,
    messages: seen,
    shown: [1, 2, 3, 4],
    me: isStudent ? { readSeq: 2, deliveredSeq: 3 } : { readSeq: 4, deliveredSeq: 4 },
    peer: isStudent ? { readSeq: 4, deliveredSeq: 4 } : { readSeq: 2, deliveredSeq: 3 },
    unreadCount: isStudent ? 1 : 0,
    access: 'active' as const,
  });
  const view = (isStudent: boolean) => ({ id: CHAT, unreadCount: isStudent ? 1 : 0, access: 'active' }) as Chat;
  history.lists.push(
    { userId: STUDENT, unreadTotal: 1, chats: [view(true)] },
    { userId: TUTOR, unreadTotal: 0, chats: [view(false)] },
  );
  return {
    log: seen.map((entry) => ({
      ...entry,
      fromStudent: Math.ceil(entry.seq / 2),
      revs: entry.rev > 0 ? [entry.rev] : [],
    })),
    chat: {
      id: CHAT,
      studentId: STUDENT,
      tutorId: TUTOR,
      lastSeq: 4,
      lastRev: 1,
      waitingSince: null,
      student: { readSeq: 2, deliveredSeq: 3 },
      tutor: { readSeq: 4, deliveredSeq: 4 },
      unread: { student: 1, tutor: 0 },
    },
    history,
    devices: [
      { id: 'phone', userId: STUDENT, unreadTotal: 1, copies: [copyOf(true)] },
      { id: 'laptop', userId: TUTOR, unreadTotal: 0, copies: [copyOf(false)] },
    ],
  };
}

/** What the laws say of it. */
export function judge({ log, chat, history, devices }: Story): Violation[] {
  history.devices.push(...devices);
  const truth: Truth = { chats: [chat], messages: new Map([[CHAT, log]]), before: new Set() };
  return checkLaws(history, truth);
}

/** Lets the student's phone show something else. */
export function spoilCopy(
  story: Story,
  change: (copy: DeviceAtEnd['copies'][number]) => Partial<DeviceAtEnd['copies'][number]>,
): void {
  const [phone, ...others] = story.devices;
  const copy = phone?.copies[0];
  if (!phone || !copy) throw new Error('The story has a phone that shows the chat');
  story.devices = [{ ...phone, copies: [{ ...copy, ...change(copy) }] }, ...others];
}
