import * as z from 'zod/mini';

/** Every error code on the wire and the HTTP status that goes with it. */
export const ERROR_STATUS = {
  VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  NOT_ENROLLED: 403,
  READ_ONLY: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_LATE: 409,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

/** A code a program can act on; the words for people are chosen in the interface. */
export type ErrorCode = keyof typeof ERROR_STATUS;

export const errorCodes = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]];

/** Where an input failed: a dotted path into it, and what was expected there. */
export const fieldErrorSchema = z.object({ path: z.string(), message: z.string() });
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** An error as it travels, over REST inside `{error}` and over sockets inside a failed ack. */
export const wireErrorSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  correlationId: z.string(),
  fields: z.optional(z.array(fieldErrorSchema)),
  retryAfterMs: z.optional(z.int()),
});
export type WireError = z.infer<typeof wireErrorSchema>;

/** The body of every REST answer that is not a success. */
export const errorBodySchema = z.object({ error: wireErrorSchema });
export type ErrorBody = z.infer<typeof errorBodySchema>;
