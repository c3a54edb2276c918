import { io, type Socket } from 'socket.io-client';
import type { Message } from '@course-chat/contracts';
import { pause } from '../device/device.ts';
import { Link } from '../faults/link.ts';
import type { DeviceAtEnd, History, SendRecord } from '../history.ts';
import type { Random } from '../random.ts';

const PATIENCE_MS = 1_500;
const MEAN_PAUSE_MS = 70;

/** What the naive peer answers: the message without a place. */
type PlacelessMessage = Omit<Message, 'seq'>;
interface NaiveAnswer {
  readonly ok: boolean;
  readonly data?: PlacelessMessage;
}

/**
 * A client of the naive peer, as clients of such servers are: it joins, listens, loads the newest page once, sends again
 * what was not answered, and trusts the server for the rest. Shown messages are keyed by the server's id.
 */
export class NaiveDevice {
  readonly shown = new Map<string, PlacelessMessage>();
  private socket: Socket | null = null;
  private counter = 0;
  private isWanted = true;
  readonly id: string;
  readonly link: Link;
  private readonly person: { userId: string; token: string };
  private readonly chatIds: readonly string[];
  private readonly random: Random;
  private readonly history: History;

  private constructor(
    id: string,
    link: Link,
    person: { userId: string; token: string },
    chatIds: readonly string[],
    random: Random,
    history: History,
  ) {
    this.id = id;
    this.link = link;
    this.person = person;
    this.chatIds = chatIds;
    this.random = random;
    this.history = history;
  }

  static async make(
    id: string,
    person: { userId: string; token: string },
    chatIds: readonly string[],
    random: Random,
    history: History,
    port: () => number | null,
  ) {
    const device = new NaiveDevice(id, await Link.open(port), person, chatIds, random, history);
    device.open();
    return device;
  }

  get isConnected(): boolean {
    return this.socket?.connected ?? false;
  }

  async live(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await pause(-Math.log(1 - this.random.next()) * MEAN_PAUSE_MS);
      if (!isOver()) await this.send();
    }
  }

  /** What it shows at the end; the place of a message is its place in the stored order. */
  atEnd(placeOf: (id: string) => number): DeviceAtEnd {
    const copies = this.chatIds.map((chatId) => {
      const messages = [...this.shown.values()]
        .filter((message) => message.chatId === chatId)
        .map((message) => ({ ...message, seq: placeOf(message.id) }));
      const receipts = { readSeq: 0, deliveredSeq: 0 };
      return {
        chatId,
        floor: 0,
        messages,
        shown: messages.map(({ seq }) => seq),
        me: receipts,
        peer: receipts,
        unreadCount: 0,
        access: null,
      };
    });
    return { id: this.id, userId: this.person.userId, unreadTotal: null, copies };
  }

  async end(): Promise<void> {
    this.isWanted = false;
    this.socket?.close();
    await this.link.close();
  }

  private open(): void {
    const socket = io(`http://127.0.0.1:${this.link.port}`, {
      transports: ['websocket'],
      auth: { token: this.person.token },
      reconnection: false,
      forceNew: true,
    });
    this.socket = socket;
    const comeBack = () =>
      this.isWanted &&
      this.socket === socket &&
      setTimeout(() => this.isWanted && this.open(), 50 + this.random.next() * 300);
    socket.on('connect', () => this.history.count('connects'));
    socket.on('disconnect', comeBack);
    socket.on('connect_error', () => {
      socket.close();
      comeBack();
    });
    socket.on('message_created', ({ message }: { message: PlacelessMessage }) => {
      this.history.count('events');
      this.shown.set(message.id, message);
    });
  }

  private async send(): Promise<void> {
    const record: SendRecord = {
      deviceId: this.id,
      userId: this.person.userId,
      chatId: this.random.pick(this.chatIds),
      clientMessageId: this.random.uuid(),
      text: `${this.id} ${++this.counter}`,
      inTurn: false,
      tries: 0,
      outcome: 'open',
    };
    this.history.sends.push(record);
    const deadline = performance.now() + 20_000;
    while (record.outcome === 'open' && performance.now() < deadline) {
      if (!this.isConnected) {
        await pause(100);
        continue;
      }
      if (record.tries++ > 0) this.history.count('resent');
      const answer = (await this.socket
        ?.timeout(PATIENCE_MS)
        .emitWithAck('send_message', record)
        .catch(() => null)) as NaiveAnswer | null;
      if (!answer?.ok || !answer.data) continue;
      record.outcome = 'stored';
      this.history.count('acked');
      this.shown.set(answer.data.id, answer.data);
    }
  }
}
