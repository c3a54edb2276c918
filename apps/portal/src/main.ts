import { bootstrapApplication } from '@angular/platform-browser';
import * as z from 'zod/mini';
import { loadFormats } from '@course-chat/web/language';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { routes } from './app/app.routes';
import { startLanguage } from './app/languages/languages';
import { fetchAhead } from './app/state/fetch-ahead';
import { nextTask } from './app/state/next-task';
import { trustOnlyTheWorker } from './app/trusted-scripts';

// zod would compile its parsers with `new Function`, which a strict content security policy forbids.
z.config({ jitless: true });
trustOnlyTheWorker();
void fetchAhead(routes, location.pathname);

Promise.all([startLanguage(), nextTask()])
  .then(([labels]) => bootstrapApplication(App, { providers: [...appConfig.providers, labels] }))
  .then(nextTask)
  .then(loadFormats)
  .catch((error: unknown) => console.error(error));
