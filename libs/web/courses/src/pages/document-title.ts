import { InjectionToken } from '@angular/core';

/** What the document is called while a page is shown. The application adds its own name; alone, the page's has to do. */
export const DOCUMENT_TITLE = new InjectionToken<(page: string) => string>('DOCUMENT_TITLE', {
  factory: () => (page) => page,
});
