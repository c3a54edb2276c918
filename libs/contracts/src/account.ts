import * as z from 'zod/mini';
import { ACCESS_TOKEN_MAX_CHARACTERS } from './limits';
import { givenPasswordSchema, idSchema, passwordSchema, timeSchema } from './primitives';
import type { Route } from './route';

/** An access token, before anybody has looked into it. */
export const accessTokenSchema = z.string().check(z.minLength(1), z.maxLength(ACCESS_TOKEN_MAX_CHARACTERS));

/** One login of mine on one device. `address` is cut short, so that it tells a network and not a household. */
export const loginSessionSchema = z.object({
  id: idSchema,
  /** Whether it is the one that asks. */
  current: z.boolean(),
  createdAt: timeSchema,
  lastUsedAt: timeSchema,
  userAgent: z.nullable(z.string()),
  address: z.nullable(z.string()),
});
export type LoginSession = z.infer<typeof loginSessionSchema>;
export const loginSessionsSchema = z.object({ items: z.array(loginSessionSchema) });
export type LoginSessions = z.infer<typeof loginSessionsSchema>;

export const passwordChangeSchema = z.strictObject({
  currentPassword: givenPasswordSchema,
  newPassword: passwordSchema,
});
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

const sessionParams = z.strictObject({ sessionId: idSchema });

/** What people do with their own account, beside logging in and out. */
export const accountRoutes = {
  listSessions: {
    method: 'get',
    path: '/auth/sessions',
    summary: 'My logins, last used first',
    auth: 'bearer',
    answers: { 200: loginSessionsSchema },
    errors: [],
  },
  endOtherSessions: {
    method: 'delete',
    path: '/auth/sessions',
    summary: 'End all my logins but this one, and close their sockets',
    auth: 'bearer',
    answers: { 204: null },
    errors: [],
  },
  endSession: {
    method: 'delete',
    path: '/auth/sessions/:sessionId',
    summary: 'End one of my logins and close its sockets',
    auth: 'bearer',
    params: sessionParams,
    answers: { 204: null },
    errors: ['NOT_FOUND'],
  },
  changePassword: {
    method: 'post',
    path: '/auth/password',
    summary: 'Change my password; my other logins end',
    auth: 'bearer',
    body: passwordChangeSchema,
    answers: { 204: null },
    errors: ['FORBIDDEN'],
  },
} as const satisfies Record<string, Route>;
