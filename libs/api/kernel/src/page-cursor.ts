import * as z from 'zod/mini';
import { DomainError } from './domain-error';

/** Writes the key of the last row as an opaque cursor. */
export function encodeCursor(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * Reads a cursor back, checked against the shape it was written with.
 * @throws DomainError VALIDATION_FAILED for a forged or foreign one.
 */
export function decodeCursor<S extends z.ZodMiniType>(schema: S, cursor: string): z.infer<S> {
  try {
    const result = schema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (result.success) return result.data;
  } catch {
    // Not JSON: refused below like every other foreign cursor.
  }
  throw new DomainError('VALIDATION_FAILED', {
    message: 'This cursor was not given by this server',
    fields: [{ path: 'cursor', message: 'Not a cursor of this list' }],
  });
}
