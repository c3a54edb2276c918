import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Clock, duplicateKeyIndex, toObjectId } from '@course-chat/api/kernel';
import type { Model } from 'mongoose';
import { networkOf, type Caller } from '../caller';
import { SessionRecord } from '../session.schema';

/** A token of an external issuer, as far as its login goes. Times in milliseconds. */
export interface ExternalLogin {
  readonly userId: string;
  /** The issuer's own session: its end holds for every token of it, however new. Null: all devices are one login. */
  readonly session: string | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Logins that begin with a token instead of a password; SessionRepository lists and ends them like every other. */
@Injectable()
export class ExternalSessionRepository {
  constructor(
    @InjectModel(SessionRecord.name) private readonly model: Model<SessionRecord>,
    private readonly clock: Clock,
  ) {}

  /** Begins the login of a token, or goes on with it; null when it was ended here after the token was made. */
  async admit(login: ExternalLogin, caller?: Caller): Promise<{ sessionId: string; isNew: boolean } | null> {
    const endedAt = login.session === null ? await this.lastEndOf(login.userId) : 0;
    if (login.issuedAt < endedAt) return null;
    // A login after an end is another one, so that no token from before it is believed again.
    const sessionId = idOf([login.userId, login.session, endedAt]);
    const [_id, userId, now] = [toObjectId(sessionId), toObjectId(login.userId), this.clock.now()];
    const seen = {
      rotatedAt: now,
      ...(caller && { userAgent: caller.userAgent, network: networkOf(caller.address) }),
    };
    const expiresAt = new Date(login.expiresAt);
    const goOn = () =>
      this.model.collection.updateOne({ _id, userId, endedAt: null }, { $set: seen, $max: { expiresAt } });
    if ((await goOn()).matchedCount === 1) return { sessionId, isNew: false };
    try {
      await this.model.collection.insertOne({
        _id,
        userId,
        currentHash: '',
        previousHash: null,
        createdAt: now,
        expiresAt,
        external: login.session === null ? 'person' : 'session',
        userAgent: null,
        network: null,
        ...seen,
      });
      return { sessionId, isNew: true };
    } catch (error) {
      if (duplicateKeyIndex(error) === null) throw error;
    }
    // It was there: ended, or another node began it in between.
    return (await goOn()).matchedCount === 1 ? { sessionId, isNew: false } : null;
  }

  /** When the person's logins without a name were last ended; 0 when never, or so long ago that no token is that old. */
  private async lastEndOf(userId: string): Promise<number> {
    const ended = await this.model
      .find({ userId: toObjectId(userId), external: 'person', endedAt: { $ne: null } }, { endedAt: 1 })
      .lean<Pick<SessionRecord, 'endedAt'>[]>();
    return Math.max(0, ...ended.map(({ endedAt }) => endedAt?.getTime() ?? 0));
  }
}

function idOf(key: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 24);
}
