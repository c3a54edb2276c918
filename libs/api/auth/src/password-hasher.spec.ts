import { hash } from '@node-rs/argon2';
import { HASHES_AT_ONCE, PasswordHasher } from './password-hasher';

describe(PasswordHasher.name, () => {
  const passwords = new PasswordHasher();

  it('makes argon2id hashes of what OWASP asks for, each with its own salt', async () => {
    const [first, second] = [await passwords.hash('same'), await passwords.hash('same')];
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await passwords.verify(first, 'same')).toBe(true);
    expect(await passwords.verify(first, 'other')).toBe(false);
  });

  it('no password fits where there is none, not even that of the decoy', async () => {
    expect(await passwords.verify(null, 'a password that nobody has')).toBe(false);
  });

  it('knows a hash that is cheaper to guess than those of today', async () => {
    expect(passwords.isOutdated(await passwords.hash('x'))).toBe(false);
    for (const cost of [
      { memoryCost: 8_192, timeCost: 2 },
      { memoryCost: 19_456, timeCost: 1 },
    ]) {
      expect(passwords.isOutdated(await hash('x', { ...cost, parallelism: 1 }))).toBe(true);
    }
    expect(passwords.isOutdated('$2b$10$something')).toBe(true);
    expect(passwords.isOutdated(await hash('x', { memoryCost: 32_768, timeCost: 3, parallelism: 1 }))).toBe(false);
  });

  it('a crowd is served up to its bounds and the rest told to come again; then it serves on', async () => {
    const known = await hash('x', { memoryCost: 8, timeCost: 1, parallelism: 1 });
    const answers = await Promise.allSettled(Array.from({ length: 1_000 }, () => passwords.verify(known, 'x')));
    const served = answers.filter(({ status }) => status === 'fulfilled');
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(served).toHaveLength(HASHES_AT_ONCE + 200);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 3_000 });
    expect(await passwords.verify(known, 'x')).toBe(true);
  });
});
