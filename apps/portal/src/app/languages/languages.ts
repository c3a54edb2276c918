import type { Provider } from '@angular/core';
import { LANGUAGE_CHOICE, type Language, type LanguageChoice } from '@course-chat/web/language';

/** The languages whose labels are complete. */
const LANGUAGES: readonly Language[] = [
  { tag: 'en', name: 'English', dir: 'ltr' },
  { tag: 'es', name: 'Español', dir: 'ltr' },
  { tag: 'ar', name: 'العربية', dir: 'rtl' },
];

// The same key and the same languages are in index.html, whose script says in which one the page is.
const KEY = 'course-chat.language';

/** Brings the labels of the page's language. English is built in, and stands for any that a browser's translator wrote there. */
export async function startLanguage(): Promise<Provider[]> {
  const choice: LanguageChoice = { offered: LANGUAGES, choose: chooseLanguage };
  const labels = await labelsIn(document.documentElement.lang);
  return [{ provide: LANGUAGE_CHOICE, useValue: choice }, ...labels];
}

async function labelsIn(lang: string): Promise<Provider[]> {
  switch (lang) {
    case 'es':
      return (await import('./es')).labels;
    case 'ar':
      return (await import('./ar')).labels;
    default:
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
