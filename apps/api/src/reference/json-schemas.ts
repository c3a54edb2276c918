import * as contracts from '@course-chat/contracts';
import * as z from 'zod/mini';

type JsonSchema = Record<string, unknown>;

const names = new Map<unknown, string>();
const registry = z.registry<{ id: string }>();
for (const [key, value] of Object.entries(contracts)) {
  if (!key.endsWith('Schema') || !isSchema(value) || names.has(value)) continue;
  const id = key.charAt(0).toUpperCase() + key.slice(1, -'Schema'.length);
  names.set(value, id);
  registry.add(value, { id });
}

const REF_PREFIX = '#/components/schemas/';

/** Every schema the contracts export, by name, referring to each other as `#/components/schemas/Name`. */
export function componentSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry, { io: 'input', unrepresentable: 'any', uri: (id) => REF_PREFIX + id });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, clean(schema as JsonSchema)]));
}

/** A schema of a document: a reference when the contracts name it, spelled out otherwise. */
export function schemaOf(schema: z.core.$ZodType): JsonSchema {
  const name = names.get(schema);
  if (name) return { $ref: REF_PREFIX + name };
  return spelledOut(schema);
}

/** An object schema's properties one by one, for parameters. */
export function propertiesOf(schema: z.core.$ZodType): { name: string; required: boolean; schema: JsonSchema }[] {
  const { properties = {}, required = [] } = spelledOut(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: property,
  }));
}

/**
 * A schema with its own properties, also when it has a name: tools look into a request's body without following where it leads.
 * A named schema inside becomes a reference, so that Chat is spelled out once.
 */
export function spelledOut(schema: z.core.$ZodType): JsonSchema {
  const whole = z.registry<{ id: string }>();
  for (const [known, id] of names) whole.add(known as z.ZodMiniType, { id });
  whole.remove(schema as z.ZodMiniType);
  whole.add(schema as z.ZodMiniType, { id: '__inline' });
  const { schemas } = z.toJSONSchema(whole, { io: 'input', unrepresentable: 'any', uri: (id) => REF_PREFIX + id });
  return clean(schemas['__inline'] as JsonSchema);
}

function clean({ $schema: _schema, $id: _id, id: _name, ...rest }: JsonSchema): JsonSchema {
  return rest;
}

function isSchema(value: unknown): value is z.ZodMiniType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}
