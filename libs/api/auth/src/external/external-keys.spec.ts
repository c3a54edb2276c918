import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { ExternalTokens } from './external-tokens';

const ISSUER = 'https://portal.example';
const CARE = { timeoutMs: 300, freshMs: 150, staleMs: 3_000, cooldownMs: 100, restMs: 200 };

/** An issuer whose keys and manners change. */
class Issuer {
  keys: JWK[] = [];
  asked = 0;
  answer: 'keys' | 'nothing' | 'failure' | 'html' | 'too much' = 'keys';
  readonly server: Server = createServer((_, response) => {
    this.asked++;
    if (this.answer === 'failure') response.writeHead(503).end();
    else if (this.answer === 'html') response.end('<html>');
    else if (this.answer === 'too much') response.end(JSON.stringify({ keys: this.keys, more: 'x'.repeat(500_000) }));
    else if (this.answer === 'keys') response.end(JSON.stringify({ keys: this.keys }));
  });

  async newKey(kid: string): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    this.keys.push({ ...(await exportJWK(publicKey)), kid, alg: 'ES256' });
    return privateKey;
  }
}

describe(ExternalTokens.name, () => {
  let issuer: Issuer;
  let tokens: ExternalTokens;
  let first: CryptoKey;
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(async () => {
    issuer = new Issuer();
    await new Promise<void>((resolve) => issuer.server.listen(0, '127.0.0.1', resolve));
    const { port } = issuer.server.address() as AddressInfo;
    tokens = new ExternalTokens(
      { jwksUrl: `http://127.0.0.1:${port}/`, issuer: ISSUER, audience: 'chat', roleClaim: 'role' },
      CARE,
    );
    first = await issuer.newKey('first');
  });
  afterEach(() => {
    issuer.server.closeAllConnections();
    issuer.server.close();
  });

  const sign = (key: CryptoKey, kid: string) =>
    new SignJWT({ sub: 'ana', role: ['tutor', 'admin'] })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(ISSUER)
      .setAudience('chat')
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(key);
  const codeOf = (kid: string, key = first) =>
    sign(key, kid)
      .then((token) => tokens.verify(token))
      .then(
        () => 'ok',
        (error: { code?: string }) => error.code,
      );
  const eventually = async (attempt: () => Promise<void>) => {
    for (const end = Date.now() + 5_000; ; await delay(30)) {
      try {
        return await attempt();
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  };

  it('asks once for many tokens at once, and makes nobody an administrator', async () => {
    const token = await sign(first, 'first');
    const people = await Promise.all(Array.from({ length: 50 }, () => tokens.verify(token)));
    expect(new Set(people.map(({ role }) => role))).toEqual(new Set(['tutor']));
    expect(issuer.asked).toBe(1);
  });

  it('finds a new key at once, and forgets one that was withdrawn', async () => {
    expect(await codeOf('first')).toBe('ok');
    const second = await issuer.newKey('second');
    await eventually(async () => expect(await codeOf('second', second)).toBe('ok'));
    issuer.keys.shift();
    await eventually(async () => expect(await codeOf('first')).toBe('UNAUTHENTICATED'));
    expect(await codeOf('second', second)).toBe('ok');
  });

  it('is not made to ask again and again by keys that are nobody’s', async () => {
    expect(await codeOf('first')).toBe('ok');
    const [asked, started] = [issuer.asked, Date.now()];
    for (let round = 0; round < 40; round++) {
      const codes = await Promise.all(Array.from({ length: 5 }, (_, index) => codeOf(`unknown ${round} ${index}`)));
      expect(new Set(codes)).toEqual(new Set(['UNAUTHENTICATED']));
    }
    expect(issuer.asked - asked).toBeLessThanOrEqual(Math.ceil((Date.now() - started) / CARE.cooldownMs) + 1);
  });

  it.each(['nothing', 'failure', 'html', 'too much'] as const)(
    'an issuer that answers %s: known keys go on, unknown ones are told to come again, and it recovers',
    async (answer) => {
      expect(await codeOf('first')).toBe('ok');
      const second = await issuer.newKey('second');
      issuer.answer = answer;
      await delay(CARE.freshMs * 2);
      for (let times = 0; times < 20; times++) expect(await codeOf('first')).toBe('ok');
      await eventually(async () => expect(await codeOf('second', second)).toBe('UNAVAILABLE'));
      issuer.answer = 'keys';
      await eventually(async () => expect(await codeOf('second', second)).toBe('ok'));
    },
  );

  it('keys that could not be renewed for too long are not believed', async () => {
    expect(await codeOf('first')).toBe('ok');
    issuer.answer = 'failure';
    await eventually(async () => expect(await codeOf('first')).toBe('UNAVAILABLE'));
    issuer.answer = 'keys';
    await eventually(async () => expect(await codeOf('first')).toBe('ok'));
  });

  it('one that is away from the start is left alone between tries', async () => {
    issuer.answer = 'failure';
    const started = Date.now();
    for (let times = 0; times < 100; times++) expect(await codeOf('first')).toBe('UNAVAILABLE');
    expect(issuer.asked).toBeLessThanOrEqual(Math.ceil((Date.now() - started) / CARE.restMs) + 1);
  });
});
