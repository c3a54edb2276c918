import * as z from 'zod/mini';
import { loginSessionSchema } from './account';
import { auditEntrySchema } from './admin';
import { courseRefSchema } from './course';
import { messageSchema } from './message';
import { givenPasswordSchema, idSchema, positionSchema, timeSchema } from './primitives';
import type { Route } from './route';
import { userSchema } from './user';

/** My account as only I see it. `email` is null for somebody whom an external issuer vouches for without an address. */
export const accountSchema = z.extend(userSchema, {
  email: z.nullable(z.string()),
  createdAt: timeSchema,
  /** Whether there is a password to log in with, to change, and to confirm with. */
  hasPassword: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;

export const ownEnrollmentSchema = z.object({
  course: courseRefSchema,
  status: z.enum(['active', 'refunded']),
  purchasedAt: timeSchema,
});
export type OwnEnrollment = z.infer<typeof ownEnrollmentSchema>;
export const ownChatSchema = z.object({
  id: idSchema,
  course: courseRefSchema,
  with: userSchema,
  readSeq: positionSchema,
  deliveredSeq: positionSchema,
  updatedAt: timeSchema,
});
export type OwnChat = z.infer<typeof ownChatSchema>;
export const ownMessageSchema = z.omit(messageSchema, {
  id: true,
  rev: true,
  clientMessageId: true,
  senderId: true,
  type: true,
});
export type OwnMessage = z.infer<typeof ownMessageSchema>;
/** When I was last seen; nothing for somebody who never left. */
export const ownPresenceSchema = z.object({ lastSeenAt: timeSchema });
export type OwnPresence = z.infer<typeof ownPresenceSchema>;

/** Everything that is kept about me. What others wrote to me is theirs and not in it. */
export const accountExportSchema = z.object({
  exportedAt: timeSchema,
  account: accountSchema,
  sessions: z.array(loginSessionSchema),
  activity: z.array(auditEntrySchema),
  enrollments: z.array(ownEnrollmentSchema),
  chats: z.array(ownChatSchema),
  messages: z.array(ownMessageSchema),
  presence: z.array(ownPresenceSchema),
});
export type AccountExport = z.infer<typeof accountExportSchema>;

/** Confirms an erasure: with the password, or with null by somebody who has none. */
export const erasureSchema = z.strictObject({ password: z.nullable(givenPasswordSchema) });
export type ErasureConfirmation = z.infer<typeof erasureSchema>;

/** What people do with what is kept about them. */
export const ownDataRoutes = {
  get: {
    method: 'get',
    path: '/account',
    summary: 'My account',
    auth: 'bearer',
    answers: { 200: accountSchema },
    errors: [],
  },
  export: {
    method: 'get',
    path: '/account/export',
    summary: 'Everything that is kept about me, as one JSON document that is written while it is read',
    auth: 'bearer',
    answers: { 200: accountExportSchema },
    errors: [],
  },
  erase: {
    method: 'delete',
    path: '/account',
    summary: 'Erase my account: my name and address go, my messages lose their text, their places stay',
    auth: 'bearer',
    body: erasureSchema,
    answers: { 204: null },
    errors: ['FORBIDDEN'],
  },
} as const satisfies Record<string, Route>;
