import * as z from 'zod/mini';
import {
  emailSchema,
  givenPasswordSchema,
  idSchema,
  nameSchema,
  passwordSchema,
  roleSchema,
  timeSchema,
} from './primitives';

/** A person as others see them. */
export const userSchema = z.object({
  id: idSchema,
  name: z.string(),
  role: roleSchema,
  avatarUrl: z.nullable(z.string()),
  /** The account is gone: `name` says so in English, for clients that know nothing of this. */
  deleted: z.optional(z.literal(true)),
});
export type User = z.infer<typeof userSchema>;

export const registerBodySchema = z.strictObject({ name: nameSchema, email: emailSchema, password: passwordSchema });
export type RegisterBody = z.infer<typeof registerBodySchema>;

export const loginBodySchema = z.strictObject({ email: emailSchema, password: givenPasswordSchema });
export type LoginBody = z.infer<typeof loginBodySchema>;

/** What a login, a registration and a refresh answer. The refresh token travels in a cookie alone. */
export const sessionSchema = z.object({ accessToken: z.string(), expiresAt: timeSchema, user: userSchema });
export type Session = z.infer<typeof sessionSchema>;

/** The logins of a demo, for its login page. */
export const demoLoginsSchema = z.object({
  password: z.string(),
  accounts: z.array(z.object({ email: z.string(), name: z.string(), role: roleSchema })),
});
export type DemoLogins = z.infer<typeof demoLoginsSchema>;
