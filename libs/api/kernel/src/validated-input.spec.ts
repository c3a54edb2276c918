import * as z from 'zod/mini';
import { DomainError } from './domain-error';
import { parseInput } from './validated-input';

/** The fields a refusal names. */
function fieldsOf(schema: z.ZodMiniType, input: unknown) {
  try {
    parseInput(schema, input);
  } catch (error) {
    return (error as DomainError).fields;
  }
  throw new Error('not refused');
}

describe(parseInput.name, () => {
  const schema = z.strictObject({ seq: z.int().check(z.minimum(0)), name: z.string().check(z.maxLength(3)) });

  it('says in words what was expected and what came', () => {
    expect(fieldsOf(schema, { seq: -1, name: 'Anna' })).toEqual([
      { path: 'seq', message: 'Too small: expected number to be >=0' },
      { path: 'name', message: 'Too big: expected string to have <=3 characters' },
    ]);
    expect(fieldsOf(schema, { seq: 1, name: 'Ana', role: 'admin' })).toEqual([
      { path: '', message: 'Unrecognized key: "role"' },
    ]);
    expect(fieldsOf(schema, 5)).toEqual([{ path: '', message: 'Invalid input: expected object, received number' }]);
  });

  it('names a few fields only, with short words, however many are wrong', () => {
    const fields = fieldsOf(z.array(z.string()), Array(1_000).fill(0)) ?? [];
    expect(fields.length).toBe(20);
    const [unknown] = fieldsOf(schema, { seq: 1, name: 'Ana', ['x'.repeat(5_000)]: 1 }) ?? [];
    expect(unknown?.message.length).toBeLessThanOrEqual(200);
  });
});
