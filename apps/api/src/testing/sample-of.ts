import * as z from 'zod/mini';

interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly format?: string;
  readonly pattern?: string;
}

/** Values for the formats of our contracts. */
const OF_FORMAT: Readonly<Record<string, string>> = {
  email: 'somebody@example.com',
  'date-time': '2026-11-22T14:02:00.000Z',
  uuid: '0b5a6f0e-8a51-4c36-9a0f-0d6c1f6f8a01',
};
const ID_PATTERN = '^[0-9a-f]{24}$';
const NOBODY = 'f'.repeat(24);

/**
 * A valid value of any schema of the contracts, so that a door that is new is tried without anybody writing a sample.
 * Every array has one element. Throws for a schema it has no value for.
 * @param given values by property name, at any depth
 */
export function sampleOf(schema: z.core.$ZodType, given: Readonly<Record<string, unknown>> = {}): unknown {
  const sample = make(jsonSchemaOf(schema), given);
  const { success } = z.safeParse(schema, sample);
  if (!success) throw new Error(`No sample for ${JSON.stringify(jsonSchemaOf(schema))}: ${JSON.stringify(sample)}`);
  return sample;
}

/** The names of all properties of a schema, at any depth. */
export function propertyNames(schema: z.core.$ZodType): Set<string> {
  const names = new Set<string>();
  const visit = ({ properties, items, anyOf = [], oneOf = [] }: JsonSchema): void => {
    for (const [name, property] of Object.entries(properties ?? {})) {
      names.add(name);
      visit(property);
    }
    for (const inner of [...(items ? [items] : []), ...anyOf, ...oneOf]) visit(inner);
  };
  visit(jsonSchemaOf(schema));
  return names;
}

function jsonSchemaOf(schema: z.core.$ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

function make(schema: JsonSchema, given: Readonly<Record<string, unknown>>): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return make(choice, given);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [
          name,
          Object.hasOwn(given, name) ? given[name] : make(schema.properties?.[name] ?? {}, given),
        ]),
      );
    case 'array':
      return [make(schema.items ?? {}, given)];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return (
        OF_FORMAT[schema.format ?? ''] ?? (schema.pattern === ID_PATTERN ? NOBODY : 'x'.repeat(schema.minLength ?? 1))
      );
  }
}
