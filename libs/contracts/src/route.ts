import type * as z from 'zod/mini';
import type { ErrorCode } from './errors';

/** One REST route: everything the server, the reference and a client need to know of it. */
export interface Route {
  readonly method: 'get' | 'post' | 'delete';
  /** Below /api, with `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  /** How the caller proves who they are; `optional` takes a token or the cookie, and answers alike without either. */
  readonly auth: 'bearer' | 'cookie' | 'signature' | 'optional' | 'none';
  readonly params?: z.core.$ZodType;
  readonly query?: z.core.$ZodType;
  readonly body?: z.core.$ZodType;
  /** Success statuses and their bodies; null is an empty one. */
  readonly answers: Readonly<Record<number, z.core.$ZodType | null>>;
  readonly errors: readonly ErrorCode[];
}
