import { setTimeout as pause } from 'node:timers/promises';
import type { History } from '../history.ts';
import { raise, type ChatCopy } from './chat-copy.ts';
import type { Connection } from './connection.ts';

const PATIENCE_MS = 3_000;
const AGAIN_MS = 100;
const REFUSED_MS = 200;
const REFUSED_MAX_MS = 500;

/** One chat: how far the person came, and how far the server said it knows. */
interface Mark {
  readSeq: number;
  deliveredSeq: number;
  saidRead: number;
  saidDelivered: number;
}

/** The device whose person reads. */
export interface Reader {
  readonly id: string;
  readonly person: { readonly userId: string };
  readonly connection: Pick<Connection, 'isConnected' | 'command'>;
  copy(chatId: string): ChatCopy;
}

/** How far a person came in each chat, told to the server until it has said that it knows. */
export class Marks {
  private readonly marks = new Map<string, Mark>();
  private telling = false;
  private readonly device: Reader;
  private readonly history: History;

  constructor(device: Reader, history: History) {
    this.device = device;
    this.history = history;
  }

  /** Whether the server has to be told something. */
  get isOpen(): boolean {
    return [...this.marks.values()].some(
      (mark) => mark.saidRead < mark.readSeq || mark.saidDelivered < mark.deliveredSeq,
    );
  }

  /** The person read up to here, or the device holds all up to here. */
  add(chatId: string, kind: 'readSeq' | 'deliveredSeq', seq: number): void {
    const mark = this.of(chatId);
    mark[kind] = Math.max(mark[kind], seq);
    void this.tell();
  }

  /** Tells what the server does not know, now and again while there is a line. */
  async tell(): Promise<void> {
    if (this.telling) return;
    this.telling = true;
    for (const [chatId, mark] of this.marks) {
      if (mark.readSeq > mark.saidRead) await this.say('mark_read', chatId, mark.readSeq);
      if (mark.deliveredSeq > mark.saidDelivered) await this.say('mark_delivered', chatId, mark.deliveredSeq);
    }
    this.telling = false;
    if (this.isOpen && this.device.connection.isConnected) setTimeout(() => void this.tell(), AGAIN_MS);
  }

  private of(chatId: string): Mark {
    let mark = this.marks.get(chatId);
    if (!mark) this.marks.set(chatId, (mark = { readSeq: 0, deliveredSeq: 0, saidRead: 0, saidDelivered: 0 }));
    return mark;
  }

  private async say(name: 'mark_read' | 'mark_delivered', chatId: string, seq: number): Promise<void> {
    const { id, person, connection } = this.device;
    const answer = await connection.command(name, { chatId, seq }, PATIENCE_MS);
    if (answer.kind === 'refused') await pause(Math.min(answer.error.retryAfterMs ?? REFUSED_MS, REFUSED_MAX_MS));
    if (answer.kind !== 'ok') return;
    const mark = this.of(chatId);
    if (name === 'mark_read') mark.saidRead = Math.max(mark.saidRead, seq);
    mark.saidDelivered = Math.max(mark.saidDelivered, seq);
    const { readSeq, deliveredSeq } = answer.data;
    const at = { askedAt: answer.askedAt, seenAt: answer.seenAt, by: id, source: name };
    this.history.receipts.push({ ...at, chatId, userId: person.userId, readSeq, deliveredSeq });
    const copy = this.device.copy(chatId);
    raise(copy.me, answer.data);
    if (name === 'mark_read' && readSeq < seq && seq <= copy.seq) {
      const text = `${id} marked ${seq} read and was told ${readSeq}`;
      this.history.violate({ law: 4, name: 'receipt_regressed', chatId, text });
    }
  }
}
