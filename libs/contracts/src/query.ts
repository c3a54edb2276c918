import * as z from 'zod/mini';

/** A whole number as a query string spells it, between `min` and `max`. */
export function wholeNumber(min: number, max: number) {
  const digits = z.string().check(z.regex(/^\d{1,15}$/, 'Expected a whole number'));
  // The reference describes it as what it means.
  digits.register(z.globalRegistry, { type: 'integer', minimum: min, maximum: max, pattern: undefined });
  return z.pipe(z.pipe(digits, z.transform(Number)), z.int().check(z.gte(min), z.lte(max)));
}

/** A page size as a query string spells it; `page.default` without one. */
export function limitInQuery(page: { default: number; max: number }) {
  return z._default(z.optional(wholeNumber(1, page.max)), page.default);
}
