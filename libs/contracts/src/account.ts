import * as z from 'zod/mini';
import { ACCESS_TOKEN_MAX_CHARACTERS, AUDIT_PAGE } from './limits';
import { cursorSchema, givenPasswordSchema, idSchema, passwordSchema, timeSchema } from './primitives';
import { limitInQuery } from './query';
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

/** What is recorded of what people do; never a message's text. */
export const auditActions = [
  'registered',
  'logged_in',
  'login_failed',
  'session_ended',
  'password_changed',
  'invitation_made',
  'invitation_used',
  'account_linked',
  'role_changed',
  'enrolled',
  'refunded',
  'tutors_changed',
  'chat_read_by_moderator',
  'data_exported',
  'erasure_begun',
  'erasure_done',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who did what to whom, when and from where. A null actor is somebody unproven, or the server itself. */
export const auditEntrySchema = z.object({
  id: idSchema,
  at: timeSchema,
  action: z.enum(auditActions),
  actorId: z.nullable(idSchema),
  subjectId: z.nullable(idSchema),
  chatId: z.nullable(idSchema),
  courseId: z.nullable(idSchema),
  detail: z.nullable(z.string()),
  address: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditPageSchema = z.object({ items: z.array(auditEntrySchema), nextCursor: z.nullable(cursorSchema) });
export type AuditPage = z.infer<typeof auditPageSchema>;
export const auditQuerySchema = z.strictObject({
  /** Whom it is about. */
  userId: z.optional(idSchema),
  limit: limitInQuery(AUDIT_PAGE),
  cursor: z.optional(cursorSchema),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

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

/** What an administrator may do. */
export const adminRoutes = {
  listAudit: {
    method: 'get',
    path: '/admin/audit',
    summary: 'What was done, newest first',
    auth: 'bearer',
    query: auditQuerySchema,
    answers: { 200: auditPageSchema },
    errors: ['FORBIDDEN'],
  },
} as const satisfies Record<string, Route>;
