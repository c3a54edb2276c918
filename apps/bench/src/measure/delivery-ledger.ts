/** What went wrong with the messages of a round; all zeros is the only good round. */
export interface DeliveryFaults {
  /** Acknowledged, and a receiver never got it. */
  lost: number;
  /** Got more than once by one receiver. */
  doubled: number;
  /** Got after a later one of the same sender, or against the chat's seq: a place twice, a place left out. */
  outOfOrder: number;
  /** Not acknowledged: refused, or no answer. */
  refused: number;
}

export function noFaults(): DeliveryFaults {
  return { lost: 0, doubled: 0, outOfOrder: 0, refused: 0 };
}

export function addFaults(a: DeliveryFaults, b: DeliveryFaults): DeliveryFaults {
  return {
    lost: a.lost + b.lost,
    doubled: a.doubled + b.doubled,
    outOfOrder: a.outOfOrder + b.outOfOrder,
    refused: a.refused + b.refused,
  };
}

export function hasFaults(faults: DeliveryFaults): boolean {
  return faults.lost + faults.doubled + faults.outOfOrder + faults.refused > 0;
}

/** Numbers that should arrive as first, first + 1, first + 2 and so on, each once. */
export class SequenceCheck {
  private next: number;
  private highest: number;
  private readonly ahead = new Set<number>();
  doubled = 0;
  late = 0;

  constructor(first: number) {
    this.next = first;
    this.highest = first - 1;
  }

  /** Whether it came for the first time. */
  arrived(number: number): boolean {
    if (number < this.next || this.ahead.has(number)) {
      this.doubled += 1;
      return false;
    }
    if (number < this.highest) this.late += 1;
    else this.highest = number;
    this.ahead.add(number);
    while (this.ahead.delete(this.next)) this.next += 1;
    return true;
  }

  /** How many up to `last` never came; up to the highest that came without it. */
  missing(last = this.highest): number {
    let missing = 0;
    for (let number = this.next; number <= last; number++) if (!this.ahead.has(number)) missing += 1;
    return missing;
  }
}

/**
 * The book of one round. A stream is one sender in one chat; its messages are numbered 1, 2, 3... by the sender, so that
 * the book needs nothing from the server. Where the server gives a seq, each receiver must see it without holes too.
 */
export class DeliveryLedger {
  /** By stream: the highest number sent, and how many were acknowledged. */
  private readonly sentTo: number[] = [];
  private readonly ackedOf: number[] = [];
  private readonly unacknowledged = new Set<string>();
  private readonly byStream = new Map<string, SequenceCheck>();
  private readonly bySeq = new Map<string, SequenceCheck>();
  private readonly receivers = new Map<number, readonly string[]>();

  /** Announces a stream and who must get its messages. */
  open(stream: number, receivers: readonly string[]): void {
    this.sentTo[stream] = 0;
    this.ackedOf[stream] = 0;
    this.receivers.set(stream, receivers);
    for (const receiver of receivers) this.byStream.set(`${receiver}/${stream}`, new SequenceCheck(1));
  }

  /** The number of the stream's next message. */
  send(stream: number): number {
    const number = (this.sentTo[stream] ?? 0) + 1;
    this.sentTo[stream] = number;
    this.unacknowledged.add(`${stream}.${number}`);
    return number;
  }

  acknowledged(stream: number, number: number): void {
    if (this.unacknowledged.delete(`${stream}.${number}`)) this.ackedOf[stream] = (this.ackedOf[stream] ?? 0) + 1;
  }

  /** @param seq the chat's own numbering, when the server has one */
  delivered(receiver: string, stream: number, number: number, chatId: string, seq: number | undefined): void {
    const isNew = this.byStream.get(`${receiver}/${stream}`)?.arrived(number);
    if (!isNew || seq === undefined) return;
    const key = `${receiver}/${chatId}`;
    let check = this.bySeq.get(key);
    // The first one a receiver sees of a chat is where its numbers begin: the chat may have a history.
    if (!check) this.bySeq.set(key, (check = new SequenceCheck(seq)));
    check.arrived(seq);
  }

  get acked(): number {
    return this.ackedOf.reduce((sum, count) => sum + count, 0);
  }

  /** Whether every message sent was answered and reached all of its receivers. */
  get isComplete(): boolean {
    return this.unacknowledged.size === 0 && this.faults().lost === 0;
  }

  faults(): DeliveryFaults {
    const faults = { ...noFaults(), refused: this.unacknowledged.size };
    for (const [stream, receivers] of this.receivers) {
      for (const receiver of receivers) {
        const check = this.byStream.get(`${receiver}/${stream}`);
        if (!check) continue;
        faults.lost += check.missing(this.sentTo[stream] ?? 0);
        faults.doubled += check.doubled;
        faults.outOfOrder += check.late;
      }
    }
    // These came for the first time, so a number seen before or left out is the chat's order at fault.
    for (const check of this.bySeq.values()) faults.outOfOrder += check.late + check.doubled + check.missing();
    return faults;
  }
}
