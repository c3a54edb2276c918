import type { Access, Chat, Message } from '@course-chat/contracts';

/**
 * What one device holds of one chat, folded from snapshots and live events in whatever order they come. Nothing is
 * shown before what stands in front of it; a change counts when every change before it is known.
 */
export class ChatCopy {
  readonly chatId: string;
  readonly messages = new Map<number, Message>();
  /** Messages 1..floor are not held: the device has not scrolled that far back. */
  floor = 0;
  /** Everything above floor and up to here is held. */
  seq = 0;
  /** Every change up to here is applied. */
  rev = 0;
  readonly me = { readSeq: 0, deliveredSeq: 0 };
  readonly peer = { readSeq: 0, deliveredSeq: 0 };
  unreadCount = 0;
  shown: number[] = [];
  peerOnline = false;
  access: Access | null = null;
  private readonly ahead = new Map<number, Message>();
  private readonly revsAhead = new Set<number>();
  private knownLastSeq = 0;
  private knownLastRev = 0;

  constructor(chatId: string) {
    this.chatId = chatId;
  }

  /** Whether something is known to be missing. */
  get hasHole(): boolean {
    return (
      this.ahead.size > 0 || this.revsAhead.size > 0 || this.knownLastSeq > this.seq || this.knownLastRev > this.rev
    );
  }

  /** A message as an event, an ack or an answer brought it. */
  take(message: Message): void {
    this.noteRev(message.rev);
    if (message.seq <= this.floor) return;
    if (message.seq > this.seq + 1) {
      this.ahead.set(message.seq, newer(this.ahead.get(message.seq), message));
      return;
    }
    this.hold(message);
    this.drain();
  }

  /** The answer to a sync of this chat, asked with this copy's position or an older one. */
  takeMissed(chat: Chat, messages: readonly Message[]): void {
    for (const message of [...messages].sort((a, b) => a.seq - b.seq)) this.take(message);
    this.reachRev(chat.lastRev);
    this.takeChat(chat);
  }

  /** A fresh newest page instead of what was held; `chat` was read before the page. */
  takePage(chat: Chat, page: readonly Message[]): void {
    const held = [...this.messages.values(), ...this.ahead.values()];
    this.messages.clear();
    this.ahead.clear();
    this.shown = [];
    this.floor = (page[0]?.seq ?? 1) - 1;
    this.seq = this.floor;
    for (const message of page) this.take(message);
    for (const message of held.sort((a, b) => a.seq - b.seq)) this.take(message);
    this.reachRev(chat.lastRev);
    this.takeChat(chat);
  }

  /** An older page, as scrolling back loads it. */
  takeOlder(page: readonly Message[]): void {
    for (const message of [...page].reverse()) {
      if (message.seq !== this.floor) continue;
      this.floor--;
      this.messages.set(message.seq, newer(this.messages.get(message.seq), message));
    }
  }

  /** What a chat in any answer says besides its messages; older news changes nothing. */
  takeChat(chat: Chat): void {
    raise(this.me, chat.me);
    raise(this.peer, chat.peer);
    this.knownLastSeq = Math.max(this.knownLastSeq, chat.lastSeq);
    this.knownLastRev = Math.max(this.knownLastRev, chat.lastRev);
  }

  private hold(message: Message): void {
    if (!this.messages.has(message.seq)) this.shown.push(message.seq);
    this.messages.set(message.seq, newer(this.messages.get(message.seq), message));
    this.seq = Math.max(this.seq, message.seq);
  }

  private drain(): void {
    for (const [seq] of this.ahead) if (seq <= this.floor) this.ahead.delete(seq);
    for (const [seq, message] of [...this.ahead].sort(([a], [b]) => a - b)) {
      if (seq > this.seq + 1) return;
      this.ahead.delete(seq);
      this.hold(message);
    }
  }

  private noteRev(rev: number): void {
    if (rev > this.rev) this.revsAhead.add(rev);
    this.reachRev(this.rev);
  }

  private reachRev(rev: number): void {
    this.rev = Math.max(this.rev, rev);
    while (this.revsAhead.delete(this.rev + 1)) this.rev++;
    for (const known of this.revsAhead) if (known <= this.rev) this.revsAhead.delete(known);
  }
}

function newer(held: Message | undefined, message: Message): Message {
  return held && held.rev > message.rev ? held : message;
}

/** Moves registers forward, never back. */
export function raise(
  registers: { readSeq: number; deliveredSeq: number },
  seen: { readonly readSeq?: number; readonly deliveredSeq?: number },
): void {
  registers.readSeq = Math.max(registers.readSeq, seen.readSeq ?? 0);
  registers.deliveredSeq = Math.max(registers.deliveredSeq, seen.deliveredSeq ?? 0, registers.readSeq);
}
