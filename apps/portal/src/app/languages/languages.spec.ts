import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { AUTH_LABELS, ENGLISH_AUTH_LABELS } from '@course-chat/web/auth';
import { ACCOUNT_LABELS, ENGLISH_ACCOUNT_LABELS } from '@course-chat/web/auth/account';
import { CHAT_FEATURE_LABELS, ENGLISH_FEATURE_LABELS } from '@course-chat/web/chat/feature';
import { CHAT_UI_LABELS, ENGLISH_LABELS } from '@course-chat/web/chat/ui';
import { COURSES_LABELS, ENGLISH_COURSES_LABELS } from '@course-chat/web/courses';
import type { LanguageChoice } from '@course-chat/web/language';
import { ENGLISH_PORTAL_LABELS, PORTAL_LABELS } from '../portal.labels';
import { labels as arabic } from './ar';
import { labels as spanish } from './es';
import { startLanguage } from './languages';

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

describe('the first paint', () => {
  const page = readFileSync(join(__dirname, '../../index.html'), 'utf8');
  const script = /<script>([^]*?)<\/script>/.exec(page)?.[1] ?? '';
  const { documentElement } = document;
  const paint = (chosen: string | null, preferred: readonly string[]) => {
    if (chosen !== null) localStorage.setItem('course-chat.language', chosen);
    jest.spyOn(navigator, 'languages', 'get').mockReturnValue(preferred);
    runInThisContext(`(window, document, localStorage, navigator) => { ${script} }`)(
      window,
      document,
      localStorage,
      navigator,
    );
  };
  afterEach(() => {
    localStorage.clear();
    jest.restoreAllMocks();
    documentElement.lang = 'en';
    documentElement.dir = 'ltr';
  });

  it.each([
    ['the choice', 'ar', ['es'], 'ar', 'rtl'],
    ['what the person reads', null, ['fr-FR', 'es-MX', 'en'], 'es', 'ltr'],
    ['English where there is nothing else', 'xx', ['fr'], 'en', 'ltr'],
    ['a choice however it is written', 'AR-eg', [], 'ar', 'rtl'],
  ])('is in the language and the direction of %s', (_, chosen, preferred, lang, dir) => {
    paint(chosen, preferred);
    expect(documentElement).toMatchObject({ lang, dir });
  });

  it('knows the languages that are offered, and no others', async () => {
    const [choice] = (await startLanguage()) as { useValue: LanguageChoice }[];
    const offered = choice?.useValue.offered ?? [];
    for (const { tag, dir } of offered) {
      paint(tag, []);
      expect(documentElement).toMatchObject({ lang: tag, dir });
    }
    expect(offered).toHaveLength(script.match(/\['\w+', '(ltr|rtl)'\]/g)?.length ?? 0);
  });

  it('says which labels are brought', async () => {
    paint('ar', []);
    expect(await startLanguage()).toEqual(expect.arrayContaining(arabic));
    paint('en', []);
    expect(await startLanguage()).toHaveLength(1);
    // A translator in the browser may have written another language there: the page starts all the same.
    documentElement.lang = 'fr';
    expect(await startLanguage()).toHaveLength(1);
  });
});
