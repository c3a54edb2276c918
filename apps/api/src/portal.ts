import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';

/** Files whose name carries a hash of their content never change. */
const HASHED_FILE = /-[A-Za-z0-9_]{8}\.(js|css)$/;
const YEAR_SECONDS = 31_536_000;

/** Serves the built portal: its files, and its page for every address that is not the API's. */
export function servePortal(app: NestExpressApplication, directory: string): void {
  const page = join(directory, 'index.html');
  if (!existsSync(page)) return;
  app.use(
    express.static(directory, {
      index: false,
      setHeaders: (response, path) => {
        response.setHeader('Cache-Control', HASHED_FILE.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
      },
    }),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage = request.method === 'GET' && !/^\/(api|socket\.io)(\/|$)/.test(request.path) && request.accepts('html');
    if (!isPage) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
}
