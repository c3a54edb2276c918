import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { RateLimits } from '@course-chat/api/kernel';
import { rawHttp } from './hostile/raw-connection';
import { inlineScripts, servePortal } from './portal';

const SCRIPT = 'main-ABCD1234.js';
const FIRST = 'first-WXYZ9876.js';
const INLINE = "\n  document.documentElement.lang = 'en';\n";
const PAGE = `<title>The portal</title><script>${INLINE}</script>`;
const CODE = `console.log('${'Course Chat '.repeat(2_000)}');`;

const numbers = { file: [{ points: 40, seconds: 60, perNode: true }] } as const;
@Module({ providers: [{ provide: RateLimits, useFactory: () => new RateLimits(1, null, numbers) }] })
class PortalOnly {}

describe('the files of the portal', () => {
  let directory: string;
  let app: NestExpressApplication;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'portal-'));
    await writeFile(join(directory, 'index.html'), `${PAGE}<script src="${FIRST}" type="module"></script>`);
    await writeFile(join(directory, FIRST), CODE);
    await writeFile(join(directory, SCRIPT), CODE);
    await writeFile(join(directory, 'ngsw.json'), '{}');
    app = await NestFactory.create<NestExpressApplication>(PortalOnly, { logger: false });
    servePortal(app, directory);
    await app.listen(0, '127.0.0.1');
  });
  afterEach(async () => {
    await app.close();
    await rm(directory, { recursive: true });
  });

  const url = () => `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  /** The answer as it travelled. */
  const ask = async (path: string, head = '', method = 'GET') => {
    const request = `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${head}\r\n`;
    const answer = await rawHttp(url(), request, false);
    const end = answer.indexOf('\r\n\r\n');
    return { head: answer.slice(0, end).toLowerCase(), body: Buffer.from(answer.slice(end + 4), 'latin1') };
  };

  it('that never change are kept for a year and travel as small as the browser can read', async () => {
    const brotli = await ask(`/${SCRIPT}`, 'Accept-Encoding: gzip, br\r\n');
    expect(brotliDecompressSync(brotli.body).toString()).toBe(CODE);
    expect(brotli.body.length).toBeLessThan(200);
    const gzipped = await ask(`/${SCRIPT}`, 'Accept-Encoding: gzip\r\n');
    expect(gunzipSync(gzipped.body).toString()).toBe(CODE);
    const plain = await ask(`/${SCRIPT}`);
    expect(plain.body.toString()).toBe(CODE);
    for (const { head } of [brotli, gzipped, plain]) {
      expect(head).toContain('cache-control: public, max-age=31536000, immutable');
      expect(head).toContain('content-type: text/javascript; charset=utf-8');
    }
    for (const { head } of [brotli, gzipped]) expect(head).toContain('vary: accept-encoding');
    const head = await ask(`/${SCRIPT}`, 'Accept-Encoding: br\r\n', 'HEAD');
    expect([head.head.includes('content-encoding: br'), head.body.length]).toEqual([true, 0]);
  });

  it('are read and compressed once, however often they are asked for', async () => {
    const first = await ask(`/${SCRIPT}`, 'Accept-Encoding: br\r\n');
    await rm(join(directory, SCRIPT));
    expect((await ask(`/${SCRIPT}`, 'Accept-Encoding: br\r\n')).body).toEqual(first.body);
  });

  it('that its page begins with are compressed before anybody asks', async () => {
    await delay(500);
    await rm(join(directory, FIRST));
    const { body } = await ask(`/${FIRST}`, 'Accept-Encoding: br\r\n');
    expect(brotliDecompressSync(body).toString()).toBe(CODE);
  });

  it('that may change are asked for each time; any page is the portal, and a missing file is missing', async () => {
    expect((await ask('/ngsw.json')).head).toContain('cache-control: no-cache');
    expect((await ask('/chats/1?seq=3', 'Accept: text/html\r\n')).body.toString()).toContain(PAGE);
    for (const path of ['/main-GONE1234.js', '/../package.json', `/%2e%2e/${SCRIPT}`, '/api/nothing']) {
      expect((await ask(path, 'Accept: text/html\r\nAccept-Encoding: br\r\n')).head).toMatch(/^http\/1\.1 40[34]/);
    }
  });

  it('says of a page by its head alone that it is there', async () => {
    const { head, body } = await ask('/courses', 'Accept: */*\r\n', 'HEAD');
    expect(head).toMatch(/^http\/1.1 200/);
    expect(body).toHaveLength(0);
    expect((await ask('/courses', 'Accept: */*\r\n', 'POST')).head).toMatch(/^http\/1.1 404/);
  });

  it('leave what runs inside their page to its hash', () => {
    const hash = createHash('sha256').update(INLINE).digest('base64');
    expect(inlineScripts(directory)).toEqual([`'sha256-${hash}'`]);
    expect(inlineScripts(join(directory, 'gone'))).toEqual([]);
  });

  it('are counted by address', async () => {
    const statuses = [];
    for (let times = 0; times < 41; times++) statuses.push((await ask('/ngsw.json')).head.slice(9, 12));
    expect(statuses).toEqual([...Array<string>(40).fill('200'), '429']);
  });
});
