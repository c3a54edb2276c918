import { LazyChatCache } from './lazy-cache';
import { NoChatCache } from './chat-cache';

describe(LazyChatCache.name, () => {
  it('is loaded once, when it is first asked, and asked in order', async () => {
    const asked: string[] = [];
    const loaded = new NoChatCache();
    loaded.claim = async () => void asked.push('claim');
    loaded.readList = async () => (asked.push('readList'), null);
    const load = jest.fn(async () => loaded);
    const cache = new LazyChatCache(load);
    expect(load).not.toHaveBeenCalled();
    await Promise.all([cache.claim('me'), cache.readList('me')]);
    expect(asked).toEqual(['claim', 'readList']);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps nothing where it cannot be loaded', async () => {
    const cache = new LazyChatCache(async () => Promise.reject(new Error('offline')));
    await cache.claim('me');
    await cache.write('me', { list: null, threads: [] });
    expect(await cache.readThread('me', 'chat')).toBeNull();
    await expect(cache.wipe()).resolves.toBeUndefined();
  });

  it('is loaded when it is next asked if that failed: a logout wipes what was kept before', async () => {
    const loaded = new NoChatCache();
    const wipe = jest.spyOn(loaded, 'wipe');
    const load = jest.fn(async () => loaded).mockRejectedValueOnce(new Error('offline'));
    const cache = new LazyChatCache(load);
    await Promise.all([cache.claim('me'), cache.readList('me')]);
    expect(load).toHaveBeenCalledTimes(1);
    await cache.wipe();
    expect(wipe).toHaveBeenCalledTimes(1);
  });
});
