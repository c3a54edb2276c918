import type { ExternalIssuerOptions } from './external/external-options';

/** What AuthModule is told from outside. */
export interface AuthOptions {
  /** Signs access tokens; at least 32 characters. */
  readonly jwtSecret: string;
  /** The secret before this one: tokens it signed are believed until they end. Null outside a rotation. */
  readonly previousJwtSecret: string | null;
  /** How long an audit entry is kept, in milliseconds. */
  readonly auditRetentionMs: number;
  /** Whose access tokens are believed besides our own; null without such a portal. */
  readonly externalIssuer: ExternalIssuerOptions | null;
  /** Whether cookies travel over https only. */
  readonly secureCookies: boolean;
}
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

export const ACCESS_TOKEN_TTL_SECONDS = 15 * 60;
/** A login ends when it was not used for this long. */
export const SESSION_TTL_MS = 30 * 24 * 60 * 60_000;
/** A login ends after this time however much it is used. */
export const SESSION_MAX_MS = 90 * 24 * 60 * 60_000;
/** No access token lives longer, whoever signed it: one without an end in sight is not believed. */
export const TOKEN_LIFETIME_MAX_SECONDS = 12 * 60 * 60;
/** How long the refresh token just replaced still works, so that two tabs refreshing together both live. */
export const REFRESH_GRACE_MS = 10_000;

export const TOKEN_ISSUER = 'course-chat';
export const TOKEN_AUDIENCE = 'course-chat-api';
export const REFRESH_COOKIE = 'course_chat_refresh';
export const REFRESH_COOKIE_PATH = '/api/auth';
