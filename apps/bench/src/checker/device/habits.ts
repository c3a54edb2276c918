import type { ChangeRecord, History, SendRecord } from '../history.ts';
import type { Random } from '../random.ts';
import type { ChatCopy } from './chat-copy.ts';
import { pause, type Device } from './device.ts';

/** What people do with a device, and how often. */
const HABITS = {
  send: 44,
  sendOnTwoDevices: 5,
  sendOverRest: 3,
  sendBurst: 0.4,
  edit: 9,
  remove: 3,
  read: 13,
  type: 4,
  join: 4,
  look: 5,
  scroll: 3,
  reconnect: 2,
  sleep: 2,
  mischief: 3,
} as const;

const PATIENCE_MS = 3_000;
/** More than one `sync` brings; a device that sends one after the other would be at it for too long. */
const BURST = 230;
const BURST_IN_TURN = 30;
const FINAL_FOR_CHANGES = new Set(['TOO_LATE', 'FORBIDDEN', 'NOT_FOUND', 'READ_ONLY', 'VALIDATION_FAILED']);
const WORDS = [
  'why',
  'does',
  'lesson',
  'signal',
  'heap',
  'لماذا',
  'index',
  '😀',
  'write',
  'again',
  'größer',
  'line\nbreak',
  'because',
  'it',
  'loops',
];

/** Lives with one device until `isOver`; everything it decides comes from the device's own random stream. */
export class Habits {
  private counter = 0;
  private readonly device: Device;
  private readonly siblings: () => readonly Device[];
  private readonly history: History;
  private readonly random: Random;
  private readonly meanPauseMs: number;

  constructor(device: Device, siblings: () => readonly Device[], history: History, meanPauseMs: number) {
    this.device = device;
    this.siblings = siblings;
    this.history = history;
    this.random = device.random.fork('habits');
    this.meanPauseMs = meanPauseMs;
  }

  async live(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await pause(-Math.log(1 - this.random.next()) * this.meanPauseMs);
      if (isOver() || !this.device.isOn) continue;
      const copies = [...this.device.copies.values()];
      if (copies.length === 0) continue;
      // Most of what people do is in one chat.
      await this.act(
        this.random.weighted(HABITS),
        this.random.chance(0.6) ? (copies[0] as ChatCopy) : this.random.pick(copies),
        isOver,
      );
    }
  }

  private async act(habit: keyof typeof HABITS, copy: ChatCopy, isOver: () => boolean): Promise<void> {
    const { device } = this;
    switch (habit) {
      case 'send':
        return this.send(copy.chatId, [device]);
      case 'sendOnTwoDevices':
        return this.send(copy.chatId, [device, this.random.pick(this.siblings())]);
      case 'sendOverRest':
        return void this.sendOverRest(copy.chatId);
      case 'sendBurst':
        for (let sent = 0; sent < (device.outbox.inTurn ? BURST_IN_TURN : BURST); sent++)
          this.send(copy.chatId, [device]);
        return;
      case 'edit':
      case 'remove':
        return this.change(copy, habit);
      case 'read':
        if (copy.seq > 0) device.mark(copy.chatId, 'readSeq', this.random.between(Math.max(1, copy.seq - 3), copy.seq));
        return;
      case 'type':
        void device.connection.command(
          this.random.chance(0.6) ? 'typing_start' : 'typing_stop',
          { chatId: copy.chatId },
          PATIENCE_MS,
        );
        return;
      case 'join':
        return void this.join(copy.chatId);
      case 'look':
        return void this.look(copy.chatId);
      case 'scroll':
        return void device.loadOlder(copy, this.random.between(1, 40));
      case 'reconnect':
        return device.reconnect();
      case 'sleep': {
        device.switchOff();
        await pause(this.random.between(200, 2_500));
        if (!isOver()) device.switchOn();
        return;
      }
      case 'mischief':
        return void this.mischief(copy);
    }
  }

  private newSend(chatId: string, inTurn: boolean): SendRecord {
    const words = Array.from({ length: this.random.between(1, 12) }, () => this.random.pick(WORDS)).join(' ');
    return {
      deviceId: this.device.id,
      userId: this.device.person.userId,
      chatId,
      clientMessageId: this.random.uuid(),
      text: `${this.device.id} ${++this.counter} ${words}`.trim(),
      inTurn,
      tries: 0,
      outcome: 'open',
    };
  }

  private send(chatId: string, devices: readonly Device[]): void {
    const record = this.newSend(chatId, devices.length === 1 && this.device.outbox.inTurn);
    this.history.sends.push(record);
    this.device.outbox.add(record);
    const other = devices[1];
    if (!other || other === this.device) return;
    const twin = { ...record, deviceId: other.id };
    this.history.sends.push(twin);
    other.outbox.add(twin);
  }

  private async sendOverRest(chatId: string): Promise<void> {
    const record = this.newSend(chatId, false);
    this.history.sends.push(record);
    for (let tries = 0; tries < 60 && record.outcome === 'open'; tries++) {
      record.tries++;
      record.askedAt ??= performance.now();
      const answer = await this.device.person.chats.send(chatId, record.clientMessageId, record.text);
      if (answer?.message) {
        record.outcome = 'stored';
        record.message = answer.message;
        this.history.count('acked');
        this.device.took(answer.message, 'rest send', answer.askedAt);
      } else if (answer?.status === 403) record.outcome = 'refused';
      else await pause(400);
    }
  }

  private change(copy: ChatCopy, habit: 'edit' | 'remove'): void {
    const mine = [...copy.messages.values()].filter(
      ({ senderId, deletedAt }) => senderId === this.device.person.userId && !deletedAt,
    );
    const recent = mine.slice(-20);
    if (recent.length === 0) return;
    const { seq } = this.random.pick(recent);
    const text = habit === 'edit' ? `${this.device.id} edit ${++this.counter}` : null;
    const record: ChangeRecord = { userId: this.device.person.userId, chatId: copy.chatId, seq, text, outcome: 'open' };
    this.history.changes.push(record);
    void this.deliverChange(record);
  }

  private async deliverChange(record: ChangeRecord): Promise<void> {
    const { chatId, seq, text } = record;
    const { connection } = this.device;
    for (let tries = 0; tries < 60 && record.outcome === 'open'; tries++) {
      if (!connection.isConnected) {
        await pause(400);
        continue;
      }
      const answer =
        text === null
          ? await connection.command('delete_message', { chatId, seq }, PATIENCE_MS)
          : await connection.command('edit_message', { chatId, seq, text }, PATIENCE_MS);
      if (answer.kind === 'ok') {
        record.outcome = 'stored';
        record.message = answer.data;
        this.history.count('changed');
        this.device.took(answer.data, 'change ack', answer.askedAt);
      } else if (answer.kind === 'refused' && FINAL_FOR_CHANGES.has(answer.error.code)) record.outcome = 'refused';
      else await pause(this.random.between(50, 400));
    }
  }

  private async join(chatId: string): Promise<void> {
    const { device } = this;
    if (device.joined.has(chatId) && this.random.chance(0.5)) {
      device.joined.delete(chatId);
      await device.connection.command('leave_chat', { chatId }, PATIENCE_MS);
      return;
    }
    device.joined.add(chatId);
    const answer = await device.connection.command('join_chat', { chatId }, PATIENCE_MS);
    if (answer.kind === 'ok') device.sawChat(answer.data, 'join', answer.askedAt);
    if (device.copy(chatId).hasHole) device.sync();
  }

  /** Looks over REST, beside the live events. */
  private async look(chatId: string): Promise<void> {
    const { device } = this;
    const [chat, page] = await Promise.all([
      device.person.chats.chat(chatId),
      device.person.chats.messages(chatId, 'limit=20'),
    ]);
    if (chat?.chat) device.sawChat(chat.chat, 'get', chat.askedAt);
    for (const message of page?.page?.items ?? []) device.saw(message, 'page', page?.askedAt ?? 0);
    if (device.copy(chatId).hasHole) device.sync();
  }

  /** What a broken or hostile client says: coded refusals, and nothing changes. A chat may be one that is only read. */
  private async mischief(copy: ChatCopy): Promise<void> {
    const { device } = this;
    const { chatId } = copy;
    const others = [...copy.messages.values()].filter(({ senderId }) => senderId !== device.person.userId);
    const mine = this.history.sends
      .filter((send) => send.userId === device.person.userId && send.outcome === 'stored')
      .slice(-50);
    switch (this.random.weighted({ cursor: 1, foreignEdit: 1, nowhere: 1, otherText: 1, beyond: 1 })) {
      case 'cursor':
        return this.expect(
          ['VALIDATION_FAILED'],
          device.connection.command('sync', { cursor: 'WzEsMl0', chats: [] }, PATIENCE_MS),
        );
      case 'foreignEdit': {
        const message = others[0] && this.random.pick(others);
        if (!message) return;
        return this.expect(
          ['FORBIDDEN', 'READ_ONLY'],
          device.connection.command('edit_message', { chatId, seq: message.seq, text: 'not mine' }, PATIENCE_MS),
        );
      }
      case 'nowhere':
        return this.expect(
          ['NOT_FOUND', 'READ_ONLY'],
          device.connection.command('delete_message', { chatId, seq: 1_000_000_000 }, PATIENCE_MS),
        );
      case 'otherText': {
        const sent = mine[0] && this.random.pick(mine);
        if (!sent || sent.message?.rev !== 0 || this.history.changes.some(({ seq }) => seq === sent.message?.seq))
          return;
        const again = {
          chatId: sent.chatId,
          clientMessageId: sent.clientMessageId,
          text: 'another text under this id',
        };
        const answer = await device.connection.command('send_message', again, PATIENCE_MS);
        const isChanged = this.history.changes.some(({ seq }) => seq === sent.message?.seq);
        if (!isChanged) await this.expect(['CONFLICT', 'READ_ONLY'], Promise.resolve(answer));
        return;
      }
      case 'beyond':
        device.mark(chatId, 'deliveredSeq', copy.seq);
        await device.connection
          .command('mark_read', { chatId, seq: copy.seq + 1_000_000 }, PATIENCE_MS)
          .then((answer) => {
            if (answer.kind !== 'ok') return;
            const { readSeq, deliveredSeq } = answer.data;
            const at = { askedAt: answer.askedAt, seenAt: answer.seenAt, by: device.id, source: 'mark beyond' };
            this.history.receipts.push({ ...at, chatId, userId: device.person.userId, readSeq, deliveredSeq });
          });
        return;
    }
  }

  private async expect(codes: readonly string[], asked: ReturnType<Device['connection']['command']>): Promise<void> {
    const answer = await asked;
    this.history.count('mischief');
    if (answer.kind === 'unknown') return;
    const got = answer.kind === 'refused' ? answer.error.code : 'ok';
    // While the database is away the server may not know better.
    if (codes.includes(got) || got === 'UNAVAILABLE' || got === 'INTERNAL') return;
    this.history.violate({
      law: 7,
      name: 'bad_answer',
      text: `${this.device.id} expected ${codes.join(' or ')} and was answered ${got}`,
    });
  }
}
