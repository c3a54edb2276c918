import type { Message } from '@course-chat/contracts';
import type { History, SendRecord } from '../history.ts';
import type { Random } from '../random.ts';
import type { Connection } from './connection.ts';

const PATIENCE_MS = 3_000;
const WINDOW = 8;
const RETRY_MAX_MS = 600;
/** Codes that sending again can not change. */
const FINAL = new Set([
  'VALIDATION_FAILED',
  'NOT_ENROLLED',
  'READ_ONLY',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'TOO_LARGE',
]);

/** The device whose messages these are. */
export interface Sender {
  readonly connection: Pick<Connection, 'isConnected' | 'command'>;
  readonly random: Random;
  reconnect(): void;
  took(message: Message, source: string, askedAt: number): void;
}

/** Messages on their way: each is tried under one id until its outcome is known. */
export class Outbox {
  /** Whether one message waits for the one before it. */
  readonly inTurn: boolean;
  private readonly waiting: SendRecord[] = [];
  private underWay = 0;
  private readonly device: Sender;
  private readonly history: History;

  constructor(device: Sender, inTurn: boolean, history: History) {
    this.device = device;
    this.inTurn = inTurn;
    this.history = history;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0 && this.underWay === 0;
  }

  get size(): number {
    return this.waiting.length + this.underWay;
  }

  add(record: SendRecord): void {
    this.waiting.push(record);
    this.pump();
  }

  /** Sends what may be sent now. */
  pump(): void {
    while (this.device.connection.isConnected && this.underWay < (this.inTurn ? 1 : WINDOW)) {
      const record = this.waiting.shift();
      if (!record) return;
      this.underWay++;
      void this.deliver(record).then((isDone) => {
        this.underWay--;
        if (!isDone) this.waiting.unshift(record);
        this.pump();
      });
    }
  }

  /** @returns whether the outcome is known; false when the line broke first */
  private async deliver(record: SendRecord): Promise<boolean> {
    while (this.device.connection.isConnected) {
      record.tries++;
      record.askedAt ??= performance.now();
      if (record.tries > 1) this.history.count('resent');
      const twice = this.device.random.chance(0.03);
      const answers = await Promise.all([this.say(record), ...(twice ? [this.say(record)] : [])]);
      for (const answer of answers) if (answer.kind === 'ok') this.stored(record, answer.data, answer.askedAt);
      if (record.outcome === 'stored') return true;
      const refusal = answers.find((answer) => answer.kind === 'refused');
      if (refusal?.kind === 'refused') {
        if (FINAL.has(refusal.error.code)) {
          record.outcome = 'refused';
          record.code = refusal.error.code;
          return true;
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(refusal.error.retryAfterMs ?? 150, RETRY_MAX_MS)));
      } else if (this.device.connection.isConnected && this.device.random.chance(0.5)) {
        // Half of those who hear nothing suspect the line.
        this.device.reconnect();
      }
    }
    return false;
  }

  private say({ chatId, clientMessageId, text }: SendRecord) {
    return this.device.connection.command('send_message', { chatId, clientMessageId, text }, PATIENCE_MS);
  }

  private stored(record: SendRecord, message: Message, askedAt: number): void {
    if (record.outcome !== 'stored') this.history.count('acked');
    record.outcome = 'stored';
    record.message ??= message;
    this.device.took(message, 'ack', askedAt);
  }
}
