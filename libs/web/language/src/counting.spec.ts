import { counting } from './counting';
import { listed, shortCount } from './page-language';

describe(counting.name, () => {
  it('says one and many in English and Spanish', () => {
    const english = counting('en');
    const forms = { one: '# new message', other: '# new messages' };
    expect([0, 1, 2, 1_200].map((count) => english.plural(count, forms))).toEqual([
      '0 new messages',
      '1 new message',
      '2 new messages',
      '1,200 new messages',
    ]);
    expect(counting('es').plural(1_000_000, { one: '# mensaje', other: '# mensajes' })).toMatch(/mensajes$/);
  });

  it('knows all six forms of Arabic, and its digits', () => {
    const arabic = counting<Intl.LDMLPluralRule>('ar');
    const forms = { zero: 'zero', one: 'one', two: 'two', few: 'few #', many: 'many #', other: 'other #' };
    expect([0, 1, 2, 3, 11, 100].map((count) => arabic.plural(count, forms))).toEqual([
      'zero',
      'one',
      'two',
      `few ${arabic.number(3)}`,
      `many ${arabic.number(11)}`,
      `other ${arabic.number(100)}`,
    ]);
  });
});

describe(shortCount.name, () => {
  it('is cut where it grows too wide', () => {
    expect([3, 99, 100].map((count) => shortCount(count, 'en'))).toEqual(['3', '99', '99+']);
  });
});

describe(listed.name, () => {
  it('is said as the language does', () => {
    expect(listed([], 'en')).toBe('');
    expect(listed(['Ada'], 'en')).toBe('Ada');
    expect(listed(['Ada', 'Grace', 'Mary'], 'en')).toBe('Ada, Grace, and Mary');
    expect(listed(['Ada', 'Grace'], 'es')).toBe('Ada y Grace');
  });
});
