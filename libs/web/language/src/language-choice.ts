import { InjectionToken } from '@angular/core';

/** A language that is offered: BCP 47 tag, its own name for itself, and which way it is written. */
export interface Language {
  readonly tag: string;
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
}

/** Which languages a person may choose from, and what choosing does. */
export interface LanguageChoice {
  readonly offered: readonly Language[];
  choose(tag: string): void;
}

/** Provided by an application that offers more than one language; null where there is nothing to choose. */
export const LANGUAGE_CHOICE = new InjectionToken<LanguageChoice | null>('LANGUAGE_CHOICE', {
  providedIn: 'root',
  factory: () => null,
});
