import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { FieldError } from '@course-chat/contracts';
import * as z from 'zod/mini';
import { DomainError } from './domain-error';
import { isModest } from './input-size';

// zod/mini knows no words by itself: without these every refusal reads "Invalid input".
z.config(z.locales.en());

/** At most this many field errors travel: a hostile input must not buy a large answer. */
const FIELDS_MAX = 20;

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
}

function refuse(issues: readonly Issue[]): DomainError {
  const fields: FieldError[] = issues.slice(0, FIELDS_MAX).map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part).slice(0, 80)).join('.'),
    message: issue.message.slice(0, 200),
  }));
  return new DomainError('VALIDATION_FAILED', { fields });
}

/** @throws DomainError VALIDATION_FAILED for what is nested too deeply, holds too many values or names a prototype. */
export function assertModest(input: unknown): void {
  if (!isModest(input)) throw refuse([{ message: 'Nested too deeply, too many values, or a key that no object has' }]);
}

/**
 * The value as the schema reads it.
 * @throws DomainError VALIDATION_FAILED, naming the fields.
 */
export function parseInput<S extends z.ZodMiniType>(schema: S, input: unknown): z.infer<S> {
  assertModest(input);
  const result = schema.safeParse(input);
  if (!result.success) throw refuse(result.error.issues);
  return result.data;
}

/** Validates `@Body({ schema })`, `@Query({ schema })` and `@Param({ schema })` everywhere, with our error. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: refuse });
}
