import { NoChatCache, type CacheChanges, type CachedList, type CachedThread, type ChatCache } from './chat-cache';

/**
 * A cache that is loaded when it is first asked, in the order it is asked. While it cannot be loaded nothing is kept, and it is
 * tried again at the next asking: copies of an earlier visit have to go at a logout.
 */
export class LazyChatCache implements ChatCache {
  private loaded: Promise<ChatCache> | undefined;

  constructor(private readonly load: () => Promise<ChatCache>) {}

  async claim(userId: string): Promise<void> {
    return (await this.cache()).claim(userId);
  }

  async readList(userId: string): Promise<CachedList | null> {
    return (await this.cache()).readList(userId);
  }

  async readThread(userId: string, chatId: string): Promise<CachedThread | null> {
    return (await this.cache()).readThread(userId, chatId);
  }

  async write(userId: string, changes: CacheChanges): Promise<void> {
    return (await this.cache()).write(userId, changes);
  }

  async wipe(): Promise<void> {
    return (await this.cache()).wipe();
  }

  private cache(): Promise<ChatCache> {
    return (this.loaded ??= this.load().catch(() => {
      this.loaded = undefined;
      return new NoChatCache();
    }));
  }
}
