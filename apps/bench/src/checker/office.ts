import { createHmac } from 'node:crypto';
import mongoose from 'mongoose';
import { pause } from './device/device.ts';
import type { Closure, History } from './history.ts';
import type { Random } from './random.ts';

export const SHOP_SECRET = 'the shop of the history checker signs with this secret';
/** How long a node that missed the news believes what it knew (enrollment.policy.ts), and what a loaded machine adds. */
const BELIEVED_MS = 5_000;
const SLACK_MS = 1_500;
const RETRY_MS = 200;

/** How often a run has a tutor who leaves a course. */
const DISMISSAL_CHANCE = 0.3;

/** A chat that may be closed: its course as its shop names it, and its people. */
export interface Closable {
  readonly chatId: string;
  readonly courseId: string;
  readonly tutorId: string;
  readonly student: { readonly email: string; readonly name: string };
}

/** The shop and the school: takes courses back from students and tutors from courses, in the middle of everything. */
export class Office {
  private readonly url: () => string | null;
  private readonly databaseUri: string;
  private readonly history: History;
  private readonly hasSeveralNodes: boolean;

  constructor(around: { url: () => string | null; databaseUri: string; history: History; hasSeveralNodes: boolean }) {
    this.url = around.url;
    this.databaseUri = around.databaseUri;
    this.history = around.history;
    this.hasSeveralNodes = around.hasSeveralNodes;
  }

  /** What happens in one run: a refund somewhere, and sometimes a tutor of something else who leaves. */
  async work(chats: readonly Closable[], random: Random, lifeMs: number): Promise<void> {
    if (chats.length === 0) return;
    const refunded = random.pick(chats);
    const others = chats.filter((chat) => chat.courseId !== refunded.courseId);
    const someTime = () => pause(random.between(500, Math.max(500, lifeMs * 0.6)));
    const refund = someTime().then(() => this.refund(refunded, random));
    const dismissed = others.length > 0 && random.chance(DISMISSAL_CHANCE) ? random.pick(others) : null;
    if (dismissed) await someTime().then(() => this.dismiss(dismissed));
    await refund;
  }

  /** Refunds, and in half of all cases sells again after a while. */
  private async refund(chat: Closable, random: Random): Promise<void> {
    await this.tellShop('refunded', chat, random.uuid());
    const closure = this.closed(chat, true);
    if (!random.chance(0.5)) return;
    await pause(random.between(500, 3_000));
    this.reopens(closure);
    await this.tellShop('enrolled', chat, random.uuid());
  }

  /**
   * Takes a tutor off the course. There is no door for it yet: it is done in the database, so that no node is told and
   * each finds out by itself.
   */
  private async dismiss(chat: Closable): Promise<void> {
    while (!(await this.takeOff(chat).catch(() => false))) await pause(RETRY_MS);
    this.closed(chat, false);
  }

  /** With a client of its own each time: one that could not connect at first never does (driver 7.8). */
  private async takeOff({ courseId, tutorId }: Closable): Promise<boolean> {
    const { ObjectId } = mongoose.mongo;
    const client = new mongoose.mongo.MongoClient(this.databaseUri, { serverSelectionTimeoutMS: 5_000 });
    try {
      await client
        .db()
        .collection<{ tutorIds: unknown[] }>('courses')
        .updateOne({ _id: new ObjectId(courseId) }, { $pull: { tutorIds: new ObjectId(tutorId) } });
      return true;
    } finally {
      await client.close();
    }
  }

  private closed({ chatId }: Closable, isTold: boolean): Closure {
    // The node that took the refund knows at once; who missed the news, a moment later.
    const later = isTold && !this.hasSeveralNodes ? 0 : BELIEVED_MS + SLACK_MS;
    const closure = {
      chatId,
      isTold,
      closedAt: performance.now() + later,
      reopenedAt: Infinity,
      reopenedOnTheWall: Infinity,
    };
    this.history.closures.push(closure);
    this.history.count('closed');
    this.history.fault(`${isTold ? 'refund' : 'the tutor is taken off'}: ${chatId} can only be read`);
    return closure;
  }

  private reopens(closure: Closure): void {
    closure.reopenedAt = performance.now();
    closure.reopenedOnTheWall = Date.now();
    this.history.fault(`sold again: ${closure.chatId}`);
  }

  /** As a shop does it: the same event until it is taken. */
  private async tellShop(type: 'refunded' | 'enrolled', chat: Closable, eventId: string): Promise<void> {
    const { courseId, student } = chat;
    const body = JSON.stringify({ eventId, type, courseId, student, at: new Date().toISOString() });
    const signature = `sha256=${createHmac('sha256', SHOP_SECRET).update(body).digest('hex')}`;
    for (;;) {
      const url = this.url();
      const answer =
        url &&
        (await fetch(`${url}/api/integrations/enrollments`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-signature': signature },
          body,
          signal: AbortSignal.timeout(10_000),
        }).catch(() => null));
      if (answer && answer.status === 202) return;
      if (answer && answer.status < 500) {
        const text = `the shop was answered ${answer.status}`;
        return this.history.violate({ law: 7, name: 'bad_answer', text });
      }
      await pause(RETRY_MS);
    }
  }
}
