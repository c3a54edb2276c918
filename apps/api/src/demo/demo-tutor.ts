import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SessionRepository } from '@course-chat/api/auth';
import { MessageFeed, MessageService, ReceiptService, TypingService, type StoredMessage } from '@course-chat/api/chat';
import { DomainError, ExpiringCache, type Principal } from '@course-chat/api/kernel';
import { PresenceService } from '@course-chat/api/presence';
import { RealtimeHub, type Device } from '@course-chat/api/realtime';
import { demoAnswer } from './demo-answers';
import { demoTutors } from './demo-people';
import { demoId } from './demo.seeder';

/** Whether tutors nobody is logged in as answer by themselves. */
export const DEMO_TUTOR = Symbol('DEMO_TUTOR');

const NOTICE_MS = 1_400;
const READ_MS = 900;
/** Typing lasts as long as a quick writer would need, within these bounds. */
const TYPING_MS = { perCharacter: 22, least: 1_500, most: 4_500 } as const;
/** How long the tutor stays online after an answer, at a person's pace. */
const LINGER_MS = 45_000;
/** Answers in one chat before the tutor goes quiet, and for how long. */
const ANSWERS_MAX = 8;
const QUIET_MS = 60 * 60_000;
const REMEMBERED_CHATS = 1_000;
/** A login that was begun or renewed within this time is somebody who plays the tutor. */
const PLAYED_MS = 15 * 60_000;

/** How far a talk with the demo's tutor has come. */
interface Talk {
  answers: number;
  newest: StoredMessage;
  isAnswering: boolean;
}

/**
 * Lets a lone visitor of the demo feel the chat: a tutor nobody is logged in as reads, types for a moment and answers. Uses
 * the services a person's device uses, and steps back as soon as a person takes the tutor's place.
 */
@Injectable()
export class DemoTutor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** How fast the tutor reads and writes: 1 is a person's pace. */
  pace = 1;
  private readonly logger = new Logger(DemoTutor.name);
  private readonly tutorIds = new Set(demoTutors.map(({ email }) => demoId(email).toHexString()));
  private readonly talks = new ExpiringCache<Talk>(QUIET_MS, REMEMBERED_CHATS);
  private readonly leaving = new Set<NodeJS.Timeout>();
  private readonly closing = new AbortController();

  constructor(
    @Inject(DEMO_TUTOR) private readonly isOn: boolean,
    private readonly feed: MessageFeed,
    private readonly messages: MessageService,
    private readonly receipts: ReceiptService,
    private readonly typing: TypingService,
    private readonly presence: PresenceService,
    private readonly sessions: SessionRepository,
    private readonly hub: RealtimeHub,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.isOn) return;
    this.feed.stored.subscribe((stored) => {
      const { message, members } = stored;
      if (message.senderId !== members.studentId || !this.tutorIds.has(members.tutorId)) return;
      this.hear(stored).catch((error: unknown) => {
        if (!this.closing.signal.aborted && !(error instanceof DomainError)) this.logger.warn(error);
      });
    });
  }

  beforeApplicationShutdown(): void {
    this.closing.abort();
    for (const timer of this.leaving) clearTimeout(timer);
  }

  private async hear(stored: StoredMessage): Promise<void> {
    const talk = await this.talks.get(stored.message.chatId, async () => ({
      answers: 0,
      newest: stored,
      isAnswering: false,
    }));
    talk.newest = stored;
    if (talk.isAnswering || talk.answers >= ANSWERS_MAX) return;
    talk.isAnswering = true;
    try {
      await this.answer(talk);
    } finally {
      talk.isAnswering = false;
    }
  }

  private async answer(talk: Talk): Promise<void> {
    const { chatId } = talk.newest.message;
    const principal: Principal = { userId: talk.newest.members.tutorId, role: 'tutor', sessionId: 'demo' };
    await this.pause(NOTICE_MS);
    if (await this.isPlayed(principal.userId)) return;
    const device = await this.arrive(principal);
    try {
      let question: StoredMessage;
      let text: string;
      do {
        question = talk.newest;
        await this.receipts.markRead(principal, { chatId, seq: question.message.seq });
        await this.pause(READ_MS);
        text = demoAnswer(question.message.text, talk.answers, talk.answers + 1 >= ANSWERS_MAX);
        await this.typing.start(principal, chatId, device);
        const { perCharacter, least, most } = TYPING_MS;
        await this.pause(Math.min(most, Math.max(least, text.length * perCharacter)));
        // Whoever goes on writing is read to the end before the answer.
      } while (talk.newest !== question);
      if (await this.isPlayed(principal.userId)) return await this.typing.stop(principal, chatId);
      talk.answers++;
      await this.messages.send(principal, { chatId, clientMessageId: randomUUID(), text });
    } finally {
      this.leaveLater(device);
    }
  }

  /** Whether a person is there as this tutor: with a device, or with a login of a moment ago. */
  private async isPlayed(userId: string): Promise<boolean> {
    const [hasDevice, hasLogin] = await Promise.all([
      this.hub.isAnywhere(userId),
      this.sessions.isUsedSince(userId, new Date(Date.now() - PLAYED_MS)),
    ]);
    return hasDevice || hasLogin;
  }

  /** Each answer comes from a device of its own, so that the last to leave turns the light off. */
  private async arrive(principal: Principal): Promise<Device> {
    const device: Device = {
      id: `demo:${randomUUID()}`,
      connected: true,
      data: { expiresAt: Infinity, principal },
      emit: () => true,
    };
    await this.presence.deviceConnected(device);
    return device;
  }

  private leaveLater(device: Device): void {
    const timer = setTimeout(() => {
      this.leaving.delete(timer);
      this.presence.deviceDisconnected(device);
    }, LINGER_MS / this.pace).unref();
    this.leaving.add(timer);
  }

  private pause(ms: number): Promise<void> {
    return delay(ms / this.pace, undefined, { signal: this.closing.signal });
  }
}
