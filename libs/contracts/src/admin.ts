import * as z from 'zod/mini';
import { courseRefSchema } from './course';
import { AUDIT_PAGE, REASON_MAX_CHARACTERS } from './limits';
import { messageSchema } from './message';
import { cursorSchema, hasVisibleCharacter, idSchema, positionSchema, seqSchema, timeSchema } from './primitives';
import { limitInQuery } from './query';
import type { Route } from './route';
import { userSchema } from './user';

/** What is recorded of what people do; never a message's text. */
export const auditActions = [
  'registered',
  'logged_in',
  'login_failed',
  'session_ended',
  'password_changed',
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

/** Why an administrator does what only they may do; kept in the audit. */
export const reasonSchema = z.string().check(
  z.maxLength(REASON_MAX_CHARACTERS, `At most ${REASON_MAX_CHARACTERS} characters`),
  z.trim(),
  z.refine((reason: string) => hasVisibleCharacter(reason) && !/\p{Cc}/u.test(reason), {
    error: 'One line that says why',
  }),
);
reasonSchema.register(z.globalRegistry, {
  minLength: 1,
  maxLength: REASON_MAX_CHARACTERS,
  pattern: String.raw`^[^\u0000-\u001f\u007f-\u009f]*$`,
});

/** A moderator opens a page of a chat: the newest, or the one before a seq. Each is recorded. */
export const chatReadingSchema = z.strictObject({ reason: reasonSchema, before: z.optional(seqSchema) });
export type ChatReading = z.infer<typeof chatReadingSchema>;
export const moderatedPageSchema = z.object({
  chat: z.object({
    id: idSchema,
    course: courseRefSchema,
    student: userSchema,
    tutor: userSchema,
    lastSeq: positionSchema,
  }),
  items: z.array(messageSchema),
  hasOlder: z.boolean(),
});
export type ModeratedPage = z.infer<typeof moderatedPageSchema>;

const chatParams = z.strictObject({ chatId: idSchema });

/** Erases somebody else's account. */
export const userErasureSchema = z.strictObject({ reason: reasonSchema });
export type UserErasure = z.infer<typeof userErasureSchema>;
const userParams = z.strictObject({ userId: idSchema });

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
  readChat: {
    method: 'post',
    path: '/admin/chats/:chatId/reads',
    summary: 'Read a page of a chat for a stated reason; recorded before it is answered',
    auth: 'bearer',
    params: chatParams,
    body: chatReadingSchema,
    answers: { 200: moderatedPageSchema },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  },
  eraseUser: {
    method: 'delete',
    path: '/admin/users/:userId',
    summary: 'Erase an account for a stated reason',
    auth: 'bearer',
    params: userParams,
    body: userErasureSchema,
    answers: { 204: null },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  },
} as const satisfies Record<string, Route>;
