import { Clock, newObjectId } from '@course-chat/api/kernel';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import type { Model } from 'mongoose';
import { REFRESH_GRACE_MS, SESSION_TTL_MS } from './auth-options';
import { PasswordHasher } from './password-hasher';
import { SessionRepository } from './session.repository';
import { SessionRecord, sessionRecordSchema } from './session.schema';

/** A clock that stands until it is moved. */
class StillClock extends Clock {
  time = Date.now();
  override now(): Date {
    return new Date(this.time);
  }
}

describe(SessionRepository.name, () => {
  let database: TestDatabase;
  let clock: StillClock;
  let sessions: SessionRepository;
  beforeAll(async () => (database = await testDatabase()));
  beforeEach(() => {
    clock = new StillClock();
    database.connection.deleteModel(/.*/);
    const model = database.connection.model<SessionRecord>(
      SessionRecord.name,
      sessionRecordSchema as never,
    ) as Model<SessionRecord>;
    sessions = new SessionRepository(model, clock);
  });
  afterAll(() => database.drop());

  const userId = newObjectId().toHexString();
  const create = async () => {
    const { sessionId, refreshToken } = await sessions.create(userId);
    if (!refreshToken) throw new Error('A new login has a token');
    return { sessionId, token: refreshToken };
  };

  it('keeps no token, only what proves one', async () => {
    const { token } = await create();
    const stored = JSON.stringify(await database.connection.collection('sessions').find().toArray());
    expect(stored).not.toContain(token.split('.')[1]);
  });

  it('of ten callers with one token, one gets the next and all live', async () => {
    const { token } = await create();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => sessions.rotate(token)));
    expect(outcomes.every(({ status }) => status === 'ok')).toBe(true);
    expect(outcomes.filter((outcome) => outcome.status === 'ok' && outcome.session.refreshToken)).toHaveLength(1);
  });

  it('the token just replaced lives to the end of the grace, and after it ends the login', async () => {
    const { sessionId, token } = await create();
    await sessions.rotate(token);
    clock.time += REFRESH_GRACE_MS - 1;
    expect(await sessions.rotate(token)).toMatchObject({ status: 'ok', session: { refreshToken: null } });
    clock.time += 1;
    expect(await sessions.rotate(token)).toEqual({ status: 'reused', sessionId });
    expect(await sessions.isLive(sessionId, userId)).toBe(false);
  });

  it('a token two changes old ends the login at once', async () => {
    const { sessionId, token } = await create();
    const next = await sessions.rotate(token);
    if (next.status !== 'ok' || !next.session.refreshToken) throw new Error('It was the right one');
    await sessions.rotate(next.session.refreshToken);
    expect(await sessions.rotate(token)).toEqual({ status: 'reused', sessionId });
  });

  it('ends by itself when it is not used, and lives on when it is', async () => {
    const { sessionId, token } = await create();
    clock.time += SESSION_TTL_MS - 1;
    expect(await sessions.isLive(sessionId, userId)).toBe(true);
    await sessions.rotate(token);
    clock.time += SESSION_TTL_MS - 1;
    expect(await sessions.isLive(sessionId, userId)).toBe(true);
    clock.time += 2;
    expect(await sessions.isLive(sessionId, userId)).toBe(false);
    expect(await sessions.rotate(token)).toEqual({ status: 'unknown' });
  });

  it('is live for its own user only', async () => {
    const { sessionId } = await create();
    expect(await sessions.isLive(sessionId, newObjectId().toHexString())).toBe(false);
  });
});

describe(PasswordHasher.name, () => {
  const hasher = new PasswordHasher();

  it('knows the password again, and no other', async () => {
    const hash = await hasher.hash('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await Promise.all(['correct horse', 'Correct horse', ''].map((one) => hasher.verify(hash, one)))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('fits nothing to an account without a password, not even the decoy', async () => {
    expect(await hasher.verify(null, 'a password that nobody has')).toBe(false);
  });

  it('goes on after a hash that is none', async () => {
    await expect(hasher.verify('not a hash', 'x')).rejects.toThrow();
    await expect(hasher.verify('not a hash', 'x')).rejects.toThrow();
    const hash = await hasher.hash('still here');
    expect(await hasher.verify(hash, 'still here')).toBe(true);
  });
});
