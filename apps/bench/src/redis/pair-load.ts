import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { Histogram } from '../measure/histogram.ts';

const PAIRS = 100;
const SETTLE_MS = 1_500;
const TEXT = 'Could you explain once more why the second step follows from the first, as in lesson 12?';

interface Message {
  readonly id: number;
  readonly to: string;
  readonly text: string;
}

interface Sent {
  readonly at: number;
  acked: boolean;
  here: boolean;
  there: boolean;
}

/** What became of the messages of one measurement; latencies in microseconds. */
export interface Measured {
  readonly sent: number;
  readonly acked: number;
  /** Heard by the sender's own device, on the same node. */
  readonly here: number;
  /** Heard by the other, on the other node. */
  readonly there: number;
  readonly therePerSecond: number;
  readonly hereP50: number;
  readonly hereMax: number;
  readonly thereP50: number;
  readonly thereP99: number;
  /** Milliseconds from the measurement's begin to the last message that was not heard on the other node; 0 for none. */
  readonly deafUntil: number;
}

/** Pairs of people, one on each node, who write to each other. */
export class PairLoad {
  private readonly people: { name: string; socket: Socket; to: string }[];
  private sent = new Map<number, Sent>();
  private next = 0;
  private hereTimes = new Histogram();
  private thereTimes = new Histogram();

  private constructor(urls: readonly [string, string]) {
    this.people = Array.from({ length: 2 * PAIRS }, (_, index) => {
      const name = `${index % 2} ${index >> 1}`;
      const socket = io(urls[index % 2 === 0 ? 0 : 1], {
        transports: ['websocket'],
        forceNew: true,
        auth: { user: name },
      });
      socket.on('message_created', (message: Message) => this.heard(name, message));
      return { name, socket, to: `${(index + 1) % 2} ${index >> 1}` };
    });
  }

  static async connect(urls: readonly [string, string]): Promise<PairLoad> {
    const load = new PairLoad(urls);
    while (!load.people.every(({ socket }) => socket.connected)) await delay(20);
    await delay(500);
    return load;
  }

  /** So many of each person are always under way. */
  closed(depth: number, ms: number): Promise<Measured> {
    const end = performance.now() + ms;
    const again = (index: number) => {
      if (performance.now() < end) this.send(index, () => again(index));
    };
    return this.measure(ms, () => {
      for (let turn = 0; turn < depth * this.people.length; turn++) again(turn % this.people.length);
    });
  }

  /** So many a second in all, whether nodes keep up or not. */
  open(perSecond: number, ms: number): Promise<Measured> {
    return this.measure(ms, async () => {
      const begun = performance.now();
      for (let count = 0; performance.now() - begun < ms; count++) {
        const wait = begun + (count * 1_000) / perSecond - performance.now();
        if (wait > 1) await delay(wait);
        this.send(count % this.people.length, () => {});
      }
    });
  }

  end(): void {
    for (const { socket } of this.people) socket.close();
  }

  private async measure(ms: number, begin: () => void | Promise<void>): Promise<Measured> {
    this.sent = new Map();
    this.hereTimes = new Histogram();
    this.thereTimes = new Histogram();
    const begun = performance.now();
    void begin();
    await delay(ms);
    const therePerSecond = (this.thereTimes.count * 1_000) / (performance.now() - begun);
    await delay(SETTLE_MS);
    const all = [...this.sent.values()];
    return {
      sent: all.length,
      acked: all.filter(({ acked }) => acked).length,
      here: all.filter(({ here }) => here).length,
      there: all.filter(({ there }) => there).length,
      therePerSecond,
      hereP50: this.hereTimes.percentile(0.5),
      hereMax: this.hereTimes.max,
      thereP50: this.thereTimes.percentile(0.5),
      thereP99: this.thereTimes.percentile(0.99),
      deafUntil: Math.max(0, ...all.filter(({ there }) => !there).map(({ at }) => at - begun)),
    };
  }

  private send(index: number, then: () => void): void {
    const person = this.people[index];
    if (!person) return;
    const message: Message = { id: this.next++, to: person.to, text: TEXT };
    const record: Sent = { at: performance.now(), acked: false, here: false, there: false };
    this.sent.set(message.id, record);
    person.socket.emit('send', message, () => {
      record.acked = true;
      then();
    });
  }

  private heard(by: string, message: Message): void {
    const record = this.sent.get(message.id);
    if (!record) return;
    const isThere = by === message.to;
    record[isThere ? 'there' : 'here'] = true;
    (isThere ? this.thereTimes : this.hereTimes).record((performance.now() - record.at) * 1_000);
  }
}
