import type { Chat, Message, SyncResult } from '@course-chat/contracts';
import { sampleChat, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import type { Action } from '@ngrx/store';
import fc from 'fast-check';
import {
  ChatApiActions,
  ChatCacheActions,
  ChatPageActions,
  ChatSocketActions,
  ChatSyncActions,
  OutboxActions,
} from '../chat.actions';
import { chatsFeature } from '../chats/chats.feature';
import { copyOfList, copyOfThread } from '../device/chat-cache';
import { parseList, parseThread } from '../device/parse-copies';
import { FakeStore, messageOf } from './fake-store';
import { emptyThread, hasHole, positionOf } from '../messages/thread';

export const me = sampleStudent.id;
const peer = sampleTutor.id;
const chatId = sampleChat.id;
const PAGE = 6;
const SYNC_MOST = 8;
const at = '2026-11-22T15:00:00.000Z';

/** The server as far as this law is concerned: the log, its revs, the four positions; and what it sends on each change. */
class Server {
  readonly log: Message[] = [];
  rev = 0;
  readonly reads: Record<string, number> = { [me]: 0, [peer]: 0 };
  readonly deliveries: Record<string, number> = { [me]: 0, [peer]: 0 };

  get chat(): Chat {
    const last = this.log.at(-1);
    return {
      ...sampleChat,
      lastSeq: this.log.length,
      lastRev: this.rev,
      lastMessage: last
        ? {
            seq: last.seq,
            senderId: last.senderId,
            preview: last.text,
            createdAt: last.createdAt,
            waitingSince: this.waitingSince,
          }
        : null,
      unreadCount: this.log.filter(({ seq, senderId }) => senderId === peer && seq > this.of(this.reads, me)).length,
      me: { readSeq: this.of(this.reads, me), deliveredSeq: this.of(this.deliveries, me) },
      peer: { ...sampleChat.peer, readSeq: this.of(this.reads, peer), deliveredSeq: this.of(this.deliveries, peer) },
    };
  }

  private get waitingSince(): string | null {
    const answered = this.log.findLastIndex(({ senderId }) => senderId === sampleTutor.id);
    return this.log[answered + 1]?.createdAt ?? null;
  }

  private of(positions: Record<string, number>, userId: string): number {
    return positions[userId] ?? 0;
  }

  store(senderId: string, clientMessageId?: string, text?: string): Message {
    const seq = this.log.length + 1;
    const createdAt = new Date(Date.parse(at) + seq * 1000).toISOString();
    const given = { senderId, createdAt, ...(clientMessageId ? { clientMessageId } : {}), ...(text ? { text } : {}) };
    const message = messageOf(seq, given);
    this.log.push(message);
    return message;
  }

  change(seq: number, kind: 'edit' | 'delete'): Message | null {
    const message = this.log[seq - 1];
    if (!message || message.deletedAt) return null;
    const rev = ++this.rev;
    const changed =
      kind === 'edit'
        ? { ...message, rev, text: `edit ${rev}`, editedAt: at }
        : { ...message, rev, text: '', deletedAt: at };
    this.log[seq - 1] = changed;
    return changed;
  }

  mark(userId: string, seq: number, kind: 'read' | 'delivered'): void {
    const to = Math.min(seq, this.log.length);
    this.deliveries[userId] = Math.max(this.of(this.deliveries, userId), to);
    if (kind === 'read') this.reads[userId] = Math.max(this.of(this.reads, userId), to);
  }

  sync(position: { seq: number; rev: number } | null): SyncResult {
    const missed = position ? this.log.filter(({ seq, rev }) => seq > position.seq || rev > position.rev) : [];
    const reset = missed.length > SYNC_MOST;
    return {
      cursor: `c${this.log.length}.${this.rev}`,
      more: false,
      chats: [{ chat: this.chat, status: reset ? 'reset' : 'ok', messages: reset ? [] : missed }],
    };
  }

  page(from: number, to: number) {
    const items = this.log.slice(Math.max(0, from - 1), to);
    return { items, hasOlder: (items[0]?.seq ?? 1) > 1, hasNewer: (items.at(-1)?.seq ?? 0) < this.log.length };
  }
}

type Step =
  | { kind: 'mySend' | 'peerSend' | 'sync' | 'reload' | 'older' | 'newer' }
  | { kind: 'edit' | 'delete' | 'around' | 'meRead' | 'peerRead' | 'peerDelivered'; pick: number }
  | { kind: 'deliver' | 'drop'; pick: number; twice: boolean }
  | { kind: 'keep' }
  | { kind: 'restart'; copyFirst: boolean; reachable: boolean };

const pick = fc.nat({ max: 40 });
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('mySend' as const, 'peerSend' as const, 'peerSend' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('sync' as const, 'reload' as const, 'older' as const, 'newer' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'edit' as const,
        'delete' as const,
        'around' as const,
        'meRead' as const,
        'peerRead' as const,
        'peerDelivered' as const,
      ),
      pick,
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('deliver' as const), pick, twice: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('drop' as const), pick, twice: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('keep' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('restart' as const), copyFirst: fc.boolean(), reachable: fc.boolean() }),
  },
);

/** A device on a bad line: whatever the server sends waits in a pool and leaves it in any order, more than once, or not at all. */
export class World {
  readonly server = new Server();
  store = new FakeStore();
  private kept: { list: unknown; thread: unknown } = { list: null, thread: null };
  readonly pool: Action[] = [];
  private sent = 0;

  constructor(history: number) {
    for (let i = 0; i < history; i++) this.server.store(i % 3 ? peer : me);
    this.store.start();
    this.store.dispatch(ChatApiActions.chatLoaded({ chat: this.server.chat, askedAt: 0 }));
    this.store.dispatch(ChatPageActions.chatOpened({ chatId, seq: null }));
    this.askPage(this.server.log.length - PAGE + 1, this.server.log.length, 'newest');
  }

  get thread() {
    return this.store.messages.threads[chatId] ?? emptyThread;
  }

  get chat(): Chat | undefined {
    return this.store.chats.entities[chatId];
  }

  apply(step: Step): void {
    const { server, pool } = this;
    const window = this.thread.window;
    switch (step.kind) {
      case 'mySend': {
        const clientMessageId = `11111111-0000-4000-8000-${String(++this.sent).padStart(12, '0')}`;
        this.store.dispatch(
          ChatPageActions.messageSubmitted({ chatId, clientMessageId, text: `mine ${this.sent}`, at }),
        );
        // Written while reading history: the end comes.
        if (this.thread.loading === 'newest' && window)
          this.askPage(server.log.length - PAGE + 1, server.log.length, 'newest');
        this.store.dispatch(OutboxActions.sendStarted({ clientMessageId }));
        const message = server.store(me, clientMessageId, `mine ${this.sent}`);
        pool.push(OutboxActions.stored({ message }), ChatSocketActions.messageCreated({ message }));
        break;
      }
      case 'peerSend':
        pool.push(ChatSocketActions.messageCreated({ message: server.store(peer) }));
        break;
      case 'edit':
      case 'delete': {
        const message = server.change((step.pick % Math.max(1, server.log.length)) + 1, step.kind);
        if (message) pool.push(ChatSocketActions.messageUpdated({ message }));
        break;
      }
      case 'meRead':
        server.mark(me, step.pick, 'read');
        pool.push(ChatSocketActions.chatRead({ chatId, userId: me, seq: server.chat.me.readSeq }));
        break;
      case 'peerRead':
        server.mark(peer, step.pick, 'read');
        pool.push(ChatSocketActions.chatRead({ chatId, userId: peer, seq: server.chat.peer.readSeq }));
        break;
      case 'peerDelivered':
        server.mark(peer, step.pick, 'delivered');
        pool.push(ChatSocketActions.chatDelivered({ chatId, userId: peer, seq: server.chat.peer.deliveredSeq }));
        break;
      case 'sync':
        pool.push(this.syncAnswer());
        break;
      case 'reload':
        this.store.dispatch(ChatPageActions.latestNeeded({ chatId }));
        this.askPage(server.log.length - PAGE + 1, server.log.length, 'newest');
        break;
      case 'around': {
        const seq = (step.pick % Math.max(1, server.log.length)) + 1;
        this.store.dispatch(ChatPageActions.chatOpened({ chatId, seq }));
        if (this.thread.loading === 'newest') this.askPage(seq - 2, seq + 2, 'around');
        break;
      }
      case 'older':
        if (window) this.askPage(window.from - PAGE, window.from - 1, 'older');
        break;
      case 'newer':
        if (window && !this.thread.live) this.askPage(window.to + 1, window.to + PAGE, 'newer');
        break;
      case 'keep':
        this.keep();
        break;
      case 'restart':
        this.restart(step.copyFirst, step.reachable);
        break;
      case 'deliver':
        this.take(step.pick, step.twice);
        break;
      case 'drop':
        // Pages are requests: they fail aloud and are asked for again. Only what is pushed gets lost.
        if (pool.length > 0 && pool[step.pick % pool.length]?.type !== ChatApiActions.historyLoaded.type)
          pool.splice(step.pick % pool.length, 1);
        break;
    }
  }

  /** What the device writes down, as it does behind the scenes. */
  private keep(): void {
    const { chats } = this.store;
    const copy = this.chat && copyOfThread(this.chat, this.thread);
    if (copy) this.kept.thread = copy;
    if (chats.cursor !== null)
      this.kept.list = copyOfList(chatsFeature.selectChats.projector(chats), chats.unreadTotal, chats.cursor);
  }

  /** The page is closed and opened again: what was under way is lost, what was written down and what waited comes back. */
  private restart(copyFirst: boolean, reachable: boolean): void {
    const entries = Object.values(this.store.messages.outbox);
    this.pool.length = 0;
    this.store = new FakeStore();
    this.store.start();
    const userId = me;
    const [list, thread] = [parseList(this.kept.list), parseThread(this.kept.thread)];
    const restore = () => {
      if (list) this.store.dispatch(ChatCacheActions.listRestored({ userId, list }));
      if (thread) this.store.dispatch(ChatCacheActions.threadRestored({ userId, thread }));
    };
    this.store.dispatch(ChatPageActions.chatOpened({ chatId, seq: null }));
    if (copyFirst) restore();
    this.store.dispatch(OutboxActions.restored({ entries }));
    if (reachable) {
      this.store.dispatch(ChatApiActions.chatLoaded({ chat: this.server.chat, askedAt: 0 }));
      this.askPage(this.server.log.length - PAGE + 1, this.server.log.length, 'newest');
    } else {
      this.store.dispatch(ChatApiActions.chatFailed({ chatId, code: 'DISCONNECTED' }));
      this.store.dispatch(ChatApiActions.historyFailed({ chatId, place: 'newest', code: 'DISCONNECTED' }));
    }
    if (!copyFirst) restore();
  }

  /** What waited goes out again under its id; the server answers with what it stored then. */
  private drain(): void {
    for (const { clientMessageId, state } of Object.values(this.store.messages.outbox)) {
      if (state === 'queued') this.store.dispatch(OutboxActions.sendStarted({ clientMessageId }));
      const message = this.server.log.find((stored) => stored.clientMessageId === clientMessageId);
      if (message) this.store.dispatch(OutboxActions.stored({ message }));
    }
  }

  private syncAnswer(): Action {
    const named = this.thread.window ? [chatId] : [];
    return ChatSyncActions.synced({
      result: this.server.sync(named.length > 0 ? positionOf(this.thread) : null),
      named,
      since: this.store.chats.cursor,
    });
  }

  private askPage(from: number, to: number, place: 'newest' | 'around' | 'older' | 'newer'): void {
    this.pool.push(
      ChatApiActions.historyLoaded({
        chatId,
        page: this.server.page(from, to),
        place,
        baseRev: this.chat?.lastRev ?? 0,
      }),
    );
  }

  private take(pick: number, twice: boolean): void {
    if (this.pool.length === 0) return;
    const [action] = this.pool.splice(pick % this.pool.length, 1);
    if (!action) return;
    this.deliver(action);
    if (twice) this.pool.push(action);
  }

  private deliver(action: Action): void {
    this.store.dispatch(action);
    // What the effect does after a reset.
    if (action.type === ChatSyncActions.synced.type && this.thread.loading === 'newest' && !this.thread.window) {
      this.askPage(this.server.log.length - PAGE + 1, this.server.log.length, 'newest');
    }
  }

  /** The line is good again: what is under way arrives, then the device catches up as the effects do. */
  comeToRest(): void {
    while (this.pool.length > 0) this.take(0, false);
    if (!this.thread.window) this.apply({ kind: 'reload' });
    this.drain();
    for (let round = 0; round < 5; round++) {
      this.deliver(this.syncAnswer());
      while (this.pool.length > 0) this.take(0, false);
      if (this.thread.window && !hasHole(this.thread)) break;
    }
  }
}
