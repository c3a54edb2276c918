import { setTimeout as delay } from 'node:timers/promises';
import { Subject } from 'rxjs';
import type { NodeWatch } from '@course-chat/api/realtime';
import { sampleMessage } from '@course-chat/contracts/testing';
import { ChatProjector } from './chat.projector';
import type { ChatRepository } from './chat.repository';
import type { ProjectionUpdate } from './chat-updates';
import type { LoggedMessage } from './message-record';
import type { MessageRepository } from './message.repository';
import { pauseAfter } from './round-pace';

/** A database that answers when the spec lets it, and keeps what it was given. */
class Chats {
  readonly writes: string[][] = [];
  readonly updates: ProjectionUpdate[] = [];
  private open: (() => void)[] = [];
  isHeld = false;
  isAway = false;

  async project(updates: readonly ProjectionUpdate[]): Promise<void> {
    if (this.isHeld) {
      await new Promise<void>((resolve) => this.open.push(resolve));
    }
    if (this.isAway) throw new Error('away');
    this.updates.push(...updates);
    this.writes.push(updates.map(({ chatId, last }) => `${chatId}${last?.seq}`));
  }

  get held(): number {
    return this.open.length;
  }

  letGo(): void {
    this.isHeld = false;
    for (const go of this.open.splice(0)) go();
  }
}

describe(ChatProjector.name, () => {
  let chats: Chats;
  let projector: ChatProjector;
  beforeEach(() => {
    chats = new Chats();
    const asRepository: Pick<ChatRepository, 'project'> = chats;
    projector = new ChatProjector(asRepository as ChatRepository, {} as MessageRepository, {} as NodeWatch);
    jest.spyOn(projector['logger'], 'warn').mockImplementation(() => undefined);
  });
  // Whatever a test leaves, its rounds end with it.
  afterEach(async () => {
    chats.isAway = false;
    chats.letGo();
    await projector.beforeApplicationShutdown();
  });

  const logged = (chatId: string, seq: number, change: Partial<LoggedMessage['message']> = {}): LoggedMessage => ({
    message: { ...sampleMessage, chatId, seq, ...change },
    fromStudent: seq,
    waitingSince: null,
  });
  async function until(isSo: () => boolean): Promise<void> {
    for (let tries = 0; !isSo(); tries++) {
      if (tries > 1_000) throw new Error(`It never came to that: ${JSON.stringify(chats.writes)}`);
      await delay(10);
    }
  }

  it('writes a lone message at once, and what happens to a chat meanwhile once', async () => {
    projector.logged(logged('a', 1));
    expect(chats.writes).toEqual([['a1']]);
    for (const seq of [2, 3, 4]) projector.logged(logged('a', seq));
    projector.logged(logged('b', 1));
    await until(() => chats.writes.length > 1);
    expect(chats.writes).toEqual([['a1'], ['a4', 'b1']]);
  });

  it('takes the newest message, and the newest rev whichever message has it', async () => {
    projector.logged(logged('a', 1));
    projector.logged(logged('a', 3));
    projector.logged(logged('a', 2, { rev: 7 }));
    await projector.settled();
    expect(chats.updates.at(-1)).toMatchObject({ chatId: 'a', last: { seq: 3, rev: 0 }, lastRev: 7 });
  });

  it('starts only with what the log has, and waits for a database that is away', async () => {
    let isAway = true;
    const repository: Pick<ChatRepository, 'project' | 'newestChange' | 'now'> = {
      project: (updates) => chats.project(updates),
      now: async () => new Date(),
      newestChange: async () => {
        if (isAway) throw new Error('away');
        return new Date();
      },
    };
    const log = {
      chatsWrittenSince: async () => ['a'],
      tail: async () => ({ seq: 4, fromStudent: 4, waitingSince: null }),
      lastRev: async () => 0,
      bySeq: async () => logged('a', 4),
    };
    const nodes = { died: new Subject<string>() };
    const starting = new ChatProjector(
      repository as ChatRepository,
      log as unknown as MessageRepository,
      nodes as unknown as NodeWatch,
    );
    const warn = jest.spyOn(starting['logger'], 'warn').mockImplementation(() => undefined);
    const started = starting.onApplicationBootstrap();
    await until(() => warn.mock.calls.length > 0);
    expect(chats.writes).toEqual([]);
    isAway = false;
    await started;
    expect(chats.writes).toEqual([['a4']]);
    await starting.beforeApplicationShutdown();
  });

  it.each([
    ['as the database', 0],
    ['two minutes behind it', -120_000],
    ['two minutes ahead of it', 120_000],
    ['as the database, after another node a minute and a half behind', -90_000, 0],
  ])('repairs what was written just before the end, by a clock %s', async (_, writerSkewMs, skewMs = writerSkewMs) => {
    const databaseNow = Date.now() - skewMs;
    const writtenAt = databaseNow + writerSkewMs;
    const repository: Pick<ChatRepository, 'project' | 'newestChange' | 'now'> = {
      project: (updates) => chats.project(updates),
      newestChange: async () => new Date(databaseNow),
      now: async () => new Date(databaseNow),
    };
    const log = {
      chatsWrittenSince: async (at: Date) => (writtenAt >= at.getTime() ? ['a'] : []),
      tail: async () => ({ seq: 4, fromStudent: 4, waitingSince: null }),
      lastRev: async () => 0,
      bySeq: async () => logged('a', 4),
    };
    const starting = new ChatProjector(
      repository as ChatRepository,
      log as unknown as MessageRepository,
      { died: new Subject<string>() } as unknown as NodeWatch,
    );
    await starting.onApplicationBootstrap();
    expect(chats.writes).toEqual([['a4']]);
    await starting.beforeApplicationShutdown();
  });

  it('settled writes now; written waits for the rounds, and for nothing when somebody was faster', async () => {
    projector.logged(logged('a', 1));
    projector.logged(logged('a', 2));
    const written = projector.written(['a']);
    expect(chats.writes).toEqual([['a1']]);
    await projector.settled(['a']);
    expect(chats.writes).toEqual([['a1'], ['a2']]);
    await written;
    expect(chats.writes).toEqual([['a1'], ['a2']]);
  });

  it('written waits for all of its chats, also for one that a reader took', async () => {
    projector.logged(logged('a', 1));
    projector.logged(logged('b', 1));
    projector.logged(logged('c', 1));
    chats.isHeld = true;
    const order: string[] = [];
    const written = projector.written(['b', 'c']).then(() => order.push(`after ${chats.writes.length} writes`));
    const settled = projector.settled(['b']);
    // The reader's write of b, and the round's of c.
    await until(() => chats.held === 2);
    expect(order).toEqual([]);
    chats.letGo();
    await Promise.all([written, settled]);
    expect(order).toEqual(['after 3 writes']);
  });

  it('tells whoever waits that the database does not take it, and tries again', async () => {
    chats.isHeld = true;
    projector.logged(logged('a', 1));
    const written = projector.written(['a']);
    chats.isAway = true;
    chats.letGo();
    await expect(written).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(projector.settled(['a'])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    chats.isAway = false;
    await until(() => chats.writes.length > 0);
    expect(chats.writes).toEqual([['a1']]);
  });
});

describe(pauseAfter.name, () => {
  it('rests a fixed time after quick rounds, longer after slow ones, never very long', () => {
    expect([0, 20, 60, 10_000].map((tookMs) => pauseAfter(tookMs, 1))).toEqual([250, 250, 540, 1_000]);
  });

  it('rests longer after rounds of many chats', () => {
    expect([1, 10, 20, 1_000].map((chats) => pauseAfter(5, chats))).toEqual([250, 250, 500, 1_000]);
  });
});
