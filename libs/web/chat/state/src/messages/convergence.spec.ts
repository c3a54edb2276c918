import { sampleChat } from '@course-chat/contracts/testing';
import fc from 'fast-check';
import { ChatCacheActions } from '../chat.actions';
import { copyOfThread } from '../device/chat-cache';
import { parseThread } from '../device/parse-copies';
import { me, step, World } from '../testing/convergence-world';
import { messageOf } from '../testing/fake-store';
import { emptyThread, hasHole, shownMessages, withPage } from './thread';

describe('the laws of convergence', () => {
  it('show seq n+1 only after n, never the same message twice, and never go back, whatever arrives (laws 3 and 4)', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.array(step, { maxLength: 60 }), (history, steps) => {
        const world = new World(history);
        let before = world.chat;
        for (const next of steps) {
          world.apply(next);
          const shown = shownMessages(world.thread);
          expect(shown.map(({ seq }) => seq)).toEqual(shown.map((_, index) => (shown[0]?.seq ?? 0) + index));
          const waiting = Object.values(world.store.messages.outbox).map((entry) => entry.clientMessageId);
          const keys = [...shown.map(({ clientMessageId }) => clientMessageId), ...waiting];
          expect(new Set(keys).size).toBe(keys.length);
          const now = world.chat;
          // A page that starts over knows what the device wrote down, which may be less than what it knew.
          if (next.kind === 'restart') before = now;
          for (const side of ['me', 'peer'] as const) {
            if (!now) continue;
            expect(now[side].readSeq).toBeGreaterThanOrEqual(before?.[side].readSeq ?? 0);
            expect(now[side].deliveredSeq).toBeGreaterThanOrEqual(now[side].readSeq);
          }
          before = now;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('end at what a fresh snapshot says, after any loss, delay, order and repetition (laws 3, 4 and 8)', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.array(step, { maxLength: 60 }), (history, steps) => {
        const world = new World(history);
        for (const next of steps) world.apply(next);
        world.comeToRest();
        const { thread, server, chat } = world;
        const window = thread.window ?? { from: 1, to: 0 };
        expect(shownMessages(thread)).toEqual(server.log.slice(window.from - 1, window.to));
        if (thread.live) expect(window.to).toBe(server.log.length);
        expect(hasHole(thread)).toBe(false);
        expect(chat).toEqual({ ...server.chat, updatedAt: chat?.updatedAt });
        // Nothing that was stored is still shown as waiting.
        expect(world.store.messages.outbox).toEqual({});
      }),
      { numRuns: 400 },
    );
  });

  it('find a change that got lost before a later one arrived', () => {
    const world = new World(3);
    world.apply({ kind: 'deliver', pick: 0, twice: false });
    world.apply({ kind: 'edit', pick: 0 });
    world.apply({ kind: 'drop', pick: 0, twice: false });
    world.apply({ kind: 'edit', pick: 1 });
    world.apply({ kind: 'deliver', pick: 0, twice: false });
    expect(hasHole(world.thread)).toBe(true);
    world.comeToRest();
    expect(shownMessages(world.thread)).toEqual(world.server.log);
  });

  it('leave a page aside that was asked for before the one which began the thread: it may be older than what that one stands for', () => {
    const world = new World(4);
    world.apply({ kind: 'edit', pick: 3 });
    world.apply({ kind: 'edit', pick: 0 });
    world.apply({ kind: 'deliver', pick: 2, twice: false });
    world.apply({ kind: 'peerSend' });
    world.apply({ kind: 'around', pick: 0 });
    world.apply({ kind: 'deliver', pick: 3, twice: false });
    world.apply({ kind: 'drop', pick: 1, twice: false });
    // The first page, read before both edits, is still on its way.
    world.comeToRest();
    world.apply({ kind: 'newer' });
    world.comeToRest();
    expect(shownMessages(world.thread)).toEqual(world.server.log);
  });

  it('take what the device remembers for what it is: what the server said counts more, and what is missing is asked for', () => {
    const world = new World(8);
    world.comeToRest();
    world.apply({ kind: 'keep' });
    world.apply({ kind: 'edit', pick: 6 });
    world.apply({ kind: 'peerSend' });
    world.apply({ kind: 'restart', copyFirst: true, reachable: false });
    // Offline: what was written down, all of it and nothing newer.
    expect(world.thread).toMatchObject({ fromDevice: true, error: null, window: { from: 3, to: 8 } });
    expect(world.chat?.lastSeq).toBe(8);
    world.comeToRest();
    expect(shownMessages(world.thread)).toEqual(world.server.log.slice(2));
    expect(world.thread.fromDevice).toBe(false);
    // Too late to be of use: nothing changes.
    const before = world.store.messages;
    const thread = parseThread(copyOfThread(world.server.chat, { ...world.thread, rev: 0 }));
    if (thread) world.store.dispatch(ChatCacheActions.threadRestored({ userId: me, thread }));
    expect(world.store.messages).toEqual(before);
  });

  it('keep no message of a kind they do not know: what they dropped of it would be missing in the version that does', () => {
    const later = messageOf(3, { type: 'of a later version' });
    const messages = [messageOf(1), messageOf(2), later, messageOf(4)];
    const page = { items: messages, hasOlder: false, hasNewer: false };
    const copy = copyOfThread(sampleChat, withPage(emptyThread, page, 'newest', 0));
    expect(copy?.messages.map(({ seq }) => seq)).toEqual([4]);
    const end = { items: messages.slice(0, 3), hasOlder: false, hasNewer: false };
    expect(copyOfThread(sampleChat, withPage(emptyThread, end, 'newest', 0))).toBeNull();
  });

  it('take an ack and its event in either order to the same end (law 8)', () => {
    const ends = [false, true].map((eventFirst) => {
      const world = new World(3);
      world.comeToRest();
      world.apply({ kind: 'mySend' });
      const [ack, event] = world.pool.splice(0);
      for (const action of eventFirst ? [event, ack] : [ack, event]) if (action) world.store.dispatch(action);
      return [world.store.chats, world.store.messages];
    });
    expect(ends[0]).toEqual(ends[1]);
  });
});
