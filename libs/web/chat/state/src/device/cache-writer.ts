import { chatsFeature, type ChatsState } from '../chats/chats.feature';
import type { MessagesState } from '../messages/messages.feature';
import type { Thread } from '../messages/thread';
import { copyOfList, copyOfThread, type CacheChanges, type CachedList, type CachedThread } from './chat-cache';

type WrittenList = Pick<ChatsState, 'entities' | 'unreadTotal' | 'cursor'>;

/** Knows what was written of which person, and so what has changed since. */
export class CacheWriter {
  private userId: string | null = null;
  private list: WrittenList | null = null;
  private threads = new Map<string, Thread>();

  /** What is to be written now; null when nothing is. */
  changes(chats: ChatsState, messages: MessagesState): CacheChanges | null {
    if (chats.userId !== this.userId) {
      this.userId = chats.userId;
      this.list = null;
      this.threads = new Map();
    }
    if (chats.userId === null || messages.userId !== chats.userId) return null;
    const list = this.changedList(chats);
    const threads = this.changedThreads(chats, messages);
    return list || threads.length > 0 ? { list, threads } : null;
  }

  private changedList(chats: ChatsState): CachedList | null {
    const { entities, unreadTotal, cursor, list } = chats;
    // Without a place to catch up from, a copy could never be brought up to date.
    if (cursor === null || list.status !== 'ready' || list.fromDevice) return null;
    const before = this.list;
    if (before?.entities === entities && before.unreadTotal === unreadTotal && before.cursor === cursor) return null;
    this.list = { entities, unreadTotal, cursor };
    return copyOfList(chatsFeature.selectChats.projector(chats), unreadTotal, cursor);
  }

  private changedThreads({ entities }: ChatsState, { threads }: MessagesState): CachedThread[] {
    return Object.entries(threads).flatMap(([chatId, thread]) => {
      const before = this.threads.get(chatId);
      if (before && before.messages === thread.messages && before.window === thread.window && before.rev === thread.rev)
        return [];
      const chat = entities[chatId];
      const copy = chat ? copyOfThread(chat, thread) : null;
      if (!copy) return [];
      this.threads.set(chatId, thread);
      return [copy];
    });
  }
}
