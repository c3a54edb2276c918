import { hash } from '@node-rs/argon2';
import type { Session, WireError } from '@course-chat/contracts';
import { PASSWORD, TestServer, type TestUser } from './testing';

type Answer = Session | { error: WireError };

/** Somewhere on the internet. */
const at = (place: number) => `198.${51 + (place >> 16)}.${(place >> 8) & 255}.${place & 255}`;

describe('guessing', () => {
  let server: TestServer;
  // Each spec comes from places of its own.
  let place = 0;
  beforeAll(async () => (server = await TestServer.start({ RATE_LIMIT_SCALE: '1', TRUST_PROXY: '1' })));
  afterAll(() => server.stop());

  const login = async (email: string, password: string, from: number) => {
    const { status, body } = await server.call<Answer>('POST', '/auth/login', {
      body: { email, password },
      headers: { 'x-forwarded-for': at(from) },
    });
    return { status, error: 'error' in body ? body.error : undefined };
  };
  /** Many at once, but not more than a crowd of browsers would. */
  const inCrowds = async <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> => {
    const results: T[] = [];
    for (let from = 0; from < count; from += 50) {
      results.push(...(await Promise.all(Array.from({ length: Math.min(50, count - from) }, (_, i) => act(from + i)))));
    }
    return results;
  };
  const counts = (answers: readonly { status: number }[]) =>
    answers.reduce<Record<number, number>>((seen, { status }) => ({ ...seen, [status]: (seen[status] ?? 0) + 1 }), {});
  /** Somebody who has logged in from a place before. */
  const ownerAt = async (from: number): Promise<TestUser> => {
    const owner = await server.signUp('student');
    expect((await login(owner.email, PASSWORD, from)).status).toBe(200);
    return owner;
  };

  it('one account, 1,000 tries from one address: ten are looked at, and the owner comes in from elsewhere', async () => {
    const [attacker, home] = [++place * 1_000, place * 1_000 + 999];
    const owner = await server.signUp('student');
    const answers = await inCrowds(1_000, (index) => login(owner.email, `guess ${index}`, attacker));
    expect(counts(answers)).toEqual({ 401: 10, 429: 990 });
    for (const { error } of answers.filter(({ status }) => status === 429)) {
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) });
    }
    // Not even the right password helps the attacker now.
    expect((await login(owner.email, PASSWORD, attacker)).status).toBe(429);
    expect((await login(owner.email, PASSWORD, home)).status).toBe(200);
  }, 120_000);

  it('1,000 accounts, one try each from one address: the address is stopped, others are not', async () => {
    const attacker = ++place * 1_000;
    const answers = await inCrowds(1_000, (index) => login(`person${index}@spray.example`, PASSWORD, attacker));
    const seen = counts(answers);
    // Those that were under way when the limit was reached were looked at too.
    expect(seen[401]).toBeGreaterThanOrEqual(100);
    expect(seen[401]).toBeLessThan(200);
    expect((seen[401] ?? 0) + (seen[429] ?? 0)).toBe(1_000);
    const owner = await server.signUp('student');
    expect((await login(owner.email, PASSWORD, attacker + 1)).status).toBe(200);
  }, 120_000);

  it('a school that logs in at once from one address is let in', async () => {
    const school = ++place * 1_000;
    const people = await inCrowds(110, () => server.signUp('student'));
    const answers = await inCrowds(people.length, (index) => login(people[index]?.email ?? '', PASSWORD, school));
    expect(counts(answers)).toEqual({ 200: 110 });
  }, 120_000);

  it('one account from everywhere: it answers ever later and is not closed; the owner does not wait where they are known', async () => {
    const from = ++place * 1_000;
    const owner = await ownerAt(from + 999);
    const stranger = 'nobody.here@example.com';
    for (const email of [owner.email, stranger]) {
      const answers = await inCrowds(70, (index) => login(email, `guess ${index}`, from + 256 + index));
      const { 401: looked = 0, 429: refused = 0 } = counts(answers);
      expect(looked + refused).toBe(70);
      expect(looked).toBeGreaterThanOrEqual(50);
      for (const { error } of answers.filter(({ status }) => status === 429)) {
        expect(error?.retryAfterMs).toBeLessThanOrEqual(15_000);
      }
    }
    // The line is full for seconds: whoever is known does not stand in it, whoever is not gets an answer all the same.
    const ends: string[] = [];
    const crowd = inCrowds(12, (index) => login(owner.email, 'guess', from + 512 + index)).then(() =>
      ends.push('crowd'),
    );
    expect((await login(owner.email, PASSWORD, from + 999)).status).toBe(200);
    ends.push('owner');
    await crowd;
    expect(ends).toEqual(['owner', 'crowd']);
    expect((await login(owner.email, PASSWORD, from + 700)).status).toBe(200);
  }, 120_000);

  it('an attempt that succeeds forgives the failed ones of this account from this address', async () => {
    const home = ++place * 1_000;
    const owner = await server.signUp('student');
    for (let round = 0; round < 3; round++) {
      for (let times = 0; times < 8; times++) expect((await login(owner.email, 'wrong', home)).status).toBe(401);
      expect((await login(owner.email, PASSWORD, home)).status).toBe(200);
    }
  }, 30_000);

  it('whoever logs in over and over waits, by the account: others at the same address do not', async () => {
    const home = ++place * 1_000;
    const [busy, other] = [await server.signUp('student'), await server.signUp('student')];
    const statuses: number[] = [];
    // Signing up was one.
    for (let times = 0; times < 60; times++) statuses.push((await login(busy.email, PASSWORD, home)).status);
    expect(statuses).toEqual([...Array<number>(59).fill(200), 429]);
    expect((await login(other.email, PASSWORD, home)).status).toBe(200);
  }, 120_000);

  it('what an address is refused for others does not count against an account', async () => {
    const school = ++place * 1_000;
    const owner = await server.signUp('student');
    await inCrowds(150, (index) => login(`nobody${index}@spray.example`, PASSWORD, school));
    const before = await server.connection.collection('audit').countDocuments({ action: 'login_failed' });
    for (let times = 0; times < 12; times++) expect((await login(owner.email, PASSWORD, school)).status).toBe(429);
    expect(await server.connection.collection('audit').countDocuments({ action: 'login_failed' })).toBe(before);
    const { error } = await login(owner.email, PASSWORD, school);
    // The wait of the address, five minutes, and not that of the account's tries, fifteen.
    expect(error?.retryAfterMs).toBeLessThanOrEqual(300_000);
  }, 60_000);

  it('registrations that meet an account are few from one address; the others go on elsewhere', async () => {
    const [attacker, school] = [++place * 1_000, place * 1_000 + 999];
    const taken = await server.signUp('student');
    const register = async (email: string, from: number) =>
      (
        await server.call('POST', '/auth/register', {
          body: { name: 'Somebody', email, password: PASSWORD },
          headers: { 'x-forwarded-for': at(from) },
        })
      ).status;
    const statuses: number[] = [];
    for (let times = 0; times < 25; times++) statuses.push(await register(taken.email, attacker));
    expect(statuses).toEqual([...Array<number>(20).fill(409), ...Array<number>(5).fill(429)]);
    const class_ = await inCrowds(40, (index) => register(`new${index}@school.example`, school));
    expect(new Set(class_)).toEqual(new Set([201]));
  }, 120_000);
});

describe('accounts', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  const login = (email: string, password = PASSWORD) =>
    server.call<Answer>('POST', '/auth/login', { body: { email, password } });
  const register = (email: string, password = PASSWORD) =>
    server.call<Answer>('POST', '/auth/register', { body: { name: 'Somebody', email, password } });

  it('case, blanks and look-alike letters of an address are one account or none', async () => {
    expect((await register('kim.sand@example.com')).status).toBe(201);
    // The Kelvin sign is the letter k to Unicode, and so it is here.
    for (const email of ['KIM.SAND@EXAMPLE.COM', '  Kim.Sand@example.com\t', '\u212Aim.sand@example.com']) {
      expect([email, (await register(email)).status]).toEqual([email, 409]);
      expect([email, (await login(email)).status]).toEqual([email, 200]);
    }
    for (const email of [
      '\uff4bim.sand@example.com',
      'k\u0456m.sand@example.com',
      'k\u0131m.sand@example.com',
      'kim.sand\u200b@example.com',
      'kim.sand@example.com\u0000',
      'kim.sand@example\u3002com',
      'kim.\u017fand@example.com',
    ]) {
      expect([email, (await register(email)).status, (await login(email)).status]).toEqual([email, 400, 400]);
    }
    expect(await server.connection.collection('users').countDocuments({ email: /kim/ })).toBe(1);
  });

  it('a password is the same however its accents were typed, and as long as people count', async () => {
    expect((await register('accents@example.com', 'contrase\u00f1a caf\u00e9')).status).toBe(201);
    expect((await login('accents@example.com', 'contrasen\u0303a cafe\u0301')).status).toBe(200);
    expect((await login('accents@example.com', 'contrasena cafe')).status).toBe(401);
    expect((await register('emoji@example.com', '\u{1f511}'.repeat(128))).status).toBe(201);
    expect((await login('emoji@example.com', '\u{1f511}'.repeat(128))).status).toBe(200);
    for (const password of [
      '\u{1f511}'.repeat(7),
      'e\u0301'.repeat(7),
      'a'.repeat(129),
      '\u{1f511}'.repeat(129),
      'a'.repeat(60_000),
    ]) {
      expect((await register('bounds@example.com', password)).status).toBe(400);
    }
  });

  it('a hash from cheaper times is renewed by the next login, and the password stays the same', async () => {
    const who = await server.signUp('student');
    const users = server.connection.collection('users');
    const stored = async () => String((await users.findOne({ email: who.email }))?.['passwordHash']);
    await users.updateOne(
      { email: who.email },
      { $set: { passwordHash: await hash(PASSWORD, { memoryCost: 4_096, timeCost: 1, parallelism: 1 }) } },
    );
    expect((await login(who.email, 'wrong')).status).toBe(401);
    expect(await stored()).toContain('m=4096,t=1');
    expect((await login(who.email)).status).toBe(200);
    expect(await stored()).toContain('m=19456,t=2');
    const renewed = await stored();
    expect((await login(who.email)).status).toBe(200);
    expect(await stored()).toBe(renewed);
  });

  it('known and unknown accounts are refused in the same words and the same time', async () => {
    await register('known@example.com');
    await server.shopEvent({
      student: { email: 'no.password@example.com', name: 'Shop' },
      courseId: (await server.course()).id,
    });
    const emails = ['known@example.com', 'unknown@example.com', 'no.password@example.com'];
    const times = new Map<string, number[]>(emails.map((email) => [email, []]));
    const words = new Set<string>();
    // Interleaved, so that whatever else this machine does slows all of them.
    for (let round = 0; round < 30; round++) {
      for (const email of emails) {
        const started = performance.now();
        const { status, body } = await login(email, 'not the password');
        times.get(email)?.push(performance.now() - started);
        const { correlationId: _, ...error } = (body as { error: WireError }).error;
        words.add(JSON.stringify([status, error]));
      }
    }
    expect(words.size).toBe(1);
    const medians = emails.map((email) => median(times.get(email) ?? []));
    // Without a decoy an unknown one is answered some twenty times as fast.
    expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.7);
  }, 120_000);
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
