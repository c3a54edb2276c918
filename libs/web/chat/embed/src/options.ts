import { InjectionToken, type Signal } from '@angular/core';
import type { ChatFeatureLabels } from '@course-chat/web/chat/feature';
import type { ChatUiLabels } from '@course-chat/web/chat/ui';
import type { AccessTokenSource } from '@course-chat/web/realtime';

/** A login that the application has already, whose tokens the api believes (`AUTH_JWKS_URL`). */
export interface ExternalLogin {
  /** Whether somebody is logged in. */
  readonly signedIn: Signal<boolean>;
  /**
   * A token that is good now; after a refusal it is given the refused one and gets another. Null is no token just now: while
   * `signedIn` says so, the chat keeps the person and asks again.
   */
  readonly accessToken: AccessTokenSource;
}

/** Every word of the chat. */
export interface CourseChatLabels {
  /** Of the components: list, thread, input. */
  readonly components: ChatUiLabels;
  /** Of the pages around them. */
  readonly pages: ChatFeatureLabels;
}

/** What a team may say about the chat in its application. */
export interface CourseChatOptions {
  /** Where the api is, such as `https://chat.example.com` or `https://example.com/chat-api`; the page's own origin without it. */
  readonly apiBase?: string;
  /** The application's own login; without it the chat has pages to log in at, see `courseChatLoginRoutes`. */
  readonly login?: () => ExternalLogin;
  /** Another language, or other words in place of some: what is not named stays English. */
  readonly labels?: { readonly [K in keyof CourseChatLabels]?: Partial<CourseChatLabels[K]> };
  /** Whether the application has an NgRx store of its own (`provideStore`, `provideEffects` before this). */
  readonly hasStore?: boolean;
  /** Where the course in the head of a chat leads to for students; null for nowhere, which is the default here. */
  readonly courseLink?: (courseId: string) => string | null;
  /** Whether chats are kept on the device to be read offline; true without it. */
  readonly offlineReading?: boolean;
}

export const EXTERNAL_LOGIN = new InjectionToken<ExternalLogin>('EXTERNAL_LOGIN');
