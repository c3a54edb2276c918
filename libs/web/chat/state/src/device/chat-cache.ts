import { InjectionToken } from '@angular/core';
import { isKnownType, type Chat, type Message } from '@course-chat/contracts';
import type { Thread } from '../messages/thread';

/** So many chats of the list are kept, the newest ones. */
export const CACHED_CHATS = 50;
/** So many threads are kept, those that changed or were read last. */
export const CACHED_THREADS = 50;
/** A list older than this is not worth catching up with: it is loaded anew. */
export const CACHED_LIST_FOR_MS = 14 * 24 * 3_600_000;
/** So many messages of each are kept, the newest ones. */
export const CACHED_MESSAGES = 200;

/** The list as it was: catching up from `cursor` brings it up to date. */
export interface CachedList {
  chats: Chat[];
  unreadTotal: number;
  cursor: string;
}

/** The end of a chat as it was, by seq and without holes; every change up to `rev` is in it. */
export interface CachedThread {
  chat: Chat;
  messages: Message[];
  rev: number;
}

/** What this device remembers of one person's chats, to be read before the server answers, or instead of it. */
export interface ChatCache {
  /** From now on the copies are this person's; those of anybody else are gone. */
  claim(userId: string): Promise<void>;
  readList(userId: string): Promise<CachedList | null>;
  readThread(userId: string, chatId: string): Promise<CachedThread | null>;
  write(userId: string, changes: CacheChanges): Promise<void>;
  /** Nothing of anybody is left. */
  wipe(): Promise<void>;
}

/** What is to be written; what is not named stays. */
export interface CacheChanges {
  list: CachedList | null;
  threads: readonly CachedThread[];
}

/** A cache that keeps nothing: for places without IndexedDB. */
export class NoChatCache implements ChatCache {
  async claim(): Promise<void> {}
  async readList(): Promise<null> {
    return null;
  }
  async readThread(): Promise<null> {
    return null;
  }
  async write(): Promise<void> {}
  async wipe(): Promise<void> {}
}

export const CHAT_CACHE = new InjectionToken<ChatCache>('CHAT_CACHE', {
  providedIn: 'root',
  factory: () => new NoChatCache(),
});

/** The copy of the newest chats. `chats` are ordered by their newest activity. */
export function copyOfList(chats: readonly Chat[], unreadTotal: number, cursor: string): CachedList {
  return { chats: chats.slice(0, CACHED_CHATS).map(asKept), unreadTotal, cursor };
}

/** The copy of a thread; null while it does not show the end of its chat, or shows a copy itself. */
export function copyOfThread(chat: Chat, thread: Thread): CachedThread | null {
  const { window, live, fromDevice, rev } = thread;
  if (!window || !live || fromDevice) return null;
  const messages: Message[] = [];
  for (let seq = Math.max(window.from, window.to - CACHED_MESSAGES + 1); seq <= window.to; seq++) {
    const message = thread.messages.get(seq);
    // Of a kind this page does not know, it has not all: a newer page would miss the rest for ever.
    if (message && !isKnownType(message.type)) messages.length = 0;
    else if (message) messages.push(message);
  }
  if (messages.length === 0 && window.to > 0) return null;
  return { chat: asKept(chat), messages, rev };
}

/** Who was online when it was written down is not online when it is read. */
function asKept(chat: Chat): Chat {
  return { ...chat, peer: { ...chat.peer, online: false } };
}
