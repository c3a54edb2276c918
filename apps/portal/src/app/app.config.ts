import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { inject, provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { provideRouter, TitleStrategy, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { provideEffects } from '@ngrx/effects';
import { provideStore, Store } from '@ngrx/store';
import { authInterceptor, HAS_UNSENT, provideAuth, selectUser, SessionRefresher } from '@course-chat/web/auth';
import { CURRENT_USER, provideChatState, UnsentMessages } from '@course-chat/web/chat/state';
import { providePresence } from '@course-chat/web/presence';
import { ACCESS_TOKEN, provideRealtime, type AccessTokenSource } from '@course-chat/web/realtime';
import { provideAdoptedStyles } from './adopted-styles-host';
import { routes } from './app.routes';
import { BadgedTitle, PageTitles } from './state/badged-title';
import { clearStore } from './state/clear-store';
import * as sessionEffects from './state/session.effects';

function accessToken(): AccessTokenSource {
  const refresher = inject(SessionRefresher);
  return (refused) => refresher.accessToken(refused);
}

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideAdoptedStyles(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
    ),
    provideHttpClient(withInterceptors([authInterceptor])),
    provideStore({}, { metaReducers: [clearStore] }),
    provideEffects(),
    { provide: ACCESS_TOKEN, useFactory: accessToken },
    { provide: CURRENT_USER, useFactory: () => inject(Store).selectSignal(selectUser) },
    { provide: HAS_UNSENT, useFactory: () => inject(UnsentMessages).hasUnsent },
    provideRealtime(),
    providePresence(),
    provideChatState(),
    provideEffects(sessionEffects),
    // Last, so that everything else listens when the first refresh is answered.
    provideAuth(),
    { provide: Title, useClass: BadgedTitle },
    { provide: TitleStrategy, useClass: PageTitles },
  ],
};
