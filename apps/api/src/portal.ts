import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { addressKey, RateLimits, REFUSAL_DELAY_MS } from '@course-chat/api/kernel';
import compression from 'compression';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { compressedFiles } from './compressed-files';

/** Whether this is a script or style sheet of the page: its name carries a hash of its content, so that it never changes. */
export const isHashedFile = (name: string): boolean => /^[\w-]+-[\w-]{8}\.(js|css)$/.test(name);
/** No address of the portal ends like a file. */
const FILE = /\.\w+$/;
const YEAR_SECONDS = 31_536_000;
const INDEX = 'index.html';

/** The scripts inside the page as its policy names them: by their hash (w3.org/TR/CSP3/#grammardef-hash-source). */
export function inlineScripts(directory: string): string[] {
  const page = join(directory, INDEX);
  if (!existsSync(page)) return [];
  return [...readFileSync(page, 'utf8').matchAll(/<script>(.*?)<\/script>/gs)].map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  );
}

/** Serves the built portal: its files, and its page for every address that is not the API's. */
export function servePortal(app: NestExpressApplication, directory: string): void {
  const page = join(directory, INDEX);
  if (!existsSync(page)) return;
  const forever = { 'Cache-Control': `public, max-age=${YEAR_SECONDS}, immutable` };
  app.use(fileLimit(app.get(RateLimits)));
  const first = [...readFileSync(page, 'utf8').matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, name = '']) => name);
  app.use(compressedFiles(directory, isHashedFile, forever, first));
  // The portal's files only: an answer of the API may hold a secret beside what a caller chose (BREACH).
  const compress = compression();
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (isApi(request)) next();
    else compress(request, response, next);
  });
  app.use(
    express.static(directory, {
      index: false,
      setHeaders: (response, path) => {
        response.setHeader('Cache-Control', isHashedFile(basename(path)) ? forever['Cache-Control'] : 'no-cache');
      },
    }),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    // A file that is not there is missing: the page in its stead would be run as a script, or kept as one.
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const isPage = isRead && !isApi(request) && !FILE.test(request.path) && request.accepts('html');
    if (!isPage) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
}

/** Counts what is asked for besides the API, by the address it is asked from. */
function fileLimit(limits: RateLimits): RequestHandler {
  return (request, response, next) => {
    if (isApi(request)) return next();
    limits.consume('file', addressKey(request.ip)).then(
      () => next(),
      async () => {
        await delay(REFUSAL_DELAY_MS);
        response.status(429).type('text').send('Too many requests');
      },
    );
  };
}

function isApi(request: Request): boolean {
  return /^\/(api|socket\.io)(\/|$)/.test(request.path);
}
