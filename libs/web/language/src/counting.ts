/** A sentence for each plural form a language has; `#` stands for the number. */
export type Forms<Form extends Intl.LDMLPluralRule> = Readonly<Record<Form, string>>;

/** How one language writes numbers and what it says about them. */
export interface Counting<Form extends Intl.LDMLPluralRule> {
  number(count: number): string;
  /** The sentence that fits, with the number in it as the language writes it. */
  plural(count: number, forms: Forms<Form | 'other'>): string;
}

/**
 * Numbers and plural forms of a language, by Unicode's rules for it. Named as its type argument are the forms a translator
 * has to give: English has `one` and `other`, Arabic all six; one that is missing does not compile.
 */
export function counting<Form extends Intl.LDMLPluralRule = 'one' | 'other'>(locale: string): Counting<Form> {
  // Made when they are first needed: the first of its kind costs a browser more than all words of a page together.
  let numbers: Intl.NumberFormat | undefined;
  let rules: Intl.PluralRules | undefined;
  const number = (count: number) => (numbers ??= new Intl.NumberFormat(locale)).format(count);
  const form = (count: number) => (rules ??= new Intl.PluralRules(locale)).select(count);
  return {
    number,
    plural: (count, forms) => {
      // A rule the type does not name, such as millions in Spanish, takes the general form.
      const found: Partial<Record<Intl.LDMLPluralRule, string>> = forms;
      return (found[form(count)] ?? forms.other).replace('#', number(count));
    },
  };
}
