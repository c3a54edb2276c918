import type { Provider } from '@angular/core';
import { LANGUAGE_CHOICE, type Language, type LanguageChoice } from '@course-chat/web/language';

type Tag = 'en' | 'es' | 'ar';

const ENGLISH: Language & { tag: Tag } = { tag: 'en', name: 'English', dir: 'ltr' };

/** The languages whose labels are complete. */
const LANGUAGES: readonly (Language & { tag: Tag })[] = [
  ENGLISH,
  { tag: 'es', name: 'Español', dir: 'ltr' },
  { tag: 'ar', name: 'العربية', dir: 'rtl' },
];

const KEY = 'course-chat.language';

/** The language of the page: the one that was chosen, else the first of the person's languages that there is, else English. */
export function languageOf(chosen: string | null, preferred: readonly string[]): (typeof LANGUAGES)[number] {
  for (const wanted of [chosen ?? '', ...preferred]) {
    const base = wanted.toLowerCase().split('-')[0];
    const found = LANGUAGES.find(({ tag }) => tag === base);
    if (found) return found;
  }
  return ENGLISH;
}

/** Sets the page's language and direction, and brings its labels. English is built in. */
export async function startLanguage(): Promise<Provider[]> {
  const { tag, dir } = languageOf(chosenLanguage(), navigator.languages);
  document.documentElement.lang = tag;
  document.documentElement.dir = dir;
  const choice: LanguageChoice = { offered: LANGUAGES, choose: chooseLanguage };
  return [{ provide: LANGUAGE_CHOICE, useValue: choice }, ...(await labelsIn(tag))];
}

async function labelsIn(tag: Tag): Promise<Provider[]> {
  switch (tag) {
    case 'es':
      return (await import('./es')).labels;
    case 'ar':
      return (await import('./ar')).labels;
    case 'en':
      return [];
  }
}

/** Keeps the choice in this browser and starts over in it: what was typed is a draft on this device, what waits is in the outbox. */
function chooseLanguage(tag: string): void {
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    return; // Storage may be forbidden; then there is nowhere to keep a choice.
  }
  location.reload();
}

function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
