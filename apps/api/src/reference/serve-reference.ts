import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { asyncApiDocument } from './asyncapi';
import { openApiDocument } from './openapi';

/** Serves `/api/openapi.json` with its page at `/api/docs`, and `/api/asyncapi.json`. Made when first asked for. */
export function serveReference(app: NestExpressApplication): void {
  let asyncApi: Record<string, unknown> | undefined;
  app.use('/api/asyncapi.json', (_request: Request, response: Response) => {
    response.json((asyncApi ??= asyncApiDocument()));
  });
  SwaggerModule.setup('api/docs', app, openApiDocument, {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Course Chat API',
  });
}
