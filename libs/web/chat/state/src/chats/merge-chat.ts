import type { Chat, Message, ReadState, Receipts, User } from '@course-chat/contracts';
import { previewOf } from '@course-chat/contracts';

/** Both positions grow only, and who has read has received. */
export function furthest(a: Receipts, b: Receipts): Receipts {
  const readSeq = Math.max(a.readSeq, b.readSeq);
  return { readSeq, deliveredSeq: Math.max(a.deliveredSeq, b.deliveredSeq, readSeq) };
}

function isOlder(a: Chat, b: Chat): boolean {
  return a.lastSeq < b.lastSeq || a.lastRev < b.lastRev || a.me.readSeq < b.me.readSeq;
}

/** What is known of a chat after one more snapshot, in whichever order snapshots arrive. */
export function mergeChat(known: Chat | undefined, incoming: Chat): Chat {
  if (!known) return incoming;
  const newest = isOlder(incoming, known) ? known : incoming;
  return {
    ...newest,
    lastSeq: Math.max(known.lastSeq, incoming.lastSeq),
    lastRev: Math.max(known.lastRev, incoming.lastRev),
    lastMessage: laterMessage(known, incoming),
    me: furthest(known.me, incoming.me),
    peer: { ...newest.peer, ...furthest(known.peer, incoming.peer) },
    updatedAt: known.updatedAt > incoming.updatedAt ? known.updatedAt : incoming.updatedAt,
  };
}

function laterMessage(known: Chat, incoming: Chat): Chat['lastMessage'] {
  const a = known.lastMessage?.seq ?? 0;
  const b = incoming.lastMessage?.seq ?? 0;
  // The same message may have been edited: the snapshot with the later rev knows.
  if (a === b) return incoming.lastRev >= known.lastRev ? incoming.lastMessage : known.lastMessage;
  return a > b ? known.lastMessage : incoming.lastMessage;
}

/** The chat after one of its messages came or changed. */
export function withMessage(chat: Chat, message: Message): Chat {
  const { seq, rev, senderId, createdAt } = message;
  const lastSeq = Math.max(chat.lastSeq, seq);
  const shown = chat.lastMessage?.seq ?? 0;
  const isNews = seq > shown || (seq === shown && rev > 0 && rev >= chat.lastRev);
  return {
    ...chat,
    lastSeq,
    lastRev: Math.max(chat.lastRev, rev),
    lastMessage: isNews
      ? { seq, senderId, preview: previewOf(message), createdAt, waitingSince: waitingSince(chat, message) }
      : chat.lastMessage,
    updatedAt: createdAt > chat.updatedAt ? createdAt : chat.updatedAt,
  };
}

/** As the server counts it: from the first message that the tutor has not answered. */
function waitingSince({ student, lastMessage }: Chat, { senderId, createdAt }: Message): string | null {
  return senderId === student.id ? (lastMessage?.waitingSince ?? createdAt) : null;
}

/** The chat after one side came further. */
export function withReceipt(
  chat: Chat,
  userId: string,
  seq: number,
  kind: 'read' | 'delivered',
  myId: string | null,
): Chat {
  const receipt = { readSeq: kind === 'read' ? seq : 0, deliveredSeq: seq };
  if (userId === myId) return { ...chat, me: furthest(chat.me, receipt) };
  if (userId !== chat.student.id && userId !== chat.tutor.id) return chat;
  return { ...chat, peer: { ...chat.peer, ...furthest(chat.peer, receipt) } };
}

/** The chat after the server answered a mark. An answer to an earlier mark does not bring its count back. */
export function withReadState(chat: Chat, state: ReadState): Chat {
  const unreadCount = state.readSeq >= chat.me.readSeq ? state.unreadCount : chat.unreadCount;
  return { ...chat, me: furthest(chat.me, state), unreadCount };
}

/** The person on the other side. */
export function peerOf(chat: Chat, myId: string | null): User {
  return chat.tutor.id === myId ? chat.student : chat.tutor;
}

/**
 * Since when the student waits for the tutor, ISO 8601; null where the tutor spoke last or nobody may answer. A question
 * that was deleted waits no longer, unless it was one of several.
 */
export function unansweredSince({ access, lastMessage, student }: Chat): string | null {
  if (access !== 'active' || lastMessage?.senderId !== student.id) return null;
  const since = lastMessage.waitingSince ?? lastMessage.createdAt;
  return lastMessage.preview === '' && since === lastMessage.createdAt ? null : since;
}
