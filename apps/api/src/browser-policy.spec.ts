import express from 'express';
import request from 'supertest';
import { browserPolicy } from './browser-policy';
import { cookieOf, TestServer, type TestUser } from './testing';

const FOREIGN = [
  'https://evil.example',
  'null',
  '',
  '__own__.evil.example',
  '__own__.',
  '__own__0',
  'http://127.0.0.1',
  'https://127.0.0.1:__port__',
  'HTTP://127.0.0.1:__port__/',
  'http://user@127.0.0.1:__port__',
];

describe('what browsers are told', () => {
  let server: TestServer;
  let who: TestUser;
  beforeAll(async () => {
    server = await TestServer.start();
    who = await server.signUp();
  });
  afterAll(() => server.stop());

  const spelt = (origin: string) => origin.replace('__own__', server.url).replace('__port__', new URL(server.url).port);

  it.each(FOREIGN)('a page of the origin %j gets nothing and changes nothing', async (origin) => {
    const headers = { origin: spelt(origin), cookie: who.cookie };
    for (const [method, path] of [
      ['POST', '/auth/refresh'],
      ['POST', '/auth/logout'],
      ['POST', '/auth/login'],
      ['GET', '/auth/me'],
    ] as const) {
      const answer = await server.call(method, path, { headers, token: who.token });
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(cookieOf(answer.headers)).toBe('');
    }
    expect((await server.rest(who).get('/auth/me')).status).toBe(200);
  });

  it('polls from our own page alone: an answer to another origin is out of its reach', async () => {
    const poll = async (origin: string) =>
      (await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin } })).headers;
    expect((await poll(server.url)).get('access-control-allow-origin')).toBe(server.url);
    expect((await poll('https://evil.example')).get('access-control-allow-origin')).toBeNull();
  });

  it('our own page may refresh, and so may a program without an origin', async () => {
    for (const headers of [{ origin: server.url }, undefined]) {
      const fresh = await server.login(who.email);
      expect(
        (await server.call('POST', '/auth/refresh', { headers: { ...headers, cookie: fresh.cookie } })).status,
      ).toBe(200);
    }
  });

  it.each(['/auth/me', '/users/chats', '/health/live', '/no-such-thing', '/demo'])(
    'nothing keeps the answer of %s, and a browser that shows it runs nothing',
    async (path) => {
      const { headers } = await server.call('GET', path, { token: who.token });
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*microphone=\(\)/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
      expect(headers.get('etag')).toBeNull();
    },
  );

  it('the page of the portal may run its own files and the one script inside it', async () => {
    const site = express()
      .use(browserPolicy(false, ["'sha256-abc='"]))
      .use((_request, response) => void response.send('page'));
    const policy = (await request(site).get('/courses')).headers['content-security-policy'] ?? '';
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    for (const part of [
      "default-src 'none'",
      "script-src 'self' 'sha256-abc='",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types angular default',
    ])
      expect(policy.split(';')).toContain(part);
  });

  it('a file of the page says what a file is asked about, and a script that works by itself says all', async () => {
    const site = express()
      .use(browserPolicy(true, []))
      .use((_request, response) => void response.send('script'));
    const headersOf = async (path: string) => (await request(site).get(path)).headers;
    for (const path of ['/main-QHGL6SZ7.js', '/chunk-13kPSSwx.js', '/styles-W7372DTM.css']) {
      const headers = await headersOf(path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['strict-transport-security']).toMatch(/max-age/);
      expect(headers['content-security-policy']).toBeUndefined();
      expect(headers['permissions-policy']).toBeUndefined();
    }
    for (const path of ['/ngsw-worker.js', '/favicon.svg', '/api/main-QHGL6SZ7.js', '/courses/main-QHGL6SZ7.js'])
      expect((await headersOf(path))['content-security-policy']).toContain("default-src 'none'");
  });

  it('a site on https says so for a year', async () => {
    const secure = await TestServer.start({ PUBLIC_ORIGINS: 'https://portal.example' });
    try {
      const { headers } = await secure.call('GET', '/health/live');
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
      expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
    } finally {
      await secure.stop();
    }
  });
});
