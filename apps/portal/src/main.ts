import { bootstrapApplication } from '@angular/platform-browser';
import * as z from 'zod/mini';
import { App } from './app/app';
import { appConfig } from './app/app.config';

// zod would compile its parsers with `new Function`, which a strict content security policy forbids.
z.config({ jitless: true });

bootstrapApplication(App, appConfig).catch((error: unknown) => console.error(error));
