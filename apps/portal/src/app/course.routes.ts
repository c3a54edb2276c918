import type { Routes } from '@angular/router';
import { courseRoutes as pages, DOCUMENT_TITLE } from '@course-chat/web/courses';
import { documentTitle } from './state/badged-title';

/** A file of its own, so that courses, cart and wishlist are loaded when somebody goes there. */
export const courseRoutes: Routes = [
  { path: '', providers: [{ provide: DOCUMENT_TITLE, useFactory: documentTitle }], children: pages },
];
