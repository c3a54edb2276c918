import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { DeliveryLedger } from '../measure/delivery-ledger.ts';
import { Histogram } from '../measure/histogram.ts';
import { seededRandom } from '../measure/seeded-random.ts';
import { connect, createClient, inParallel, type Client } from './clients.ts';
import type { LoadChat, SendJob, SendResult } from './jobs.ts';

/** How long after the last send what is missing may still come. */
const SETTLE_MS = 10_000;
const CONNECTING_AT_ONCE = 50;

/** One sender in one chat. */
interface Stream {
  readonly index: number;
  readonly chatId: string;
  readonly client: Client;
  readonly otherId: string;
}

/** By server, the members that stay connected. */
const connected = new Map<string, Map<string, Client>>();

/** One round: connect, warm up, measure, wait for what is under way, and count what went wrong. */
export async function send(job: SendJob): Promise<SendResult> {
  const clients = connected.get(job.url) ?? (await connectMembers(job.url, job.chats));
  connected.set(job.url, clients);
  const round = new Round(job, clients);
  try {
    round.start();
    await delay(job.warmupMs);
    round.beginMeasuring();
    await delay(job.measureMs);
    round.endMeasuring();
    await round.settle(SETTLE_MS);
    return round.result();
  } finally {
    for (const client of clients.values()) client.off('message_created');
    if (!job.staysConnected) disconnectMembers(job.url);
  }
}

export function disconnectAllMembers(): void {
  for (const url of connected.keys()) disconnectMembers(url);
}

function disconnectMembers(url: string): void {
  for (const client of connected.get(url)?.values() ?? []) client.disconnect();
  connected.delete(url);
}

async function connectMembers(url: string, chats: readonly LoadChat[]): Promise<Map<string, Client>> {
  const clients = new Map<string, Client>();
  for (const { student, tutor } of chats) {
    for (const { id, token } of [student, tutor]) if (!clients.has(id)) clients.set(id, createClient(url, token));
  }
  await inParallel([...clients.values()], CONNECTING_AT_ONCE, connect);
  return clients;
}

class Round {
  private readonly ledger = new DeliveryLedger();
  private readonly streams: Stream[];
  private readonly sentAt = new Map<string, number>();
  private readonly ack = new Histogram();
  private readonly deliver = new Histogram();
  private readonly lag = monitorEventLoopDelay({ resolution: 5 });
  private readonly job: SendJob;
  private isSending = false;
  private isMeasuring = false;
  private acked = 0;
  private begun = { at: 0, cpu: process.cpuUsage(), loop: performance.eventLoopUtilization() };
  private measured = { ms: 0, cpu: 0, loop: 0, lagP99: 0 };

  constructor(job: SendJob, clients: ReadonlyMap<string, Client>) {
    this.job = job;
    this.streams = job.chats.flatMap(({ chatId, student, tutor }, chat) =>
      [student, tutor].map(({ id }, side): Stream => {
        const index = chat * 2 + side;
        this.ledger.open(index, [student.id, tutor.id]);
        const client = clients.get(id);
        if (!client) throw new Error('Every member has a client');
        return { index, chatId, client, otherId: side === 0 ? tutor.id : student.id };
      }),
    );
    for (const [userId, client] of clients) {
      client.on('message_created', ({ message }) => this.arrived(userId, message));
    }
  }

  start(): void {
    this.isSending = true;
    const { pace } = this.job;
    if ('closed' in pace) {
      for (let depth = 0; depth < pace.closed; depth++) for (const stream of this.streams) this.sendAndAgain(stream);
    } else {
      void this.sendByTheClock(pace.open, seededRandom(pace.seed));
    }
  }

  beginMeasuring(): void {
    this.isMeasuring = true;
    this.lag.enable();
    this.begun = { at: performance.now(), cpu: process.cpuUsage(), loop: performance.eventLoopUtilization() };
  }

  endMeasuring(): void {
    const ms = performance.now() - this.begun.at;
    const cpu = process.cpuUsage(this.begun.cpu);
    this.measured = {
      ms,
      cpu: (cpu.user + cpu.system) / 1000 / ms,
      loop: performance.eventLoopUtilization(this.begun.loop).utilization,
      lagP99: this.lag.percentile(99) / 1000,
    };
    this.lag.disable();
    this.isMeasuring = false;
    this.isSending = false;
  }

  async settle(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!this.ledger.isComplete && performance.now() < deadline) await delay(20);
    // What comes twice comes a little later.
    await delay(200);
  }

  result(): SendResult {
    const { ms, cpu, loop, lagP99 } = this.measured;
    return {
      acked: this.acked,
      measuredMs: ms,
      ackedInAll: this.ledger.acked,
      ack: this.ack.serialize(),
      deliver: this.deliver.serialize(),
      faults: this.ledger.faults(),
      generator: { cpu, loop, lagP99 },
    };
  }

  private sendAndAgain(stream: Stream): void {
    if (this.isSending) this.send(stream, () => this.sendAndAgain(stream));
  }

  /** Sends at random moments of the wanted density, whether the server keeps up or not. */
  private async sendByTheClock(perSecond: number, random: () => number): Promise<void> {
    let due = performance.now();
    for (let turn = 0; this.isSending; turn++) {
      due += (-Math.log(1 - random()) * 1000) / perSecond;
      const wait = due - performance.now();
      if (wait > 0) await delay(wait);
      const stream = this.streams[Math.floor(random() * this.streams.length)];
      if (stream && this.isSending) this.send(stream, () => undefined);
    }
  }

  private send(stream: Stream, then: () => void): void {
    const number = this.ledger.send(stream.index);
    const clientMessageId = idOf(this.job.round, stream.index, number);
    const isMeasured = this.isMeasuring;
    const at = performance.now();
    if (isMeasured) this.sentAt.set(clientMessageId, at);
    stream.client.emit('send_message', { chatId: stream.chatId, clientMessageId, text: textOf(number) }, (answer) => {
      // A refusal stays open in the book: it fails the round.
      if (!answer.ok) return then();
      this.ledger.acknowledged(stream.index, number);
      if (isMeasured) this.ack.record((performance.now() - at) * 1000);
      if (this.isMeasuring) this.acked += 1;
      then();
    });
  }

  private arrived(userId: string, message: { clientMessageId: string; chatId: string; seq?: number }): void {
    const { clientMessageId } = message;
    if (!clientMessageId.startsWith(this.job.round)) return;
    const streamIndex = parseInt(clientMessageId.slice(24, 28), 16);
    const number = parseInt(clientMessageId.slice(28), 16);
    this.ledger.delivered(userId, streamIndex, number, message.chatId, message.seq);
    if (this.streams[streamIndex]?.otherId !== userId) return;
    const at = this.sentAt.get(clientMessageId);
    if (at === undefined) return;
    this.deliver.record((performance.now() - at) * 1000);
    this.sentAt.delete(clientMessageId);
  }
}

/** A UUID that says which round, which sender and which number it is. */
function idOf(round: string, stream: number, number: number): string {
  return `${round}-0000-4000-8000-${stream.toString(16).padStart(4, '0')}${number.toString(16).padStart(8, '0')}`;
}

/** A line of the usual length. */
function textOf(number: number): string {
  return `Message ${number}: could you explain once more why the second step follows from the first?`;
}
