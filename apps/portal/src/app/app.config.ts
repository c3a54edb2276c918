import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { inject, provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core';
import { Title } from '@angular/platform-browser';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withInMemoryScrolling,
  withNavigationErrorHandler,
} from '@angular/router';
import { provideEffects } from '@ngrx/effects';
import { provideStore } from '@ngrx/store';
import { from } from 'rxjs';
import { authInterceptor } from '@course-chat/web/auth';
import { ownLoginEffects, provideOwnLogin } from '@course-chat/web/chat/embed/own-login';
import { chatEffects, CHATS_WANTED, CONNECTION_WANTED, provideChatSlices } from '@course-chat/web/chat/state';
import { providePresence } from '@course-chat/web/presence';
import { provideRealtime } from '@course-chat/web/realtime';
import { provideAdoptedStyles } from './adopted-styles-host';
import { routes } from './app.routes';
import { BadgedTitle, PageTitles } from './state/badged-title';
import { clearStore } from './state/clear-store';
import { chatsWanted, FIRST_PAGE } from './state/first-page';
import { MissingPart } from './state/missing-part';
import { provideEffectsInTasks } from './state/effects-in-tasks';
import { pastTheWorker } from './state/past-the-worker';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideAdoptedStyles(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
      withNavigationErrorHandler(({ error }) => inject(MissingPart).report(error)),
    ),
    provideHttpClient(withInterceptors([authInterceptor, pastTheWorker])),
    provideStore({}, { metaReducers: [clearStore] }),
    provideEffects(),
    provideRealtime(),
    providePresence(),
    provideChatSlices(),
    { provide: CHATS_WANTED, useFactory: chatsWanted },
    { provide: CONNECTION_WANTED, useFactory: () => from(inject(FIRST_PAGE)) },
    provideOwnLogin(),
    // The session first: it is asked for while the rest is registered.
    provideEffectsInTasks([...ownLoginEffects, ...chatEffects]),
    { provide: Title, useClass: BadgedTitle },
    { provide: TitleStrategy, useClass: PageTitles },
  ],
};
