import { AUTH_LABELS, ENGLISH_AUTH_LABELS } from '@course-chat/web/auth';
import { ACCOUNT_LABELS, ENGLISH_ACCOUNT_LABELS } from '@course-chat/web/auth/account';
import { CHAT_FEATURE_LABELS, ENGLISH_FEATURE_LABELS } from '@course-chat/web/chat/feature';
import { CHAT_UI_LABELS, ENGLISH_LABELS } from '@course-chat/web/chat/ui';
import { COURSES_LABELS, ENGLISH_COURSES_LABELS } from '@course-chat/web/courses';
import { ENGLISH_PORTAL_LABELS, PORTAL_LABELS } from '../portal.labels';
import { labels as arabic } from './ar';
import { labels as spanish } from './es';
import { languageOf, startLanguage } from './languages';

interface Given {
  provide: unknown;
  useValue: Record<string, unknown>;
}

const english = new Map<unknown, object>([
  [PORTAL_LABELS, ENGLISH_PORTAL_LABELS],
  [AUTH_LABELS, ENGLISH_AUTH_LABELS],
  [ACCOUNT_LABELS, ENGLISH_ACCOUNT_LABELS],
  [COURSES_LABELS, ENGLISH_COURSES_LABELS],
  [CHAT_UI_LABELS, ENGLISH_LABELS],
  [CHAT_FEATURE_LABELS, ENGLISH_FEATURE_LABELS],
]);

/** Every text of a set; a label that takes something is asked for 1 to 12, 100 and a name. */
function textsOf(labels: object): string[] {
  return Object.entries(labels).flatMap(([key, label]: [string, unknown]) => {
    // What is printed on keys is no text.
    if (key === 'keys') return [];
    if (typeof label === 'string') return [label];
    if (typeof label !== 'function') return textsOf(label as object);
    return [0, 1, 2, 3, 11, 100].map((count) => String((label as (...args: unknown[]) => unknown)(count, 'Ana')));
  });
}

describe(languageOf.name, () => {
  it('takes the choice, then what the person reads, then English', () => {
    expect(languageOf('ar', ['es']).tag).toBe('ar');
    expect(languageOf(null, ['fr-FR', 'es-MX', 'en']).tag).toBe('es');
    expect(languageOf('xx', ['fr'])).toMatchObject({ tag: 'en', dir: 'ltr' });
    expect(languageOf('AR-eg', [])).toMatchObject({ tag: 'ar', dir: 'rtl' });
  });
});

describe('the labels of other languages', () => {
  it.each([
    ['es', spanish],
    ['ar', arabic],
  ])('replace every set in %s, and leave nothing empty or in need of a number', (_, providers) => {
    const given = providers as unknown as Given[];
    expect(new Set(given.map(({ provide }) => provide))).toEqual(new Set(english.keys()));
    for (const { provide, useValue } of given) {
      expect(Object.keys(useValue).sort()).toEqual(Object.keys(english.get(provide) ?? {}).sort());
      for (const text of textsOf(useValue)) expect(text).toMatch(/^(?=.*\S)[^#]*$/);
    }
  });

  it('say in Arabic script what is said in Arabic', () => {
    const latin = (arabic as unknown as Given[]).flatMap(({ useValue }) =>
      textsOf(useValue).filter((text) => !/\p{Script=Arabic}/u.test(text)),
    );
    // The product's name, and bare numbers.
    expect(latin.filter((text) => text !== 'Course Chat' && !/^[\d+٠-٩]+$/.test(text) && text !== 'Ana: Ana')).toEqual([
      ...new Set(latin.filter((text) => /^\d+: Ana$/.test(text))),
    ]);
  });
});

describe(startLanguage.name, () => {
  afterEach(() => localStorage.clear());

  it('sets the language and the direction of the page before anything is painted', async () => {
    localStorage.setItem('course-chat.language', 'ar');
    expect(await startLanguage()).toEqual(expect.arrayContaining(arabic));
    expect(document.documentElement).toMatchObject({ lang: 'ar', dir: 'rtl' });
    localStorage.setItem('course-chat.language', 'en');
    expect(await startLanguage()).toHaveLength(1);
    expect(document.documentElement).toMatchObject({ lang: 'en', dir: 'ltr' });
  });
});
