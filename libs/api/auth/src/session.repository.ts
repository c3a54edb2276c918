import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Clock, newObjectId, Rounds, toObjectId } from '@course-chat/api/kernel';
import type { Model } from 'mongoose';
import { REFRESH_GRACE_MS, SESSION_TTL_MS } from './auth-options';
import { SessionRecord } from './session.schema';

/** A login and the refresh token to hand out; null when the device holds the right one already. */
export interface RefreshedSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly refreshToken: string | null;
}

/** What became of a refresh token. `reused`: an old one came back, so the login was ended. */
export type RefreshOutcome =
  | { readonly status: 'ok'; readonly session: RefreshedSession }
  | { readonly status: 'unknown' }
  | { readonly status: 'reused'; readonly sessionId: string };

/** Most logins of one shared query. */
const ROUND_MAX = 500;

@Injectable()
export class SessionRepository {
  private readonly rounds = new Rounds<{ sessionId: string; userId: string }, boolean>(async (asked) => {
    const ids = asked.map(({ sessionId }) => toObjectId(sessionId));
    const live = await this.model
      .find({ _id: { $in: ids }, expiresAt: { $gt: this.clock.now() } }, { userId: 1 })
      .lean<SessionRecord[]>();
    const owners = new Map(live.map((session) => [session._id.toHexString(), session.userId.toHexString()]));
    return asked.map(({ sessionId, userId }) => owners.get(sessionId) === userId);
  }, ROUND_MAX);

  constructor(
    @InjectModel(SessionRecord.name) private readonly model: Model<SessionRecord>,
    private readonly clock: Clock,
  ) {}

  async create(userId: string): Promise<RefreshedSession> {
    const id = newObjectId();
    const secret = newSecret();
    const now = this.clock.now();
    await this.model.collection.insertOne({
      _id: id,
      userId: toObjectId(userId),
      currentHash: hashOf(secret),
      previousHash: null,
      rotatedAt: now,
      expiresAt: new Date(now.getTime() + SESSION_TTL_MS),
    });
    return { sessionId: id.toHexString(), userId, refreshToken: `${id.toHexString()}.${secret}` };
  }

  /** Whether the login still stands. Callers at the same time share one query. */
  isLive(sessionId: string, userId: string): Promise<boolean> {
    return this.rounds.submit({ sessionId, userId });
  }

  /** Whether any login of this user was begun or renewed after `at`, and still stands. */
  async isUsedSince(userId: string, at: Date): Promise<boolean> {
    return (await this.model.exists({ userId: toObjectId(userId), rotatedAt: { $gt: at } })) !== null;
  }

  /** Replaces a refresh token by the next one; exactly one of several racing callers gets the new one. */
  async rotate(token: string): Promise<RefreshOutcome> {
    const [id, secret] = splitToken(token);
    if (!id || !secret) return { status: 'unknown' };
    const now = this.clock.now();
    const hash = hashOf(secret);
    const next = newSecret();
    const rotated = await this.model
      .findOneAndUpdate(
        { _id: toObjectId(id), currentHash: { $eq: hash }, expiresAt: { $gt: now } },
        {
          $set: {
            currentHash: hashOf(next),
            previousHash: hash,
            rotatedAt: now,
            expiresAt: new Date(now.getTime() + SESSION_TTL_MS),
          },
        },
      )
      .lean<SessionRecord>();
    if (rotated) {
      return {
        status: 'ok',
        session: { sessionId: id, userId: rotated.userId.toHexString(), refreshToken: `${id}.${next}` },
      };
    }
    const session = await this.model.findOne({ _id: toObjectId(id), expiresAt: { $gt: now } }).lean<SessionRecord>();
    if (!session) return { status: 'unknown' };
    // The other tab of the same browser won; its answer has set the cookie both share.
    if (session.previousHash === hash && now.getTime() - session.rotatedAt.getTime() < REFRESH_GRACE_MS) {
      return { status: 'ok', session: { sessionId: id, userId: session.userId.toHexString(), refreshToken: null } };
    }
    await this.end(id);
    return { status: 'reused', sessionId: id };
  }

  /** Ends a login by its refresh token: the current one, or the one just replaced. */
  async endByToken(token: string): Promise<string | null> {
    const [id, secret] = splitToken(token);
    if (!id || !secret) return null;
    const hash = hashOf(secret);
    const ended = await this.model.deleteOne({
      _id: toObjectId(id),
      $or: [{ currentHash: { $eq: hash } }, { previousHash: { $eq: hash } }],
    });
    return ended.deletedCount === 1 ? id : null;
  }

  async end(sessionId: string): Promise<void> {
    await this.model.deleteOne({ _id: toObjectId(sessionId) });
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function splitToken(token: string): [string, string] | [null, null] {
  const match = /^([0-9a-f]{24})\.([\w-]{43})$/.exec(token);
  return match?.[1] && match[2] ? [match[1], match[2]] : [null, null];
}
