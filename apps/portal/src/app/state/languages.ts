import { InjectionToken } from '@angular/core';

/** A language whose labels are complete: BCP 47 tag and its own name for itself. */
export interface PortalLanguage {
  readonly tag: string;
  readonly name: string;
}

/** The languages to choose from. A build that provides another set of labels adds its language here. */
export const PORTAL_LANGUAGES = new InjectionToken<readonly PortalLanguage[]>('PORTAL_LANGUAGES', {
  providedIn: 'root',
  factory: () => [{ tag: 'en', name: 'English' }],
});
