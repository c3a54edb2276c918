/** What ChatModule is told from outside. */
export interface ChatOptions {
  /** How long an own text may be edited, in milliseconds. */
  readonly editWindowMs: number;
  /** How long an own message may be deleted for everyone, in milliseconds. */
  readonly deleteWindowMs: number;
}
export const CHAT_OPTIONS = Symbol('CHAT_OPTIONS');
