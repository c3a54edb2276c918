import type { Chat, EventName, EventPayload, Message, SyncedChat, WireError } from '@course-chat/contracts';
import { Link } from '../faults/link.ts';
import type { Random } from '../random.ts';
import type { CopyAtEnd, DeviceAtEnd } from '../history.ts';
import { ChatCopy, raise } from './chat-copy.ts';
import { Connection, type Surroundings } from './connection.ts';
import { Marks } from './marks.ts';
import { Outbox } from './outbox.ts';
import type { ChatRest } from './rest.ts';

/** Somebody with an account; every device of theirs shares it. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly token: string;
  readonly chats: ChatRest;
}

const SYNC_PATIENCE_MS = 8_000;
const POSITIONS_MAX = 50;

/** A client that follows the protocol as a good one does: one browser tab, one phone. */
export class Device {
  readonly id: string;
  readonly person: Person;
  readonly link: Link;
  readonly random: Random;
  readonly outbox: Outbox;
  readonly connection: Connection;
  readonly copies = new Map<string, ChatCopy>();
  readonly joined = new Set<string>();
  unreadTotal: number | null = null;
  private readonly around: Surroundings;
  private readonly marks: Marks;
  private readonly unreadHeardAt = new Map<string, number>();
  private readonly accessHeardAt = new Map<string, number>();
  private totalHeardAt = 0;
  /** Whether an unread count may have changed without a word of it. */
  private totalInDoubt = true;
  private cursor: string | null = null;
  private isWanted = false;
  private isKnown = false;
  private syncing: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private retry: NodeJS.Timeout | null = null;

  private constructor(id: string, person: Person, link: Link, random: Random, around: Surroundings) {
    this.id = id;
    this.person = person;
    this.link = link;
    this.random = random;
    this.around = around;
    this.connection = new Connection(id, link, around, {
      connected: () => this.connected(),
      disconnected: () => this.comeBack(),
      refused: (error) => this.refused(error),
      heard: (name, payload) => this.heard(name, payload),
    });
    this.marks = new Marks(this, around.history);
    this.outbox = new Outbox(this, random.chance(0.7), around.history);
  }

  static async make(id: string, person: Person, random: Random, around: Surroundings, port: () => number | null) {
    return new Device(id, person, await Link.open(port), random, around);
  }

  get isOn(): boolean {
    return this.isWanted;
  }

  /** Whether nothing is under way and nothing is known to be missing. */
  get isSettled(): boolean {
    return !this.isWanted || this.why === '';
  }

  /** What is still under way, in words; empty when nothing is. */
  get why(): string {
    const states = {
      offline: !this.connection.isConnected,
      'first look': !this.isKnown,
      syncing: this.syncing !== null || this.again,
      [`${this.outbox.size} unsent`]: !this.outbox.isEmpty,
      'unread total': this.totalInDoubt,
      holes: [...this.copies.values()].some((copy) => copy.hasHole),
      marks: this.marks.isOpen,
    };
    return Object.entries(states)
      .filter(([, is]) => is)
      .map(([name]) => name)
      .join(', ');
  }

  switchOn(): void {
    if (this.isWanted) return;
    this.isWanted = true;
    this.connection.open(this.person.token);
  }

  switchOff(): void {
    this.isWanted = false;
    if (this.retry) clearTimeout(this.retry);
    this.connection.close();
    this.joined.clear();
  }

  async end(): Promise<void> {
    this.switchOff();
    await this.link.close();
  }

  /** Closes the line from this side and comes back. */
  reconnect(): void {
    if (!this.isWanted) return;
    this.connection.close();
    this.comeBack();
  }

  copy(chatId: string): ChatCopy {
    let copy = this.copies.get(chatId);
    if (!copy) this.copies.set(chatId, (copy = new ChatCopy(chatId)));
    return copy;
  }

  /** A message in an answer or an ack. */
  took(message: Message, source: string, askedAt: number): void {
    this.saw(message, source, askedAt);
    this.copy(message.chatId).take(message);
    if (this.copy(message.chatId).hasHole) this.sync();
  }

  saw(message: Message, source: string, askedAt: number): void {
    this.around.history.sightings.push({ askedAt, seenAt: performance.now(), by: this.id, source, message });
  }

  sawChat(chat: Chat, source: string, askedAt: number): void {
    const seenAt = performance.now();
    this.around.history.sawChat(chat, this.person.userId, { by: this.id, source, askedAt, seenAt });
    const copy = this.copy(chat.id);
    copy.takeChat(chat);
    copy.peerOnline = chat.peer.online;
    // What was counted before a later count arrived says nothing; ask once more.
    if ((this.unreadHeardAt.get(chat.id) ?? 0) >= askedAt) this.again = true;
    else {
      this.totalInDoubt ||= source === 'sync' && copy.unreadCount !== chat.unreadCount;
      copy.unreadCount = chat.unreadCount;
    }
    if ((this.accessHeardAt.get(chat.id) ?? 0) < askedAt) copy.access = chat.access;
  }

  /** The person read up to here, or the device holds all up to here. */
  mark(chatId: string, kind: 'readSeq' | 'deliveredSeq', seq: number): void {
    this.marks.add(chatId, kind, seq);
  }

  /** Catches up; one at a time, once more when it was asked for meanwhile. */
  sync(): void {
    this.again = true;
    this.syncing ??= this.catchUp()
      .catch((error: unknown) => this.around.history.count(`sync_error_${String(error)}`))
      .finally(() => {
        this.syncing = null;
        if (this.again && this.connection.isConnected) setTimeout(() => this.sync(), 50);
      });
  }

  atEnd(): DeviceAtEnd {
    const copies = [...this.copies.values()].map((copy): CopyAtEnd => ({
      chatId: copy.chatId,
      floor: copy.floor,
      messages: [...copy.messages.values()].sort((a, b) => a.seq - b.seq),
      shown: copy.shown,
      me: { ...copy.me },
      peer: { ...copy.peer },
      unreadCount: copy.unreadCount,
      access: copy.access,
    }));
    return { id: this.id, userId: this.person.userId, unreadTotal: this.unreadTotal, copies };
  }

  /** Scrolls back to the first message of every chat. */
  async loadAll(): Promise<void> {
    for (const copy of this.copies.values()) {
      for (let tries = 0; copy.floor > 0 && tries < 100; tries++) await this.loadOlder(copy, 100);
    }
  }

  async loadOlder(copy: ChatCopy, limit: number): Promise<void> {
    const answer = await this.person.chats.messages(copy.chatId, `before=${copy.floor + 1}&limit=${limit}`);
    if (!answer?.page) return;
    for (const message of answer.page.items) this.saw(message, 'older page', answer.askedAt);
    copy.takeOlder(answer.page.items);
  }

  private connected(): void {
    this.failures = 0;
    this.around.history.count('connects');
    this.joined.clear();
    this.totalInDoubt = true;
    this.sync();
    this.outbox.pump();
    void this.marks.tell();
  }

  private refused(error: Partial<WireError>): void {
    if (error.code) this.around.history.count(`connect_${error.code}`);
    if (error.code === 'UNAUTHENTICATED') {
      const text = `${this.id} was refused as unauthenticated with a good token: a client would log out`;
      this.around.history.violate({ law: 7, name: 'bad_answer', text });
    }
    this.comeBack();
  }

  private comeBack(): void {
    if (!this.isWanted) return;
    this.failures++;
    if (this.retry) clearTimeout(this.retry);
    const longest = Math.min(1_000, 100 * 2 ** this.failures);
    this.retry = setTimeout(
      () => this.isWanted && this.connection.open(this.person.token),
      20 + this.random.next() * longest,
    );
  }

  private heard(name: EventName, payload: never): void {
    const now = performance.now();
    this.note(name, payload);
    switch (name) {
      case 'message_created':
      case 'message_updated':
        this.took((payload as EventPayload<'message_created'>).message, name, now);
        break;
      case 'chat_updated':
        this.sawChat((payload as EventPayload<'chat_updated'>).chat, name, now);
        this.accessHeardAt.set((payload as EventPayload<'chat_updated'>).chat.id, now);
        this.sync();
        break;
      case 'chat_delivered':
      case 'chat_read':
        this.receipt(name, payload, now);
        break;
      case 'unread_changed': {
        const { chatId, unreadCount, unreadTotal } = payload as EventPayload<'unread_changed'>;
        this.unreadHeardAt.set(chatId, now);
        this.copy(chatId).unreadCount = unreadCount;
        this.unreadTotal = unreadTotal;
        this.totalHeardAt = now;
        break;
      }
      case 'digest':
        if ((payload as EventPayload<'digest'>).cursor !== this.cursor) this.sync();
        break;
      case 'server_draining':
        this.around.history.count('drain_notices');
        setTimeout(
          () => this.connection.isConnected && this.reconnect(),
          (payload as EventPayload<'server_draining'>).reconnectInMs / 4,
        );
        break;
      case 'session_ended':
        this.around.history.violate({
          law: 7,
          name: 'bad_answer',
          text: `The login of ${this.id} was ended by nobody`,
        });
        break;
      default:
        break;
    }
  }

  private note(name: EventName, payload: never): void {
    const about = payload as { chatId?: string; userId?: string; message?: Message; chat?: Chat };
    const chatId = about.chatId ?? about.message?.chatId ?? about.chat?.id ?? null;
    if (name.startsWith('typing')) this.around.history.count('typing_heard');
    this.around.history.heard.push({
      at: performance.now(),
      by: this.id,
      userId: this.person.userId,
      name,
      chatId,
      aboutUserId: about.userId ?? null,
    });
  }

  private receipt(name: 'chat_delivered' | 'chat_read', payload: never, now: number): void {
    const { chatId, userId, seq } = payload as EventPayload<'chat_read'>;
    const seen = name === 'chat_read' ? { readSeq: seq } : { deliveredSeq: seq };
    this.around.history.receipts.push({
      askedAt: now,
      seenAt: now,
      by: this.id,
      source: name,
      chatId,
      userId,
      ...seen,
    });
    const copy = this.copy(chatId);
    raise(userId === this.person.userId ? copy.me : copy.peer, seen);
  }

  private async catchUp(): Promise<void> {
    if (!this.isKnown) await this.firstLook();
    while (this.again && this.connection.isConnected) {
      this.again = false;
      const named = [...this.copies.values()]
        .slice(0, POSITIONS_MAX)
        .map(({ chatId, seq, rev }) => ({ chatId, seq, rev }));
      if (!(await this.syncOnce(named))) this.again = true;
      if (this.again) await pause(30 + this.random.next() * 150);
      else if ([...this.copies.values()].some((copy) => copy.hasHole)) {
        this.again = true;
        await pause(60 + this.random.next() * 200);
      } else if (this.totalInDoubt) await this.recount();
    }
  }

  /** Asks how many messages wait in all; once more when somebody tells of it meanwhile. */
  private async recount(): Promise<void> {
    const answer = await this.person.chats.list(1, null);
    if (answer?.page && this.totalHeardAt < answer.askedAt) {
      this.unreadTotal = answer.page.unreadTotal;
      this.totalInDoubt = false;
      return;
    }
    this.again = true;
    await pause(200);
  }

  /** @returns whether it was answered */
  private async syncOnce(chats: { chatId: string; seq: number; rev: number }[]): Promise<boolean> {
    const answer = await this.connection.command('sync', { cursor: this.cursor, chats }, SYNC_PATIENCE_MS);
    if (answer.kind !== 'ok') {
      if (answer.kind === 'refused') await pause(Math.min(answer.error.retryAfterMs ?? 200, 500));
      return false;
    }
    const names = new Set(chats.map(({ chatId }) => chatId));
    for (const synced of answer.data.chats) await this.takeSynced(synced, names.has(synced.chat.id), answer.askedAt);
    this.cursor = answer.data.cursor;
    return answer.data.more ? this.syncOnce([]) : true;
  }

  private async takeSynced({ chat, status, messages }: SyncedChat, isNamed: boolean, askedAt: number): Promise<void> {
    this.sawChat(chat, 'sync', askedAt);
    for (const message of messages) this.saw(message, 'sync', askedAt);
    if (status === 'reset') {
      this.around.history.count('resets');
      const answer = await this.person.chats.messages(chat.id, 'limit=50');
      if (!answer?.page) {
        this.again = true;
        return;
      }
      for (const message of answer.page.items) this.saw(message, 'page', answer.askedAt);
      this.copy(chat.id).takePage(chat, answer.page.items);
    } else if (isNamed) {
      this.copy(chat.id).takeMissed(chat, messages);
    } else {
      this.again ||= this.copy(chat.id).hasHole;
    }
    this.mark(chat.id, 'deliveredSeq', this.copy(chat.id).seq);
  }

  /** The first look of a new device: the list, and of some chats a page instead of everything. */
  private async firstLook(): Promise<void> {
    const limit = this.random.between(2, 30);
    let cursor: string | null = null;
    for (;;) {
      const answer = await this.person.chats.list(limit, cursor);
      if (!answer?.page) {
        await pause(200);
        if (!this.connection.isConnected) throw new Error('offline');
        continue;
      }
      for (const chat of answer.page.items) {
        this.sawChat(chat, 'list', answer.askedAt);
        if (this.random.chance(0.5)) await this.firstPage(chat);
      }
      cursor = answer.page.nextCursor;
      if (!cursor) break;
    }
    this.isKnown = true;
  }

  private async firstPage(chat: Chat): Promise<void> {
    const answer = await this.person.chats.messages(chat.id, `limit=${this.random.between(1, 60)}`);
    if (!answer?.page) return;
    for (const message of answer.page.items) this.saw(message, 'page', answer.askedAt);
    this.copy(chat.id).takePage(chat, answer.page.items);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
