import { Clock, newObjectId } from '@course-chat/api/kernel';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import type { Model } from 'mongoose';
import { REFRESH_GRACE_MS, SESSION_MAX_MS, SESSION_TTL_MS } from './auth-options';
import { networkOf } from './caller';
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
  const options = { jwtSecret: 'a secret of this spec', previousJwtSecret: null };
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
    sessions = new SessionRepository(model, clock, options);
  });
  afterAll(() => database.drop());

  it('the login that was used longest ago ends when there would be more than a hundred of one person', async () => {
    const owner = newObjectId().toHexString();
    const made: string[] = [];
    const ended: string[] = [];
    for (let count = 0; count < 101; count++) {
      clock.time += 1;
      const created = await sessions.create(owner, caller);
      made.push(created.sessionId);
      ended.push(...created.ended);
    }
    expect(ended).toEqual(made.slice(0, 1));
    const left = (await sessions.ofUser(owner)).map(({ id }) => id);
    expect(left).toEqual(made.slice(1).reverse());
    expect(await sessions.isLive(made[0] ?? '', owner)).toBe(false);
  });

  it('while the key changes a repeated refresh is given what the first was, or nothing; the login stays', async () => {
    const { sessionId, token } = await create();
    const first = await sessions.rotate(token, caller);
    const model = database.connection.model<SessionRecord>(SessionRecord.name) as Model<SessionRecord>;
    const newer = new SessionRepository(model, clock, {
      jwtSecret: 'the next one',
      previousJwtSecret: options.jwtSecret,
    });
    expect(await newer.rotate(token, caller)).toEqual(first);
    const successor = first.status === 'ok' ? first.session.refreshToken : '';
    expect((await newer.rotate(successor, caller)).status).toBe('ok');
    // A node that knows only the old key can not say what came next.
    expect(await sessions.rotate(successor, caller)).toEqual({ status: 'unknown' });
    expect(await sessions.isLive(sessionId, userId)).toBe(true);
  });

  const userId = newObjectId().toHexString();
  const caller = { address: '192.0.2.77', userAgent: 'A browser' };
  const create = async () => {
    const { sessionId, refreshToken } = await sessions.create(userId, caller);
    if (!refreshToken) throw new Error('A new login has a token');
    return { sessionId, token: refreshToken };
  };

  it('keeps no token, only what proves one', async () => {
    const { token } = await create();
    const stored = JSON.stringify(await database.connection.collection('sessions').find().toArray());
    expect(stored).not.toContain(token.split('.')[1]);
  });

  it('of ten callers with one token all live, and all are given the same next one', async () => {
    const { token } = await create();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => sessions.rotate(token, caller)));
    const given = outcomes.map((outcome) => (outcome.status === 'ok' ? outcome.session.refreshToken : outcome.status));
    expect(new Set(given).size).toBe(1);
    expect(await sessions.rotate(given[0] ?? '', caller)).toMatchObject({ status: 'ok' });
  });

  it('an answer that got lost is given again within the grace', async () => {
    const { token } = await create();
    await sessions.rotate(token, caller);
    clock.time += REFRESH_GRACE_MS - 1;
    const again = await sessions.rotate(token, caller);
    if (again.status !== 'ok') throw new Error('Within the grace');
    clock.time += REFRESH_GRACE_MS;
    expect(await sessions.rotate(again.session.refreshToken, caller)).toMatchObject({ status: 'ok' });
  });

  it('ends however much it is used', async () => {
    const { token: first } = await create();
    let token = first;
    const begin = clock.time;
    while (clock.time + SESSION_TTL_MS / 2 < begin + SESSION_MAX_MS) {
      clock.time += SESSION_TTL_MS / 2;
      const outcome = await sessions.rotate(token, caller);
      if (outcome.status !== 'ok') throw new Error('It is used often enough');
      token = outcome.session.refreshToken;
    }
    clock.time = begin + SESSION_MAX_MS;
    expect(await sessions.rotate(token, caller)).toEqual({ status: 'unknown' });
  });

  it('an id can not be guessed from the one before', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await create()).sessionId));
    // What a process makes by itself begins with the second and ends with a counter.
    expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBeGreaterThan(15);
    expect(new Set(ids.map((id) => id.slice(8, 18))).size).toBe(20);
  });

  it('keeps of an address the network alone', async () => {
    await create();
    expect(JSON.stringify(await sessions.ofUser(userId))).not.toContain('192.0.2.77');
    expect((await sessions.ofUser(userId))[0]).toMatchObject({ address: '192.0.2.0/24', userAgent: 'A browser' });
    expect(
      ['::ffff:203.0.113.9', '2001:db8:1:2::3', '2001:db8::1', '::1', 'unknown', '__proto__'].map(networkOf),
    ).toEqual(['203.0.113.0/24', '2001:db8:1::/48', '2001:db8:0::/48', '0:0:0::/48', null, null]);
  });

  it('the token just replaced lives to the end of the grace, and after it ends the login', async () => {
    const { sessionId, token } = await create();
    await sessions.rotate(token, caller);
    clock.time += REFRESH_GRACE_MS - 1;
    expect(await sessions.rotate(token, caller)).toMatchObject({ status: 'ok' });
    clock.time += 1;
    expect(await sessions.rotate(token, caller)).toEqual({ status: 'reused', sessionId, userId });
    expect(await sessions.isLive(sessionId, userId)).toBe(false);
  });

  it('a token two changes old ends the login at once', async () => {
    const { sessionId, token } = await create();
    const next = await sessions.rotate(token, caller);
    if (next.status !== 'ok' || !next.session.refreshToken) throw new Error('It was the right one');
    await sessions.rotate(next.session.refreshToken, caller);
    expect(await sessions.rotate(token, caller)).toEqual({ status: 'reused', sessionId, userId });
  });

  it('ends by itself when it is not used, and lives on when it is', async () => {
    const { sessionId, token } = await create();
    clock.time += SESSION_TTL_MS - 1;
    expect(await sessions.isLive(sessionId, userId)).toBe(true);
    await sessions.rotate(token, caller);
    clock.time += SESSION_TTL_MS - 1;
    expect(await sessions.isLive(sessionId, userId)).toBe(true);
    clock.time += 2;
    expect(await sessions.isLive(sessionId, userId)).toBe(false);
    expect(await sessions.rotate(token, caller)).toEqual({ status: 'unknown' });
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
