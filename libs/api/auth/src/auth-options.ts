/** What AuthModule is told from outside. */
export interface AuthOptions {
  /** Signs access tokens; at least 32 characters. */
  readonly jwtSecret: string;
  /** Whether cookies travel over https only. */
  readonly secureCookies: boolean;
}
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

export const ACCESS_TOKEN_TTL_SECONDS = 15 * 60;
/** A login ends when it was not used for this long. */
export const SESSION_TTL_MS = 30 * 24 * 60 * 60_000;
/** How long the refresh token just replaced still works, so that two tabs refreshing together both live. */
export const REFRESH_GRACE_MS = 10_000;

export const TOKEN_ISSUER = 'course-chat';
export const TOKEN_AUDIENCE = 'course-chat-api';
export const REFRESH_COOKIE = 'course_chat_refresh';
export const REFRESH_COOKIE_PATH = '/api/auth';
