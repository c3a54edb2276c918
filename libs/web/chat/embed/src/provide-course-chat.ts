import { inject, makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { AuthApi } from '@course-chat/web/auth';
import { CHAT_FEATURE_LABELS, COURSE_LINK, ENGLISH_FEATURE_LABELS } from '@course-chat/web/chat/feature';
import { CHAT_CACHE, CURRENT_USER, NoChatCache, provideChatState } from '@course-chat/web/chat/state';
import { CHAT_UI_LABELS, ENGLISH_LABELS } from '@course-chat/web/chat/ui';
import { providePresence } from '@course-chat/web/presence';
import { ACCESS_TOKEN, CommandError, provideRealtime, type AccessTokenSource } from '@course-chat/web/realtime';
import { provideEffects } from '@ngrx/effects';
import { provideStore } from '@ngrx/store';
import { ExternalUser } from './external-user';
import { EXTERNAL_LOGIN, type CourseChatOptions, type ExternalLogin } from './options';
import { API_BASE, provideOwnHttp } from './own-http';
import { ownLoginEffects, provideOwnLogin } from './own-login';

/**
 * Everything the chat needs, for the root of an Angular application that has a router. The pages are `courseChatRoutes`, the
 * look is `styles/material-tokens.css`. See docs/embedding.md.
 */
export function provideCourseChat(options: CourseChatOptions = {}): EnvironmentProviders {
  const {
    apiBase = '',
    login,
    labels = {},
    hasStore = false,
    courseLink = () => null,
    offlineReading = true,
  } = options;
  const base = apiBase.replace(/\/+$/, '');
  return makeEnvironmentProviders([
    hasStore ? [] : [provideStore(), provideEffects()],
    { provide: API_BASE, useValue: base },
    { provide: COURSE_LINK, useValue: courseLink },
    { provide: CHAT_UI_LABELS, useValue: { ...ENGLISH_LABELS, ...labels.components } },
    { provide: CHAT_FEATURE_LABELS, useValue: { ...ENGLISH_FEATURE_LABELS, ...labels.pages } },
    provideRealtime({ url: base }),
    providePresence(),
    provideChatState(),
    offlineReading ? [] : [{ provide: CHAT_CACHE, useFactory: () => new NoChatCache() }],
    login
      ? provideExternalLogin(login)
      : [provideOwnHttp('own', [AuthApi]), provideOwnLogin(), provideEffects(...ownLoginEffects)],
  ]);
}

function provideExternalLogin(login: () => ExternalLogin) {
  return [
    { provide: EXTERNAL_LOGIN, useFactory: login },
    { provide: ACCESS_TOKEN, useFactory: externalToken },
    provideOwnHttp('external'),
    ExternalUser,
    { provide: CURRENT_USER, useFactory: () => inject(ExternalUser).user },
  ];
}

/** Null says that nobody is signed in and ends every try: while somebody is, no token just now is trouble that passes. */
function externalToken(): AccessTokenSource {
  const login = inject(EXTERNAL_LOGIN);
  return async (refused) => {
    const token = await login.accessToken(refused);
    if (token === null && login.signedIn()) {
      throw new CommandError('UNAVAILABLE', 'No token just now', { outcomeKnown: true });
    }
    return token;
  };
}
