import { createHmac, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Clock, inOneAnswer, Rounds, toObjectId, type ObjectId } from '@course-chat/api/kernel';
import type { LoginSession } from '@course-chat/contracts';
import type { Model, QueryFilter } from 'mongoose';
import { AUTH_OPTIONS, REFRESH_GRACE_MS, SESSION_MAX_MS, SESSION_TTL_MS, type AuthOptions } from './auth-options';
import { networkOf, type Caller } from './caller';
import { hashOf } from './hash-of';
import { SessionRecord } from './session.schema';

/** A login and the refresh token to hand out. */
export interface RefreshedSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly refreshToken: string;
}

/** A login that has just begun, and those that ended to make room for it. */
export interface CreatedSession extends RefreshedSession {
  readonly ended: readonly string[];
}

/** A login as its owner sees it. */
export type StoredSession = Omit<LoginSession, 'current'>;

/** What became of a refresh token. `reused`: an old one came back, so the login was ended. */
export type RefreshOutcome =
  | { readonly status: 'ok'; readonly session: RefreshedSession }
  | { readonly status: 'unknown' }
  | { readonly status: 'reused'; readonly sessionId: string; readonly userId: string };

/** Most logins of one shared query. */
const ROUND_MAX = 500;
/** Logins that one person may have: the one that was not used for the longest time ends for a newer one. */
const SESSIONS_MAX = 100;
/** How long an external login is known to be ended. */
const ENDED_KEPT_MS = SESSION_MAX_MS;

@Injectable()
export class SessionRepository {
  private readonly rounds = new Rounds<{ sessionId: string; userId: string }, boolean>(async (asked) => {
    const ids = asked.map(({ sessionId }) => toObjectId(sessionId));
    const live = await this.model
      .find({ _id: { $in: ids }, ...this.standing() }, { userId: 1 }, inOneAnswer(ids.length))
      .lean<SessionRecord[]>();
    const owners = new Map(live.map((session) => [session._id.toHexString(), session.userId.toHexString()]));
    return asked.map(({ sessionId, userId }) => owners.get(sessionId) === userId);
  }, ROUND_MAX);

  constructor(
    @InjectModel(SessionRecord.name) private readonly model: Model<SessionRecord>,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: Pick<AuthOptions, 'jwtSecret' | 'previousJwtSecret'>,
  ) {}

  async create(userId: string, caller: Caller): Promise<CreatedSession> {
    // By chance alone: the ids that a process makes follow each other, and whoever guesses one could end that login.
    const id = toObjectId(randomBytes(12).toString('hex'));
    const secret = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    await this.model.collection.insertOne({
      _id: id,
      userId: toObjectId(userId),
      currentHash: hashOf(secret),
      previousHash: null,
      createdAt: now,
      rotatedAt: now,
      expiresAt: new Date(now.getTime() + SESSION_TTL_MS),
      userAgent: caller.userAgent,
      network: networkOf(caller.address),
    });
    const ended = await this.endOldest(userId);
    return { sessionId: id.toHexString(), userId, refreshToken: `${id.toHexString()}.${secret}`, ended };
  }

  private async endOldest(userId: string): Promise<string[]> {
    const over = await this.model
      .find({ userId: toObjectId(userId), ...this.standing() }, { _id: 1 })
      .sort({ rotatedAt: -1 })
      .skip(SESSIONS_MAX)
      .lean<Pick<SessionRecord, '_id'>[]>();
    return over.length > 0 ? this.endAllOf({ _id: { $in: over.map(({ _id }) => _id) } }) : [];
  }

  /** Whether the login still stands. Callers at the same time share one query. */
  isLive(sessionId: string, userId: string): Promise<boolean> {
    return this.rounds.submit({ sessionId, userId });
  }

  /** Whether any login of this user was begun or renewed after `at`, and still stands. */
  async isUsedSince(userId: string, at: Date): Promise<boolean> {
    return (await this.model.exists({ userId: toObjectId(userId), rotatedAt: { $gt: at } })) !== null;
  }

  /** Whether a login of this user that stands was last used from this network. */
  async isUsedFrom(userId: string, network: string): Promise<boolean> {
    return (
      (await this.model.exists({ userId: toObjectId(userId), network: { $eq: network }, ...this.standing() })) !== null
    );
  }

  /** A person's logins, last used first. */
  async ofUser(userId: string): Promise<StoredSession[]> {
    const records = await this.model
      .find({ userId: toObjectId(userId), ...this.standing() })
      .sort({ rotatedAt: -1 })
      .limit(SESSIONS_MAX)
      .lean<SessionRecord[]>();
    return records.map((record) => ({
      id: record._id.toHexString(),
      createdAt: (record.createdAt ?? record.rotatedAt).toISOString(),
      lastUsedAt: record.rotatedAt.toISOString(),
      userAgent: record.userAgent ?? null,
      address: record.network ?? null,
    }));
  }

  /**
   * Replaces a refresh token by the next one. The next one follows from the one before, so that whoever shows the one
   * just replaced within the grace (another tab, or the same one after an answer that got lost) is given the same.
   */
  async rotate(token: string, caller: Caller): Promise<RefreshOutcome> {
    const [id, secret] = splitToken(token);
    if (!id || !secret) return { status: 'unknown' };
    const now = this.clock.now();
    const hash = hashOf(secret);
    const { jwtSecret, previousJwtSecret } = this.options;
    const next = successorOf(secret, jwtSecret);
    const ok = (userId: ObjectId, successor = next): RefreshOutcome => ({
      status: 'ok',
      session: { sessionId: id, userId: userId.toHexString(), refreshToken: `${id}.${successor}` },
    });
    const rotated = await this.model.collection.findOneAndUpdate(
      { _id: toObjectId(id), currentHash: { $eq: hash }, expiresAt: { $gt: now } },
      [
        {
          $set: {
            currentHash: hashOf(next),
            previousHash: hash,
            rotatedAt: now,
            expiresAt: {
              $min: [
                new Date(now.getTime() + SESSION_TTL_MS),
                { $add: [{ $ifNull: ['$createdAt', now] }, SESSION_MAX_MS] },
              ],
            },
            userAgent: { $literal: caller.userAgent },
            network: networkOf(caller.address),
          },
        },
      ],
    );
    if (rotated) return ok(rotated.userId);
    const session = await this.model.findOne({ _id: toObjectId(id), ...this.standing() }).lean<SessionRecord>();
    // An external login has no refresh token: whoever can name it must not be able to end it.
    if (!session || session.external) return { status: 'unknown' };
    const isJustReplaced =
      session.previousHash === hash && now.getTime() - session.rotatedAt.getTime() < REFRESH_GRACE_MS;
    // Its successor may come from a node that has another key than this one, while keys change.
    const known = previousJwtSecret === null ? [next] : [next, successorOf(secret, previousJwtSecret)];
    const current = known.find((successor) => session.currentHash === hashOf(successor));
    if (isJustReplaced) return current ? ok(session.userId, current) : { status: 'unknown' };
    await this.end(id);
    return { status: 'reused', sessionId: id, userId: session.userId.toHexString() };
  }

  /** Ends a login by its refresh token: the current one, or the one just replaced. */
  async endByToken(token: string): Promise<{ sessionId: string; userId: string } | null> {
    const [id, secret] = splitToken(token);
    if (!id || !secret) return null;
    const hash = hashOf(secret);
    const ended = await this.model.collection.findOneAndDelete({
      _id: toObjectId(id),
      $or: [{ currentHash: { $eq: hash } }, { previousHash: { $eq: hash } }],
    });
    return ended && { sessionId: id, userId: ended.userId.toHexString() };
  }

  async end(sessionId: string): Promise<void> {
    await this.endAllOf({ _id: toObjectId(sessionId) });
  }

  /** Ends one login of this person; false when they have no such login. */
  async endOne(userId: string, sessionId: string): Promise<boolean> {
    const ended = await this.endAllOf({ _id: toObjectId(sessionId), userId: toObjectId(userId) });
    return ended.length === 1;
  }

  /** Ends a person's logins but `exceptId`, and says which. */
  async endAll(userId: string, exceptId?: string): Promise<string[]> {
    return this.endAllOf({ userId: toObjectId(userId), ...(exceptId && { _id: { $ne: toObjectId(exceptId) } }) });
  }

  /** Forgets all logins of a person, those that have ended too. */
  async forgetAll(userId: string): Promise<void> {
    await this.model.deleteMany({ userId: toObjectId(userId) });
  }

  /** Own logins are forgotten; external ones are kept as ended until every token of them has run out. */
  private async endAllOf(filter: QueryFilter<SessionRecord>): Promise<string[]> {
    const found = await this.model
      .find({ ...filter, ...this.standing() }, { external: 1 })
      .lean<Pick<SessionRecord, '_id' | 'external'>[]>();
    const idsOf = (external: boolean) => found.filter((one) => !!one.external === external).map(({ _id }) => _id);
    const now = this.clock.now();
    await this.model.updateMany(
      { _id: { $in: idsOf(true) } },
      { $set: { endedAt: now, expiresAt: new Date(now.getTime() + ENDED_KEPT_MS) } },
    );
    await this.model.deleteMany({ _id: { $in: idsOf(false) } });
    return found.map(({ _id }) => _id.toHexString());
  }

  /** What makes a login stand. */
  private standing() {
    return { expiresAt: { $gt: this.clock.now() }, endedAt: null };
  }
}

function successorOf(secret: string, key: string): string {
  return createHmac('sha256', key).update('course-chat refresh').update(secret).digest('base64url');
}

function splitToken(token: string): [string, string] | [null, null] {
  const match = /^([0-9a-f]{24})\.([\w-]{43})$/.exec(token);
  return match?.[1] && match[2] ? [match[1], match[2]] : [null, null];
}
